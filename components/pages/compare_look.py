"""One look at runs side by side: from what the browser asks to the parts of the page that change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from components.pages.compare_card import sample_html
from components.pages.compare_filters import filters_html
from components.pages.compare_runs import few_html, runs_bar_html
from components.pages.compare_table import table_html
from components.pages.inspect_queue import notice_html
from components.pages.served import text_of, whole_of
from components.who import EVERYONES, whose_labels
from components.widgets.bench_nav import bench_nav
from components.widgets.text import safe
from studio.core.compare import COMPARE_MARKS, MOST_BESIDE, CompareMark, Comparison, Contrast
from studio.core.errors import BadInput, StudioError
from studio.core.run import SampleFilter, Viewer
from studio.texts import Lang, describe, t
from studio.texts.run_names import name_of

if TYPE_CHECKING:
    from studio.service import Studio

PARTS = frozenset({"runs", "table", "filters", "card"})
ALL_PAIRS = "all"
BY_ITSELF = 3  # runs of which all pairs are shown unless asked otherwise
_MISSING = {"compare_number", "compare_base"}


@dataclass(frozen=True)
class Asked:
    """What the browser asks: the address, and which parts it lacks. `reference` is what answers are compared with:
    a place in the list of runs, `gold`, or `none`."""

    runs: tuple[str, ...] = ()
    base: str = ""
    mark: CompareMark = "em"
    task: str = ""
    only: str = ""
    where: str = ""
    people: str = ""
    sample: int | None = None
    keep: int | None = None
    reference: str = "1"
    want: frozenset[str] = PARTS


def asked_from(data: Mapping[str, Any]) -> Asked:
    """What the browser sent, made safe."""
    runs = (text_of(data, "runs", 1000) or text_of(data, "run", 100)).split(",")
    want = data.get("want")
    mark, reference = text_of(data, "mark", 4), text_of(data, "diff", 4)
    return Asked(
        runs=tuple(dict.fromkeys(run.strip()[:100] for run in runs if run.strip())),
        base=text_of(data, "base", 100),
        mark=next((known for known in COMPARE_MARKS if known == mark), "em"),
        task=text_of(data, "task"),
        only=text_of(data, "only", 20),
        where=text_of(data, "where", 1000).strip(),
        people=EVERYONES if text_of(data, "people", 4) == EVERYONES else "",
        sample=whole_of(data, "sample"),
        keep=whole_of(data, "keep"),
        reference=reference if reference in {"gold", "none"} or reference.isdecimal() else "1",
        want=frozenset(part for part in want if isinstance(part, str)) & PARTS
        if isinstance(want, list)
        else PARTS,
    )


class Look:
    """One answer to one question of the browser."""

    def __init__(self, studio: "Studio", asked: Asked, who: Viewer, lang: Lang, media: str) -> None:
        self.studio, self.who, self.lang, self.media = studio, who, lang, media
        self.asked = replace(asked, runs=asked.runs[:MOST_BESIDE])
        self.parts: dict[str, str] = {}
        self.state: dict[str, Any] = {}
        self.gone: list[str] = []  # runs of the link that are not there

    def answer(self) -> dict[str, Any]:
        """`{"state": the address and the neighbours, "parts": {name: HTML}}`. Raises StudioError."""
        asked = self.asked
        self.state = {
            "runs": ",".join(asked.runs), "base": asked.base, "mark": asked.mark, "task": asked.task,
            "only": asked.only, "where": asked.where, "people": asked.people, "diff": asked.reference,
            "sample": None, "previous": None, "following": None,
        }  # fmt: skip
        if len(asked.runs) < 2:
            self._too_few()
        elif self._tables():
            self._sample()
        return {"state": self.state, "parts": self.parts}

    def _too_few(self) -> None:
        known = {run.id: run for run in self.studio.runs(self.who)}
        chosen = [known[run] for run in self.asked.runs if run in known]
        offered = self.studio.comparing.candidates([run.id for run in chosen], self.who)
        self.state |= {"runs": ",".join(run.id for run in chosen), "sample": self.asked.sample}
        gone = [run for run in self.asked.runs if run not in known]
        self.parts["stage"] = self._gone([*self.gone, *gone]) + few_html(chosen, offered, self.lang)
        self.parts["bench"] = bench_nav("compare", chosen[0].id, self.lang) if chosen else ""

    def _tables(self) -> bool:
        """The runs and their table, where asked for; False where they cannot be compared: the stage says why."""
        asked = self.asked
        if not asked.want & {"runs", "table", "filters"}:
            return True
        try:
            found = self.studio.comparing.compare(asked.runs, self._base(), self.who, where=asked.where)
        except StudioError as error:
            if error.problem.code == "unknown_run":
                return self._without(str(error.problem.values["run"]))
            if error.problem.code not in _MISSING and not asked.where:
                raise
            title = t("compare.refused.title", self.lang)
            clear = [(t("compare.only.clear", self.lang), "", "clear")] if asked.where else []
            self.parts["stage"] = notice_html(title, describe(error, self.lang), clear)
            return False
        self._drawn(found)
        return True

    def _without(self, run: str) -> bool:
        """The others of the link, where one of its runs is gone; False where too few are left."""
        self.gone.append(run)
        asked = self.asked
        left = tuple(other for other in asked.runs if other != run)
        self.asked = replace(asked, runs=left, base="" if asked.base == run else asked.base, want=PARTS)
        self.state |= {"runs": ",".join(left), "base": self.asked.base}
        if len(left) < 2:
            self._too_few()
            return False
        return self._tables()

    def _gone(self, runs: Sequence[str]) -> str:
        if not runs:
            return ""
        words = t("compare.gone", self.lang, runs=", ".join(runs))
        return f'<p class="st-alert st-alert--warn" role="alert">{safe(words)}</p>'

    def _base(self) -> str:
        """The run that the others are compared with: the first of many, unless all pairs are asked for."""
        asked = self.asked
        if asked.base == ALL_PAIRS or (not asked.base and len(asked.runs) <= BY_ITSELF):
            return ""
        return asked.base if asked.base in asked.runs else asked.runs[0]

    def _drawn(self, found: Comparison) -> None:
        asked = self.asked
        self.parts |= {
            "stage": "",
            "bench": bench_nav("compare", asked.runs[0], self.lang, where=asked.where),
        }
        if "runs" in asked.want:
            offered = self.studio.comparing.candidates(asked.runs, self.who)
            where = SampleFilter(where=asked.where)
            everyones = self.studio.queries.shows_labels(asked.runs[0], where, self.who)
            self.parts["runs"] = self._gone(self.gone) + runs_bar_html(
                found, offered, self._base(), asked.where, self.lang, everyones
            )
        if "table" in asked.want:
            self.parts["table"] = table_html(
                found, asked.mark, self._query(), self.lang, whose_labels(self.who)
            )
        if "filters" in asked.want:
            contrast = self._contrast()
            self.parts["filters"] = filters_html(
                found, contrast, asked.task, asked.where, asked.reference, self.lang
            )

    def _query(self) -> dict[str, str]:
        """What of the address every door keeps."""
        asked = self.asked
        return {
            "runs": ",".join(asked.runs),
            "base": asked.base,
            "mark": asked.mark,
            "where": asked.where,
            "people": asked.people,
        }

    def _contrast(self) -> Contrast:
        """Which questions; what makes no sense is all of them."""
        try:
            return Contrast.read(self.asked.only, len(self.asked.runs))
        except BadInput:
            self.state["only"] = ""
            return Contrast()

    def _sample(self) -> None:
        asked, contrast = self.asked, self._contrast()
        if "card" not in asked.want:
            return
        wanted = asked.sample if asked.sample is not None else asked.keep
        keep = asked.sample is None
        try:
            found = self.studio.comparing.sample(
                asked.runs, wanted, contrast, asked.task, self.who, where=asked.where, keep=keep
            )
        except StudioError as error:
            if error.problem.code != "not_shared":
                raise
            found = self.studio.comparing.sample(
                asked.runs, None, contrast, asked.task, self.who, where=asked.where
            )
            if asked.sample is not None:
                self.state["note"] = describe(error, self.lang)
        if found is None:
            clear = (
                [(t("compare.only.clear", self.lang), "", "clear")]
                if contrast.aspect or asked.task or asked.where
                else []
            )
            self.parts["card"] = notice_html(
                t("compare.empty.title", self.lang), t("compare.empty.text", self.lang), clear
            )
            return
        names = [name_of(run, self.lang) for run in map(self.studio.run, asked.runs)]
        self.state |= {"sample": found.sample_id, "previous": found.previous, "following": found.following}
        self.parts["card"] = sample_html(found, names, asked.reference, self.media, self.lang)
