"""One look at a run: from what the browser asks to the parts of the page that change."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from components.format import titled
from components.links import MediaBase
from components.pages.inspect_card import card_html, sample_gone_html
from components.pages.inspect_group import group_html, group_of, group_state
from components.pages.inspect_labels import draw_options, label_state, others_html
from components.pages.inspect_people import people_html
from components.pages.inspect_query import LONGEST, found_words, wrong_html
from components.pages.inspect_queue import (
    PAGE,
    category_options,
    empty_list_html,
    filters_html,
    gone_html,
    no_runs_html,
    nothing_html,
    notice_html,
    queue_html,
    run_bar_html,
)
from components.pages.inspect_situation import People, sealed_html, situation_html, veiled_html
from components.pages.served import text_of, whole_of
from components.who import EVERYONES, SEALED, blind, reviewer_of, whose_labels
from components.widgets.bench_nav import bench_nav
from studio.core.errors import QueryError, StudioError
from studio.core.label import LABEL_FILTERS
from studio.core.people_said import ItemSaid
from studio.core.run import (
    CELLS,
    Confusion,
    Neighbours,
    Queue,
    RunView,
    SampleCard,
    SampleFilter,
    Viewer,
)
from studio.texts import Lang, describe, t

if TYPE_CHECKING:
    from studio.service import Studio

PARTS = frozenset({"run", "situation", "filters", "categories", "queue", "card"})
EVERYTHING = SampleFilter()
_CELLS = {*CELLS, "disagree", "truncated"}
TAGS_OFFERED = 60
_NOWHERE = Neighbours(None, 0, None, None)


@dataclass(frozen=True)
class Asked:
    """What the browser asks: the address (`run`, `chosen`, `sample`) and which parts of the page it lacks.

    `keep` is the sample to stay at if the filter has it; `number` is a place in the run typed by a person;
    `offset` is the page of the list wanted, `shown` the one that the browser has. `unlabelled` asks for the next sample
    of the queue after `sample` that `reviewer` has not labelled. `task_shown` is the task that the table in the browser
    is of, where the filter may name another; `redraw` lets the order of the queue be drawn up anew. `everyones`: labels
    of other reviewers are shown also before an own one; `sealed`: scores only beside one.
    """

    run: str = ""
    chosen: SampleFilter = EVERYTHING
    sample: int | None = None
    sample_text: str = ""
    keep: int | None = None
    number: int | None = None
    offset: int | None = None
    shown: int | None = None
    human: bool = False
    reviewer: str = ""
    everyones: bool = False
    sealed: bool = False
    unlabelled: bool = False
    task_shown: str | None = None
    redraw: bool = False
    want: frozenset[str] = PARTS


def asked_from(data: Mapping[str, Any]) -> Asked:
    """What the browser sent, made safe: unknown cells and parts are left out."""
    cell = text_of(data, "cell", 20)
    want = data.get("want")
    return Asked(
        run=text_of(data, "run", 100),
        chosen=SampleFilter(
            task=text_of(data, "task"),
            cell=cell if cell in _CELLS else "",
            text=text_of(data, "text", 200).strip(),
            category=text_of(data, "category"),
            label=label if (label := text_of(data, "label", 20)) in LABEL_FILTERS else "",
            draw=whole_of(data, "draw") or 0,
            where=text_of(data, "where", LONGEST).strip(),
        ),
        task_shown=text_of(data, "task_shown") if "task_shown" in data else None,
        redraw=data.get("redraw") is True,
        sample=whole_of(data, "sample"),
        sample_text=str(data.get("sample") or "")[:40],
        keep=whole_of(data, "keep"),
        number=whole_of(data, "number"),
        offset=whole_of(data, "offset"),
        shown=whole_of(data, "shown"),
        human=data.get("human") is True,
        reviewer=reviewer_of(data),
        everyones=text_of(data, "people", 4) == EVERYONES,
        sealed=text_of(data, "scores", 10) == SEALED,
        unlabelled=data.get("unlabelled") is True,
        want=frozenset(part for part in want if isinstance(part, str)) & PARTS
        if isinstance(want, list)
        else PARTS,
    )


class Look:
    """One answer to one question of the browser: which parts of the page change, and the address that names them."""

    def __init__(self, studio: "Studio", asked: Asked, who: Viewer, lang: Lang, base: MediaBase) -> None:
        self.studio, self.asked, self.lang, self.base = studio, asked, lang, base
        people, scores = EVERYONES if asked.everyones else "", SEALED if asked.sealed else ""
        self.who = blind(who, {"reviewer": asked.reviewer, "people": people, "scores": scores})
        self.parts: dict[str, str] = {}
        self.state: dict[str, Any] = {"human": asked.human}
        self.confusions: Sequence[Confusion] = ()
        self.words = ""
        self.unread: QueryError | None = None  # a link's filter that cannot be read
        self._places: dict[tuple[SampleFilter, int], Neighbours] = {}
        self._pages: dict[tuple[SampleFilter, int], Queue] = {}

    def answer(self) -> dict[str, Any]:
        """`{"state": the address and the neighbours, "parts": {name: HTML}}`. Raises StudioError."""
        if not self._open_run():
            return {"state": self.state, "parts": self.parts}
        if not self._understood():
            return {"state": self.state, "parts": self.parts}
        self._find_number()
        self._find_unlabelled()
        self._situation()
        place = self._walk()
        chosen = asdict(self.asked.chosen)
        self.state |= {**chosen, "draw": chosen["draw"] or "", "run": self.asked.run, "total": place.total}
        self.state["people"] = EVERYONES if self.asked.everyones else ""
        self.state["scores"] = SEALED if self.asked.sealed else ""
        self.state |= {"index": place.index, "previous": place.previous, "following": place.following}
        filtered = self.asked.chosen != EVERYTHING
        found = "" if self.unread else found_words(place.total, filtered, self._whose(), self.lang)
        self.state |= {"box": self.words, "found": found}
        return {"state": self.state, "parts": self.parts}

    def _open_run(self) -> bool:
        """Finds the run that is named, else the newest worth a look; False where there is none (the stage says why)."""
        if self.asked.run and "run" not in self.asked.want:
            return True
        runs = self.studio.runs(self.who)
        if not self.asked.run and not runs:
            self.parts["stage"] = no_runs_html(self.lang)
            return False
        try:
            run = self.studio.run(self.asked.run) if self.asked.run else worth_a_look(runs)
        except StudioError as error:
            if error.problem.code != "unknown_run":
                raise
            self.parts["stage"] = gone_html(self.asked.run, self.lang)
            return False
        self.asked = replace(self.asked, run=run.id)
        titles = {task.name: titled(task.title, task.name, self.lang) for task in self.studio.tasks()}
        self.parts |= {"stage": "", "run": run_bar_html(runs, run, titles, self.lang)}
        self.parts["bench"] = bench_nav("inspect", run.id, self.lang)
        self.state |= {"human": run.kind == "human", "live": run.state in {"queued", "running"}}
        return True

    def _understood(self) -> bool:
        """Reads the words of the filter; the selects take out of them what they can say. A filter that cannot be read
        is complained of, and the page stays as it is; of a link's no answers are shown, and it stays in the address."""
        asked, fresh = self.asked, "filters" in self.asked.want
        self.state["wrong"] = ""
        if asked.redraw:
            self.studio.queries.redraw(asked.run)
        try:
            self.words = self.studio.queries.text(asked.chosen)
            if asked.chosen.where or asked.chosen.text:
                self.asked = replace(asked, chosen=self.studio.queries.split(asked.run, self.words))
                self.words = self.studio.queries.text(self.asked.chosen)  # names as they are really spelled
        except QueryError as error:
            self.state |= {
                "wrong": wrong_html(error, self.lang),
                "typed": error.problem.values.get("text", ""),
            }
            if not fresh:
                return False
            self.unread, self.words = error, asked.chosen.where
        if asked.task_shown is not None and asked.task_shown != self.asked.chosen.task:
            self.asked = replace(self.asked, want=asked.want | {"situation", "categories"})
        return True

    def _walk(self) -> Neighbours:
        """The list and the card; a filter that would tell the gold of a hidden task is refused in their place."""
        if self.unread:
            return self._nowhere(t("query.failed", self.lang), describe(self.unread, self.lang))
        try:
            place = self._choose_sample()
            self._queue(place)
        except StudioError as error:
            title, text = t("inspect.hidden.title", self.lang), t("inspect.hidden.filter", self.lang)
            if error.problem.code == "scores_sealed":
                shown = (t("label.scores.show", self.lang), "", "scores")
                return self._nowhere(t("label.scores.title", self.lang), describe(error, self.lang), shown)
            if error.problem.code.startswith(
                "query_"
            ):  # a run that is not there, an expression that takes too long
                title, text = t("query.failed", self.lang), describe(error, self.lang)
            elif error.problem.code != "gold_hidden":
                raise
            return self._nowhere(title, text)
        if "card" in self.asked.want:
            self._card(place)
        return place

    def _nowhere(self, title: str, text: str, *ways: tuple[str, str, str]) -> Neighbours:
        """No list and no card but the reason, with ways out."""
        notice = notice_html(title, text, [(t("inspect.empty.clear", self.lang), "", "clear"), *ways])
        self.parts |= {"queue": empty_list_html(self.lang), "card": notice}
        self.state |= {"sample": None, "offset": 0}
        return _NOWHERE

    def _whose(self) -> bool | None:
        """Whether the filter tells labels of others, where it goes by labels."""
        return self.studio.queries.shows_labels(self.asked.run, self.asked.chosen, self.who)

    def _find_number(self) -> None:
        """A person typed a place in the run: open it, and let go of a filter that would hide it."""
        number = self.asked.number
        if number is None:
            return
        found = self.studio.queue(
            self.asked.run, SampleFilter(), offset=max(0, number - 1), limit=1, viewer=self.who
        )
        if not found.rows or found.rows[0].number != number:  # the store clamps an offset beyond the end
            self.state["note"] = t("inspect.number_gone", self.lang, number=number, total=found.total)
            return
        sample = found.rows[0].sample_id
        try:
            hidden = self._place(sample).index is None
        except StudioError as error:
            if error.problem.code not in {"gold_hidden", "scores_sealed"}:
                raise
            hidden = True
        if hidden:
            self.asked = replace(self.asked, chosen=SampleFilter(), want=PARTS - {"run"})
        self.asked = replace(self.asked, sample=sample, keep=None)

    def _find_unlabelled(self) -> None:
        """The next sample of the queue without a label of this reviewer, from the beginning again at its end."""
        asked = self.asked
        if not asked.unlabelled or asked.sample is None:
            return
        found = self.studio.labels.next_unlabelled(
            asked.run, asked.chosen, asked.sample, asked.reviewer, self.who
        )
        if found is None:
            self.state["note"] = t("label.all_done", self.lang)
        else:
            self.asked = replace(asked, sample=found)

    def _place(self, sample: int) -> Neighbours:
        """Where a sample stands in the filtered queue; read once, counting 100,000 rows is not free."""
        key = (self.asked.chosen, sample)
        if key not in self._places:
            self._places[key] = self.studio.neighbours(self.asked.run, self.asked.chosen, sample, self.who)
        return self._places[key]

    def _choose_sample(self) -> Neighbours:
        """The sample that is named, else the one to keep if the filter has it, else the first of the queue; of a draw
        the first without a label, for what comes after it does not count."""
        asked = self.asked
        if asked.sample is not None:
            self.state["sample"] = asked.sample
            return self._place(asked.sample)
        if asked.keep is not None and (place := self._place(asked.keep)).index is not None:
            self.state["sample"] = asked.keep
            return place
        if (gap := self._gap()) is not None:
            self.state["sample"] = gap
            return self._place(gap)
        page = self._page(0)
        ids = [row.sample_id for row in page.rows[:2]]
        self.state["sample"] = ids[0] if ids else None
        return Neighbours(0, page.total, None, ids[1] if len(ids) > 1 else None) if ids else _NOWHERE

    def _gap(self) -> int | None:
        """The first sample of the chosen draw that nobody has labelled, else that this reviewer has not."""
        asked = self.asked
        if (
            not asked.chosen.draw
            or asked.chosen.label
            or not self.studio.labels.may_label(asked.run, self.who)
        ):
            return None
        draws = self.studio.labels.draws(asked.run)
        gap = next((draw.gap_sample for draw in draws if draw.number == asked.chosen.draw), None)
        if gap is None and asked.reviewer:
            gap = self.studio.labels.next_unlabelled(asked.run, asked.chosen, 0, asked.reviewer, self.who)
        return gap if gap is not None and self._place(gap).index is not None else None

    def _page(self, offset: int) -> Queue:
        key = (self.asked.chosen, offset)
        if key not in self._pages:
            self._pages[key] = self.studio.queue(
                self.asked.run, self.asked.chosen, offset=offset, limit=PAGE, viewer=self.who
            )
        return self._pages[key]

    @cached_property
    def annotated(self) -> frozenset[str]:
        """Tasks that people are answering: no answers of models to them are shown."""
        return self.studio.blinded(self.who)

    @cached_property
    def _sealed(self) -> bool:
        """Whether scores are told beside own labels alone: not to whoever cannot give one."""
        return self.asked.sealed and self.studio.labels.may_label(self.asked.run, self.who)

    @cached_property
    def _veiled(self) -> bool:
        """Whether the run is a person's of a task that people are answering: then none of its scores is here."""
        run = self.studio.run(self.asked.run)
        return run.kind == "human" and not self.annotated.isdisjoint(run.tasks)

    def _situation(self) -> None:
        asked = self.asked
        if asked.want & {"situation", "filters"}:
            self.confusions = self.studio.confusions(asked.run, self.who)
        if "situation" in asked.want:
            draws = self.studio.labels.draws(asked.run)
            self.parts["draws"] = draw_options(draws, asked.chosen, self.lang)
        if "situation" in asked.want and self._sealed:
            self.parts["situation"] = sealed_html(asked.chosen, self._people(), self.lang)
        elif "situation" in asked.want and self._veiled:
            self.parts["situation"] = veiled_html(self.lang)
        elif "situation" in asked.want:
            cut = replace(SampleFilter(), task=asked.chosen.task, cell="truncated")
            truncated = self.studio.queue(asked.run, cut, limit=1, viewer=self.who).total
            run = self.studio.run(asked.run)
            judged = not run.lacks_judge or not self.confusions[-1].em_right + self.confusions[-1].em_wrong
            self.parts["situation"] = situation_html(
                self.confusions,
                asked.chosen,
                truncated,
                self.lang,
                people=self._people(),
                judged=judged,
                run=run.id,
                whose=whose_labels(self.who),
                askable=run.awaits_judge_alone and bool(self.studio.steerable([run.id], self.who)),
            )
        if asked.want & {"filters", "categories"}:
            categories = self.studio.categories(asked.run, asked.chosen.task)
            self.parts["categories"] = category_options(categories, asked.chosen, self.lang)
            if "filters" in asked.want:
                searches = bool(self.annotated & set(self.studio.run(asked.run).tasks))
                draws = self.studio.labels.draws(asked.run)
                whose = asked.everyones if self.studio.labels.may_label(asked.run, self.who) else None
                self.state["tags"] = list(self.studio.labels.tags(asked.run, self.who))[:TAGS_OFFERED]
                self.parts["filters"] = filters_html(
                    self.confusions,
                    categories,
                    asked.chosen,
                    searches,
                    self.lang,
                    draws,
                    self.words,
                    whose,
                    sealed=self._sealed,
                )
                self.state["titles"] = self._titles()

    def _people(self) -> People:
        """What people say of the run's answers, as far as this viewer may know."""
        try:
            rows = self.studio.labels.three_way([self.asked.run], viewer=self.who)
        except StudioError as error:
            if error.problem.code != "gold_hidden":
                raise
            return People()
        draws = self.studio.labels.draws(self.asked.run)
        return People(rows, draws, self.studio.labels.may_label(self.asked.run, self.who))

    def _titles(self) -> dict[str, str]:
        tasks = [confusion for confusion in self.confusions if confusion.task]
        return {c.task: titled(c.title, c.task, self.lang) for c in tasks} if len(tasks) > 1 else {}

    def _queue(self, place: Neighbours) -> None:
        """The page of the list that holds the sample, or the one asked for; nothing where the browser has it."""
        asked = self.asked
        home = (place.index or 0) // PAGE * PAGE
        offset = home if asked.offset is None else asked.offset
        self.state["offset"] = offset
        if "queue" not in asked.want and asked.shown == offset:
            return
        page = self._page(offset)
        if not page.rows:
            self.parts["queue"] = empty_list_html(self.lang)
            return
        titles = {} if asked.chosen.task else (self.state.get("titles") or self._known_titles(page))
        self.parts["queue"] = queue_html(page, self.state["sample"], titles, self.lang, self.annotated)

    def _known_titles(self, page: Queue) -> dict[str, str]:
        """Titles of the tasks in view, read only when the list really mixes tasks."""
        if len({row.task for row in page.rows}) < 2:
            return {}
        self.confusions = self.confusions or self.studio.confusions(self.asked.run, self.who)
        return self._titles()

    def _card(self, place: Neighbours) -> None:
        sample = self.state["sample"]
        self.state["labels"] = None
        if sample is None:
            named = self.asked.sample_text  # a link whose sample is no number
            empty = (
                sample_gone_html(named, self.asked.run, self.lang)
                if named
                else nothing_html(self.asked.chosen, self.lang, self._whose())
            )
            self.parts["card"] = empty
            return
        try:
            card = self.studio.card(self.asked.run, sample, self.who)
        except StudioError as error:
            if error.problem.code != "unknown_sample":
                raise
            self.parts["card"] = sample_gone_html(str(sample), self.asked.run, self.lang)
            return
        self._labels(card)
        annotating = card.task in self.annotated
        self.state["sealed"] = card.sealed
        group = None if annotating or card.sealed else group_of(self.studio, card, self.who)
        self.state["group"] = group_state(group, self.lang)
        said = people_html(self._annotators(card), self.lang, of_people=bool(self.state["human"]))
        self.parts["card"] = card_html(
            without_answer(card) if annotating else card,
            place,
            self.base,
            self.lang,
            human=bool(self.state["human"]),
            annotating=annotating,
            group=group_html(group, card, self.lang),
            people="" if annotating or card.sealed else said,
        )

    def _annotators(self, card: SampleCard) -> tuple[ItemSaid, ...]:
        """What annotators said of the sample, where this viewer may read it."""
        return self.studio.people_said.of(card.run_id, card.sample_id, self.who)

    def _labels(self, card: SampleCard) -> None:
        """The sample's labels as this reviewer may see them, for the bar below it."""
        found = self.studio.labels.of(
            card.run_id, card.sample_id, self.asked.reviewer, self.who, everyones=self.asked.everyones
        )
        self.parts["others"] = others_html(found, self.lang)
        labelled = label_state(found) | {"attempt": card.attempt, "answered": card.answer is not None}
        self.state["labels"] = labelled | {"sample": card.sample_id, "number": card.number}


def without_answer(card: SampleCard) -> SampleCard:
    """The card for an annotator of its task: the question alone."""
    return replace(
        card, answer=None, em=None, js=None, calls=(), gold=None, gold_hidden=True, finish_reason=None
    )


def worth_a_look(runs: Sequence[RunView]) -> RunView:
    """The newest run of a model with answers; a person's, or one without answers, only where there is no other."""
    return next((run for run in runs if run.kind == "model" and run.answered), runs[0])
