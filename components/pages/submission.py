"""The page Submission: runs packed for the benchmark's site, and anybody's archive checked. The address names the runs.

The script asks `submission_open` for the runs there are and `submission_report` for what an archive of those ticked
would be; the archive itself is a plain download, and a file to be checked a plain upload (`components.submitting`).
"""

import json
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import gradio as gr

from components.format import titled
from components.pages.served import served
from components.pages.submission_view import packed_head, report_html, runs_html, skeleton
from components.who import viewer
from components.widgets.base import panel
from studio.core.errors import BadInput
from studio.core.run import Viewer
from studio.core.submission import Packed
from studio.texts import Lang, t

if TYPE_CHECKING:
    from studio.service import Studio

MOST_RUNS = 50  # in one archive
LISTED = 200
# The whole suite with answers at the limit of tokens is 102 MB packed; that of short ones 19 MB.
WHOLE_MB, MOST_MB = 100, 256
PATIENCE_S = 60.0
_SCRIPT_TEXTS = ("packing", "sending", "checking", "lost")
_turns = threading.BoundedSemaphore(2)  # packing and checking cost seconds of a core each


def build_submission_page(page: gr.Blocks, studio: "Studio", lang: Lang) -> None:
    """One place on the page; its script fills it."""

    @served(lang)
    def submission_open(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        return {"html": _runs(studio, runs_of(data.get("runs")), viewer(studio, request), lang)}

    @served(lang)
    def submission_report(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        chosen, partial = runs_of(data.get("runs")), bool(data.get("partial"))
        return {"html": _report(studio, chosen, partial, viewer(studio, request), lang)}

    texts = {key: t(f"submit.{key}", lang) for key in _SCRIPT_TEXTS}
    panel(
        skeleton(MOST_MB, json.dumps({**texts, "lang": lang}, ensure_ascii=False), lang),
        ("served.js", "submission.js"),
        elem_id="submission-page",
        elem_classes=["st-plain"],
        server_functions=[submission_open, submission_report],
    )


def runs_of(value: Any) -> list[str]:
    """Ids of runs out of what a browser sent: a list, or words parted by commas; each once."""
    given = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    named = [name.strip()[:100] for name in given if isinstance(name, str) and name.strip()]
    return list(dict.fromkeys(named))[:MOST_RUNS]


def archive_url(runs: Sequence[str], partial: bool) -> str:
    """Where a browser downloads the archive of runs (route of `components.submitting`)."""
    query = urlencode({"runs": ",".join(runs), **({"partial": "1"} if partial else {})})
    return f"./submission/archive.zip?{query}"


@contextmanager
def in_turn() -> Iterator[None]:
    """Waits until few others are packing or checking. Raises BadInput when that takes too long."""
    if not _turns.acquire(timeout=PATIENCE_S):
        raise BadInput("submission_busy")
    try:
        yield
    finally:
        _turns.release()


def packed_into(studio: "Studio", runs: Sequence[str], target: Path, who: Viewer, partial: bool) -> Packed:
    """The archive of runs in `target`, and what is wrong with it. Raises BadInput and NotAllowed."""
    with in_turn():
        return studio.pack(runs, target, who, partial=partial)


def _runs(studio: "Studio", chosen: Sequence[str], who: Viewer, lang: Lang) -> str:
    found = [(run, tasks) for run in studio.runs(who) if (tasks := studio.packable(run))]
    titles = {task.name: titled(task.title, task.name, lang) for task in studio.mera()}
    named = [each for each in found if each[0].id in chosen]
    others = [each for each in found if each[0].id not in chosen]
    return runs_html([*named, *others[:LISTED]], chosen, titles, lang)


def _report(studio: "Studio", chosen: Sequence[str], partial: bool, who: Viewer, lang: Lang) -> str:
    if not chosen:
        return ""
    with tempfile.TemporaryDirectory(prefix="studio-pack-") as folder:
        target = Path(folder) / "submission.zip"
        packed = packed_into(studio, chosen, target, who, partial)
        size = target.stat().st_size
    runs = [studio.run(run_id) for run_id in packed.runs]
    url = archive_url(packed.runs, partial)
    head = packed_head(runs, packed.left_out, size, url, packed.report.fit, lang)
    return report_html(packed.report, studio.mera(), head, lang)
