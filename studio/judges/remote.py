"""Judges behind servers, by name:

classify:http://127.0.0.1:8000#MERA-evaluation/MERA_Answer_judge     a classifier behind vLLM
llm:http://a:8000/v1,http://b:8000/v1?repeats=3&swap=0#Qwen3-32B      a chat model, asked three times, in one order

The model after `#` may be left out where a server has only one.
"""

import re
from contextlib import ExitStack
from urllib.parse import parse_qs

from studio.core.engine import OnSilence, unheard
from studio.core.errors import BadInput
from studio.core.judge import Judge
from studio.judges.llm import LlmJudge, Voting
from studio.judges.served import ServedJudge
from studio.servers import NO_KEY, PATIENCE_S, Access, Line, base_urls

MOST_REPEATS = 32
_NAME = re.compile(r"(?P<kind>classify|llm):(?P<urls>[^?#]+)(?:\?(?P<how>[^#]*))?(?:#(?P<model>.*))?")


def is_remote(name: str) -> bool:
    return name.startswith(("classify:", "llm:"))


def open_remote(
    name: str, key: str = "", patience_s: float = PATIENCE_S, on_silence: OnSilence = unheard
) -> Judge:
    """The judge behind servers, which may be silent for `patience_s` seconds while it judges; `on_silence` is told.

    Raises BadInput for a name that cannot be read, ModelError when nobody answers now.
    """
    found = _NAME.fullmatch(name)
    if found is None:
        raise BadInput("judge_address", name=name)
    voting = _voting(found["how"] or "", name)
    with ExitStack() as undo:
        line = Line(Access(base_urls([found["urls"]]), key or NO_KEY, patience_s, on_silence))
        undo.callback(line.close)
        model = line.model(found["model"] or "")
        judge = ServedJudge(line, model) if found["kind"] == "classify" else LlmJudge(line, model, voting)
        undo.pop_all()  # it is the judge's to close now
        return judge


def _voting(how: str, name: str) -> Voting:
    options = {key: values[-1] for key, values in parse_qs(how, keep_blank_values=True).items()}
    repeats, swap = options.pop("repeats", "1"), options.pop("swap", "1")
    whole = repeats.isascii() and repeats.isdigit() and 1 <= int(repeats) <= MOST_REPEATS
    if options or not whole or swap not in {"0", "1"}:
        raise BadInput("judge_address", name=name)
    return Voting(int(repeats), swap == "1")
