"""A run's Judge Score corrected by people's labels: which labels may correct it, how, and why they may not."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from studio.core.health import CorrectedTask, Correction, Further, Powered, Skipped
from studio.core.label import Draw, LabelledSample
from studio.core.outcome import Estimate
from studio.core.run import CELLS, Cell
from studio.core.trials import Corrected
from studio.service.calibration_views import combined
from studio.stats import (
    MIN_DRAWN,
    MIN_LABELS,
    Layer,
    Rate,
    alike,
    by_strata,
    drawn_from,
    effective_rate,
    further_labels,
    mean_estimate,
    prediction_powered,
    rogan_gladen,
)

SCORED: tuple[Cell, ...] = CELLS[:4]
UNLIKELY = 0.05


@dataclass(frozen=True)
class Scope:
    """A task of a run, or all of them (`name` ""): what EM and the judge said of its answers. `judged` of them have a
    verdict, `judged_right` of these are right; `cells` counts EM x judge."""

    name: str
    title: Mapping[str, str]
    answer_type: str
    em: Estimate
    js: Estimate
    judged: int
    judged_right: int
    cells: Mapping[Cell, int] = field(default_factory=dict)

    @property
    def effect(self) -> float:
        """How much wider the Judge Score's interval is, as a variance, than of answers that share nothing."""
        mean, low, high, n = self.js.mean, self.js.low, self.js.high, self.js.scored
        if mean is None or low is None or high is None or mean in {0.0, 1.0} or n < 2:
            return 1.0
        error = (high - low) / (2 * 1.96)
        return max(1.0, error**2 * n / (mean * (1 - mean)))


@dataclass(frozen=True)
class Rates:
    """A judge's sensitivity and specificity, as of independent labels, and the answers they were measured on."""

    sensitivity: Rate
    specificity: Rate

    @property
    def enough(self) -> bool:
        return min(self.sensitivity.n, self.specificity.n) >= MIN_LABELS


class Elsewhere(NamedTuple):
    """A labelled random part of another run that the same judge has judged."""

    run: str
    model: str
    labelled: tuple[LabelledSample, ...]


Verdict = Callable[[LabelledSample], int | None]


def by_own(sample: LabelledSample) -> int | None:
    """What the run's own judge said of a sample: 1, 0 or None."""
    return None if sample.js is None else int(sample.js >= 0.5)


def is_sure(sample: LabelledSample) -> bool:
    return sample.human in {"right", "wrong"}


def words(labelled: Iterable[LabelledSample], verdict: Verdict) -> tuple[list[int], list[int], list[str]]:
    """People's words, the judge's and the clusters of those labelled right or wrong that the judge has scored."""
    told = [(each, said) for each in labelled if is_sure(each) and (said := verdict(each)) is not None]
    return (
        [int(each.human == "right") for each, _ in told],
        [said for _, said in told],
        [each.cluster for each, _ in told],
    )


def rates_of(labelled: Iterable[LabelledSample], verdict: Verdict) -> Rates:
    people, judge, clusters = words(labelled, verdict)

    def rate(word: int) -> Rate:
        kept = [place for place, each in enumerate(people) if each == word]
        return effective_rate([float(judge[i] == word) for i in kept], [clusters[i] for i in kept])

    return Rates(rate(1), rate(0))


def drawn(labelled: Sequence[LabelledSample], draws: Sequence[Draw], task: str) -> list[LabelledSample]:
    """Those labelled samples that are a random part of a task (of the run, for ""): of each draw the beginning that is
    labelled without a gap, for what was passed over is no chance."""
    ends = {draw.number: draw.in_order for draw in _drawn_of(draws, task)}
    return [each for each in labelled if any(place.place <= ends.get(place.draw, 0) for place in each.draws)]


def _drawn_of(draws: Sequence[Draw], task: str) -> list[Draw]:
    """Draws that are a random part of a task, or of the run."""
    own = ({"task": task}, {"where": f"task:{task}"})
    return [draw for draw in draws if draw.whole or (task and dict(draw.filter) in own)]


def skipped(labelled: Sequence[LabelledSample], draws: Sequence[Draw], task: str) -> Skipped | None:
    """The gap that keeps most of these labels from counting as a random part; None where none does."""
    counted = {each.sample_id for each in drawn(labelled, draws, task)}
    found = []
    for draw in _drawn_of(draws, task):
        late = [
            each
            for each in labelled
            if is_sure(each)
            and each.sample_id not in counted
            and any(place.draw == draw.number for place in each.draws)
        ]
        if late and draw.gap_sample is not None:
            found.append(Skipped(draw.number, draw.gap, draw.gap_sample, len(late)))
    return max(found, key=lambda each: each.waiting, default=None)


class Correcting:
    """Corrects the scores of one run by one judge's verdicts."""

    def __init__(
        self,
        scopes: Sequence[Scope],
        labelled: Sequence[LabelledSample],
        draws: Sequence[Draw],
        elsewhere: Mapping[str, Sequence[Rates]],
        verdict: Verdict = by_own,
    ) -> None:
        """`elsewhere`: rates of the same judge on random parts of other runs, by type of answer, one a run."""
        self._scopes = scopes
        self._labelled = labelled
        self._draws = draws
        self._elsewhere = elsewhere
        self._verdict = verdict

    def task(self, scope: Scope) -> CorrectedTask:
        """The scope's scores side by side."""
        own = [each for each in self._labelled if scope.name in {"", each.task}]
        powered = self._powered(scope, drawn(own, self._draws, scope.name))
        people, sure = _people(own), sum(map(is_sure, own))
        plain = CorrectedTask(
            scope.name, scope.title, scope.em, scope.js, people, _refused(powered.reason), None, sure,
            powered.labelled, skipped=skipped(own, self._draws, scope.name),
        )  # fmt: skip
        if powered.mean is not None:
            return replace(
                plain, corrected=Corrected(powered.mean, powered.low, powered.high), how="powered",
                weight=powered.weight, run_low=powered.run_low, run_high=powered.run_high, more=powered.more,
            )  # fmt: skip
        if powered.labelled > sure // 2:
            return _unfinished(plain)
        found = self._by_rates(scope, own, plain)
        waiting = plain.skipped.waiting if plain.skipped else 0
        told = found.corrected.mean is not None or powered.labelled + waiting <= sure // 2
        return found if told else _unfinished(plain)

    def _powered(self, scope: Scope, random: Sequence[LabelledSample]) -> Powered:
        people, judge, clusters = words(random, self._verdict)
        return prediction_powered(
            people, judge, scope.judged_right - sum(judge), scope.judged - len(judge), clusters=clusters,
            effect=scope.effect,
        )  # fmt: skip

    def _by_rates(self, scope: Scope, own: Sequence[LabelledSample], plain: CorrectedTask) -> CorrectedTask:
        if self._chosen(scope, own):
            found = self._strata(scope, own)
            return replace(plain, corrected=found, how=None if found.mean is None else "strata")
        parts = [each for each in self._scopes if each.name and scope.name in {"", each.name} and each.judged]
        rated = [self._rated(part) for part in parts]
        n = sum(part.judged for part in parts)
        whole = combined([part.judged / n for part in parts], [each.corrected for each in rated])
        if whole.mean is None:
            return replace(plain, corrected=whole)
        further = rated[0].further if len(rated) == 1 else None
        how: Correction = "elsewhere" if any(each.elsewhere for each in rated) else "rates"
        return replace(plain, corrected=whole, how=how, further=further)

    def _rated(self, scope: Scope) -> "_Rated":
        rates, reason, elsewhere = self._rates(scope)
        if reason:
            return _Rated(_refused(reason))
        given = (scope.judged_right, scope.judged, rates.sensitivity, rates.specificity)
        found = rogan_gladen(*given)
        return _Rated(found, None if found.mean is None else further_labels(*given), elsewhere)

    def _rates(self, scope: Scope) -> "_Found":
        """The rates that hold for a task: its own labels', else those of its type of answer where its tasks are alike,
        else those of the judge on other runs where these are alike."""
        own = rates_of([each for each in self._labelled if each.task == scope.name], self._verdict)
        if own.enough:
            return _Found(own)
        same = [each for each in self._labelled if each.answer_type == scope.answer_type]
        by_task: dict[str, list[LabelledSample]] = {}
        for each in same:
            by_task.setdefault(each.task, []).append(each)
        pooled = rates_of(same, self._verdict)
        if pooled.enough:
            even = are_alike([rates_of(group, self._verdict) for group in by_task.values()])
            return _Found(pooled, "" if even else "uneven")
        other = list(self._elsewhere.get(scope.answer_type, ()))
        if other and (summed := _summed(other)).enough:
            return _Found(summed, "" if are_alike(other) else "uneven", elsewhere=True)
        return _Found(pooled, "few_labels")

    def _chosen(self, scope: Scope, own: Sequence[LabelledSample]) -> bool:
        """Whether labels lie otherwise over EM x judge than the run's answers do: then they were chosen by verdict."""
        if self._verdict is not by_own:
            return False
        part = [sum(each.cell == cell for each in own if is_sure(each)) for cell in SCORED]
        whole = [scope.cells.get(cell, 0) for cell in SCORED]
        if any(n > size for n, size in zip(part, whole, strict=True)):
            return False
        return drawn_from(part, whole) < UNLIKELY

    def _strata(self, scope: Scope, own: Sequence[LabelledSample]) -> Corrected:
        layers = []
        for cell in SCORED:
            here = [each for each in own if each.cell == cell and is_sure(each)]
            right = sum(each.human == "right" for each in here)
            layers.append(Layer(scope.cells.get(cell, 0), right, len(here)))
        return by_strata(layers, effect=scope.effect)


def _unfinished(plain: CorrectedTask) -> CorrectedTask:
    """A random part is being labelled and is too small yet: the way is to go on, or to fill its gap, not to guess."""
    missing = MIN_DRAWN - plain.drawn - (plain.skipped.waiting if plain.skipped else 0)
    if plain.skipped and missing <= 1:
        return replace(plain, corrected=_refused("skipped"))
    return replace(plain, corrected=_refused("few_drawn"), more=missing)


class _Rated(NamedTuple):
    corrected: Corrected
    further: Further | None = None
    elsewhere: bool = False


class _Found(NamedTuple):
    """Rates, or the reason why they do not hold here; whether they are of other runs."""

    rates: Rates
    reason: str = ""
    elsewhere: bool = False


def _refused(reason: str) -> Corrected:
    return Corrected(None, None, None, reason)


def are_alike(groups: Sequence[Rates]) -> bool:
    """Whether sensitivities and specificities of groups may be the same (Holm over the two tests)."""
    return 2 * min(_unlike(groups)) >= UNLIKELY


def _unlike(groups: Sequence[Rates]) -> tuple[float, float]:
    def p(pick: Callable[[Rates], Rate]) -> float:
        rates = [pick(group) for group in groups if pick(group).n]
        return alike(
            [round(rate.right) for rate in rates], [max(round(rate.right), round(rate.n)) for rate in rates]
        )

    return p(lambda rates: rates.sensitivity), p(lambda rates: rates.specificity)


def _summed(groups: Sequence[Rates]) -> Rates:
    def add(pick: Callable[[Rates], Rate]) -> Rate:
        return Rate(sum(pick(group).right for group in groups), sum(pick(group).n for group in groups))

    return Rates(add(lambda rates: rates.sensitivity), add(lambda rates: rates.specificity))


def _people(labelled: Sequence[LabelledSample]) -> Estimate:
    sure = [each for each in labelled if is_sure(each)]
    values = [float(each.human == "right") for each in sure]
    return mean_estimate(values, clusters=[each.cluster for each in sure])
