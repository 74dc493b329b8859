"""What every engine promises, asked of each family of models and of the scripted engine alike."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from studio.core.content import Modality, media_of
from studio.core.engine import Capabilities, Completion, Engine, Request, Settings, Turn
from studio.core.errors import EngineFailed, Problem
from studio.engines import ScriptedEngine, describe_model, open_engine
from tests.engines.checkpoints import BUILDERS
from tests.engines.tiny import SHORT

ALL: frozenset[Modality] = frozenset({"image", "audio", "video"})
SEES: frozenset[Modality] = frozenset({"image", "video"})
HEARS: frozenset[Modality] = frozenset({"audio"})
TAKES = {name: SEES for name in BUILDERS} | {
    "qwen2_5_omni": ALL,
    "qwen2_5_omni_whole": ALL,
    "qwen2_audio": HEARS,
    "gemma4": ALL,
    "phi4": ALL,
    "scripted": ALL,
}
WORDS = "раз два три четыре пять шесть семь восемь девять десять"


@pytest.fixture(params=[*BUILDERS, "scripted"])
def each(request: pytest.FixtureRequest, engine: Callable[[str], Engine]) -> Engine:
    """Every family's engine in turn, and the scripted one."""
    if request.param == "scripted":
        return ScriptedEngine(lambda question: f"{question.key} {WORDS}", failing={50})
    return engine(request.param)


@pytest.fixture
def fitting(each: Engine, questions: list[Request]) -> list[Request]:
    """The questions whose media the engine takes."""
    takes = each.capabilities.modalities
    return [q for q in questions if all(medium.modality in takes for medium in media_of(q.message))]


def answers(engine: Engine, requests: list[Request], settings: Settings = SHORT) -> dict[int, Completion]:
    found = {}
    for request, answer in engine.generate(requests, settings):
        assert isinstance(answer, Completion), f"{request.key}: {answer}"
        found[request.key] = answer
    return found


def test_every_question_is_answered_once(each: Engine, fitting: list[Request]) -> None:
    keys = [request.key for request, _ in each.generate(fitting, SHORT)]
    assert sorted(keys) == [request.key for request in fitting]


def test_an_answer_is_cut_at_the_asked_length_and_says_so(each: Engine, fitting: list[Request]) -> None:
    for answer in answers(each, fitting).values():
        assert answer.completion_tokens <= SHORT.max_new_tokens
        assert answer.finish_reason == (
            "length" if answer.completion_tokens == SHORT.max_new_tokens else "stop"
        )
        assert answer.prompt_tokens > 0
        assert 0 <= answer.ttft_s <= answer.latency_s


def test_an_answer_holds_neither_the_question_nor_control_tokens(
    each: Engine, fitting: list[Request]
) -> None:
    for answer in answers(each, fitting).values():
        assert "?" not in answer.text or len(answer.text) <= SHORT.max_new_tokens
        assert not any(
            token in answer.text for token in ("<|im_start|>", "<|im_end|>", "<|pad|>", "assistant")
        )


def test_company_does_not_change_an_answer(each: Engine, fitting: list[Request]) -> None:
    """Batches pad and sort; greedy answers must be those that each question gets alone."""
    together = answers(each, fitting)
    for request in fitting:
        assert answers(each, [request])[request.key].text == together[request.key].text


def test_a_broken_medium_fails_alone(
    each: Engine, fitting: list[Request], ask: Callable[..., Request], media: Path
) -> None:
    takes = each.capabilities.modalities
    name = "picture_broken.png" if "image" in takes else "sound_broken.wav"
    (media / name).write_bytes(b"not a medium")  # the scripted engine reads no media: it fails by the key
    outcomes = {r.key: a for r, a in each.generate([*fitting, ask(50, name, "Что это?")], SHORT)}
    assert isinstance(outcomes.pop(50), Problem)
    assert all(isinstance(answer, Completion) for answer in outcomes.values())
    assert len(outcomes) == len(fitting)


def test_what_the_model_does_not_take_is_refused_alone(each: Engine, questions: list[Request]) -> None:
    takes = each.capabilities.modalities
    for request, answer in each.generate(questions, SHORT):
        wanted = all(medium.modality in takes for medium in media_of(request.message))
        assert isinstance(answer, Completion) == wanted, f"{request.key}: {answer}"
        if isinstance(answer, Problem):
            assert answer.code == "modality_not_taken"


def test_what_was_said_before_is_part_of_the_prompt(each: Engine, fitting: list[Request]) -> None:
    """Where the engine takes dialogues: media of earlier questions too, and a batch may mix both kinds."""
    alone = fitting[0]
    before = tuple(
        Turn(message, said) for message, said in ((fitting[1].message, "три"), (alone.message, "да"))
    )
    asked = [alone, Request(90, alone.message, before), Request(91, alone.message, before[:1])]
    if not each.capabilities.history:
        outcomes = {request.key: answer for request, answer in each.generate(asked, SHORT)}
        assert isinstance(outcomes[alone.key], Completion)
        assert all(isinstance(outcomes[key], Problem) for key in (90, 91))
        return
    found = answers(each, asked)
    if each.info.engine != "scripted":
        assert found[alone.key].prompt_tokens < found[91].prompt_tokens < found[90].prompt_tokens
    assert found[90].media_note == found[alone.key].media_note
    assert answers(each, [asked[1]])[90].text == found[90].text


def test_a_cancelled_run_asks_nothing(each: Engine, fitting: list[Request]) -> None:
    assert list(each.generate(fitting, SHORT, cancelled=lambda: True)) == []


def test_a_cancel_is_noticed_at_the_next_token(each: Engine, fitting: list[Request]) -> None:
    texts: list[str] = []
    long = Settings(max_new_tokens=200, frames=4)
    question = [fitting[-1]]
    given = list(
        each.generate(
            question, long, on_text=lambda _, text: texts.append(text), cancelled=lambda: bool(texts)
        )
    )
    assert len(texts) <= 2
    for _, answer in given:
        assert isinstance(answer, Completion)
        assert answer.completion_tokens <= 2


def test_one_answer_is_told_as_it_grows(each: Engine, fitting: list[Request]) -> None:
    told: list[tuple[int, str]] = []
    [(request, answer)] = each.generate(
        [fitting[0]], SHORT, on_text=lambda key, text: told.append((key, text))
    )
    assert isinstance(answer, Completion)
    assert {key for key, _ in told} <= {request.key}
    assert all(later.startswith(earlier) for (_, earlier), (_, later) in pairwise(told))
    if told:
        # A letter whose bytes are not all there is held back until the end.
        assert answer.text.startswith(told[-1][1].rstrip("\ufffd"))


@pytest.mark.parametrize("name", [*TAKES])
def test_a_model_says_what_it_takes_before_it_is_opened(
    name: str, checkpoint: Callable[[str], Path], engine: Callable[[str], Engine]
) -> None:
    if name == "scripted":
        assert ScriptedEngine({}).capabilities == Capabilities(TAKES[name], history=True)
        return
    described = describe_model(str(checkpoint(name)), Path("nowhere"))
    # whether it takes a dialogue, its template tells when it is opened
    assert described == replace(engine(name).capabilities, history=False)
    assert described is not None and described.modalities == TAKES[name]


@pytest.mark.parametrize("name", ["qwen2_audio", "scripted"])
def test_a_closed_engine_says_so(
    name: str, checkpoint: Callable[[str], Path], ask: Callable[..., Request]
) -> None:
    opened: Engine = ScriptedEngine({0: "да"})
    if name != "scripted":
        opened = open_engine(str(checkpoint(name)), models_dir=Path("nowhere"), settings=SHORT)
    opened.close()
    opened.close()
    with pytest.raises(EngineFailed, match="engine_closed"):
        list(opened.generate([ask(0, "Да?")], SHORT))
