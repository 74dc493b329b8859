"""From what the address of «What if» says to the parts of the page that change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from components.format import titled
from components.pages.inspect_queue import gone_html, no_runs_html, notice_html, run_bar_html
from components.pages.served import text_of, whole_of
from components.pages.whatif_form import judge_html, switches_html, versions_html
from components.pages.whatif_view import result_html
from components.widgets.bench_nav import bench_nav
from components.widgets.text import safe
from studio.core.errors import StudioError
from studio.core.rules import DEFAULT_RULES, MOST_TOLERANCE, SWITCHES, Rules
from studio.core.run import RunView, Viewer
from studio.core.whatif import WhatIf, WhatIfAsked
from studio.texts import Lang, describe, t

if TYPE_CHECKING:
    from studio.service import Studio

PARTS = frozenset({"run", "form", "judge", "result"})
PAGE = 50
VARIANTS = ("full", "after_marker", "straight", "swapped")
PUBLISHED = ("head", "squad", "paper")
# Nothing can be told of these runs; the page says so in the place of its numbers.
_NOTICES = frozenset({"whatif_nothing", "gold_hidden"})


@dataclass(frozen=True)
class Asked:
    """The address: the run, what is switched on and off against it, the judge's threshold and texts, the list. `left`
    is what of it says nothing, as it stands there."""

    run: str = ""
    on: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    tolerance: float | None = None
    profile: str = ""
    threshold: float | None = None
    variants: tuple[str, ...] = ()
    task: str = ""
    offset: int = 0
    left: tuple[str, ...] = ()
    want: frozenset[str] = PARTS

    @property
    def asks_rules(self) -> bool:
        return bool(self.on or self.off or self.tolerance is not None)

    @property
    def address(self) -> dict[str, str]:
        """What of the address says what is asked."""
        numbers = {"tolerance": self.tolerance, "threshold": self.threshold}
        names = {"on": self.on, "off": self.off, "variants": self.variants}
        found = {"run": self.run, "profile": self.profile}
        found |= {key: ",".join(value) for key, value in names.items()}
        return found | {key: f"{value:g}" for key, value in numbers.items() if value is not None}

    def whatif(self, studio: "Studio") -> WhatIfAsked:
        """The question behind the address."""
        rules: Rules | None = None
        if self.asks_rules:
            base = studio.rescoring.rules(self.run) or DEFAULT_RULES
            rules = base.with_switches(self.on, self.off)
            if self.tolerance is not None:
                rules = replace(rules, tolerance=self.tolerance)
        return WhatIfAsked(
            self.run, rules, self.profile, self.threshold, self.variants, self.task, self.offset, PAGE
        )


def asked_from(data: Mapping[str, Any]) -> Asked:
    """What the browser sent, made safe: unknown names and numbers out of bounds are left out."""
    want = data.get("want")
    profile = text_of(data, "profile", 20)
    asked = Asked(
        run=text_of(data, "run", 100),
        on=_names(data, "on", SWITCHES),
        off=_names(data, "off", SWITCHES),
        tolerance=_share(data, "tolerance", MOST_TOLERANCE),
        profile=profile if profile in PUBLISHED else "",
        threshold=_share(data, "threshold", 1.0),
        variants=_names(data, "variants", VARIANTS),
        task=text_of(data, "task"),
        offset=whole_of(data, "offset") or 0,
        want=frozenset(name for name in want if name in PARTS) if isinstance(want, list) else PARTS,
    )
    return replace(asked, left=tuple(_left(data, asked)))


def _left(data: Mapping[str, Any], asked: Asked) -> Iterator[str]:
    """What the address says and nothing understands: `threshold=77`, `on=zzz`."""
    for key in ("on", "off", "variants"):
        said = [name for name in text_of(data, key, 1000).split(",") if name]
        unknown = [name for name in said if name not in getattr(asked, key)]
        if unknown:
            yield f"{key}={','.join(unknown)}"
    for key in ("tolerance", "threshold", "profile"):
        said_one = text_of(data, key, 20)
        if said_one and getattr(asked, key) in {None, ""}:
            yield f"{key}={said_one}"


def _names(data: Mapping[str, Any], key: str, known: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in text_of(data, key, 1000).split(",") if name in known)


def _share(data: Mapping[str, Any], key: str, most: float) -> float | None:
    try:
        value = float(text_of(data, key, 20).replace(",", "."))
    except ValueError:
        return None
    return value if 0 <= value <= most else None


class Look:
    """The parts of the page for one question."""

    def __init__(self, studio: "Studio", asked: Asked, who: Viewer, lang: Lang) -> None:
        self.studio, self.asked, self.who, self.lang = studio, asked, who, lang
        self.parts: dict[str, str] = {}

    def answer(self) -> dict[str, Any]:
        """`{"state": {"run"}, "parts": {name: HTML}}`. Raises StudioError."""
        run = self._run()
        if run is not None:
            try:
                found = self.studio.rescoring.what_if(self.asked.whatif(self.studio), self.who)
            except StudioError as error:
                if error.problem.code not in _NOTICES:
                    raise
                self.parts["stage"] = notice_html(describe(error, self.lang), "")
            else:
                self._show(found)
        return {"state": {"run": self.asked.run}, "parts": self.parts}

    def _run(self) -> RunView | None:
        """The run that is named, else the newest that was answered; None where there is none (the stage says why)."""
        runs = self.studio.runs(self.who)
        if not self.asked.run and not runs:
            self.parts["stage"] = no_runs_html(self.lang)
            return None
        try:
            run = self.studio.run(self.asked.run) if self.asked.run else _answered(runs)
        except StudioError as error:
            if error.problem.code != "unknown_run":
                raise
            self.parts["stage"] = gone_html(self.asked.run, self.lang)
            return None
        self.asked = replace(self.asked, run=run.id)
        if "run" in self.asked.want:
            titles = {task.name: titled(task.title, task.name, self.lang) for task in self.studio.tasks()}
            self.parts["run"] = run_bar_html(runs, run, titles, self.lang)
            self.parts["bench"] = bench_nav("whatif", run.id, self.lang)
        return run

    def _show(self, found: WhatIf) -> None:
        self.parts |= {"stage": "", "left": self._left()}
        if "form" in self.asked.want:
            switches = self.studio.rescoring.switches(found.run, self.who, count=False)
            self.parts["switches"] = switches_html(switches, found, self.lang)
        if "judge" in self.asked.want:
            self.parts["judge"] = judge_html(found, self.lang)
        if "result" in self.asked.want:
            self.parts["result"] = result_html(
                found, self.asked.task, self.asked.offset, PAGE, self.lang, self.asked.address
            )
            owner = self.who.role == "owner"
            versions = self.studio.rescoring.versions()
            self.parts["versions"] = versions_html(found, versions, self.asked.asks_rules, owner, self.lang)

    def _left(self) -> str:
        """That a part of the link changes nothing."""
        if not self.asked.left:
            return ""
        words = t("whatif.left", self.lang, what=" · ".join(self.asked.left))
        return f'<p class="st-alert st-alert--warn" role="alert">{safe(words)}</p>'


def _answered(runs: list[RunView]) -> RunView:
    return next((run for run in runs if run.answered), runs[0])


def counts_of(studio: "Studio", run: str, who: Viewer, lang: Lang) -> dict[str, Any]:
    """`{"counts": {switch: words}}`: how many answers turning each alone makes right and wrong. Raises StudioError."""
    found: dict[str, str] = {}
    for switch in studio.rescoring.switches(run, who):
        turned = switch.turned
        if turned is None:
            continue
        signs = [f"+{turned.gained}"] if turned.gained else []
        signs += [f"−{turned.lost}"] if turned.lost else []
        found[switch.name] = " ".join(signs) or t("whatif.turns_none", lang)
    return {"counts": found}
