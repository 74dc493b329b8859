"""Judges: classifiers that say whether a prediction agrees with the gold answer. `open_judge` is the only door."""

from pathlib import Path

from studio.core.engine import OnSilence, unheard
from studio.core.judge import HUB_JUDGE, Judge
from studio.judges.candidates import MARKER, Candidate, after_marker
from studio.judges.opening import AUTO, EMBEDDED
from studio.servers import PATIENCE_S

__all__ = ["AUTO", "EMBEDDED", "MARKER", "Candidate", "after_marker", "open_judge"]


def open_judge(
    name: str = AUTO,
    *,
    models_dir: Path,
    revision: str | None = None,
    device: str = "auto",
    dtype: str = "auto",
    key: str = "",
    patience_s: float = PATIENCE_S,
    on_silence: OnSilence = unheard,
) -> Judge:
    """Open a judge by name.

    `auto` is MERA's judge where it is in the cache or the hub answers within 3 s, else the embedded one; `embedded`
    lies in `models_dir / "judge"`; `classify:URL` is a classifier behind vLLM, `llm:URL` a chat model on servers
    (`studio.judges.remote`), silent for `patience_s` seconds at most while `on_silence` is told; anything else is a
    local folder or a hub id. Raises ModelError, BadInput.
    """
    from studio.judges.opening import hub_answers, open_source
    from studio.judges.remote import is_remote, open_remote

    if is_remote(name):
        return open_remote(name, key, patience_s, on_silence)
    if name != AUTO:
        return open_source(name, models_dir, revision, device, dtype)
    chosen = HUB_JUDGE if hub_answers(HUB_JUDGE) else EMBEDDED
    return open_source(chosen, models_dir, revision if chosen == HUB_JUDGE else None, device, dtype)
