"""From judged answers to rates, and from a judge's rates to corrected scores: pure functions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from studio.calibration import KINDS
from studio.core.outcome import Estimate
from studio.core.task import AnswerType
from studio.core.totals import Measure
from studio.core.trials import Calibration, Corrected, CorrectedScore, KindRates, Rates
from studio.metrics import PROFILES
from studio.stats import Rate, effective_rate, mean_estimate, rogan_gladen, weighted
from studio.store.calibrations import CalibrationRow, Judged
from studio.store.scored import ScoredSample


def calibration_view(row: CalibrationRow, lines: Sequence[Judged], tasks: Sequence[str]) -> Calibration:
    """A calibration as it stands; `lines` are its answers, `tasks` the names of theirs."""
    types: dict[AnswerType, list[Judged]] = {}
    for line in lines:
        types.setdefault(line.answer_type, []).append(line)
    return Calibration(
        id=row.id,
        state=row.state,
        spec=row.spec,
        label=row.label,
        created_at=row.created_at,
        seconds=row.seconds,
        done=sum(line.judged for line in lines),
        total=len(lines),
        samples=row.samples,
        without_gold=row.without_gold,
        tasks=tuple(tasks),
        kinds=tuple(_kinds(lines)),
        judge=_rates(lines, _by_judge),
        em={profile: _rates(lines, _by_em(profile)) for profile in PROFILES},
        types={kind: _rates(found, _by_judge) for kind, found in types.items()},
        problem=row.problem,
    )


def corrected_scores(
    judged: Mapping[AnswerType, Sequence[ScoredSample]], lines: Sequence[Judged]
) -> tuple[CorrectedScore, ...]:
    """A run's Judge Scores by type of answer, corrected by the judge's rates on answers of that type; all together
    last, where there are several types."""
    scores = [
        _corrected_type(kind, samples, [line for line in lines if line.answer_type == kind])
        for kind, samples in judged.items()
    ]
    return (*scores, _together(scores)) if len(scores) > 1 else tuple(scores)


_PLACES = {kind.name: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class _Word:
    """Whether a verdict was right (1 or 0); None where there is none (`waits`: not yet)."""

    right: float | None
    waits: bool = False


Reader = Callable[[Judged], _Word]


def _by_judge(line: Judged) -> _Word:
    right = None if line.label is None else float(line.label == line.verdict)
    return _Word(right, waits=not line.judged)


def _by_em(profile: str) -> Reader:
    def read(line: Judged) -> _Word:
        value = line.em.get(profile)
        return _Word(None if value is None else float((value >= 0.5) == bool(line.verdict)))

    return read


def _kinds(lines: Sequence[Judged]) -> Iterable[KindRates]:
    by_kind: dict[str, list[Judged]] = {}
    for line in lines:
        by_kind.setdefault(line.kind, []).append(line)
    for kind, found in sorted(by_kind.items(), key=lambda each: _PLACES.get(each[0], len(_PLACES))):
        em = {profile: _estimate(found, _by_em(profile)) for profile in PROFILES}
        yield KindRates(kind, found[0].verdict, found[0].trick, _estimate(found, _by_judge), em)


def _rates(lines: Sequence[Judged], read: Reader) -> Rates:
    wrong = [line for line in lines if not line.verdict]
    return Rates(
        sensitivity=_estimate([line for line in lines if line.verdict], read),
        specificity=_estimate([line for line in wrong if not line.trick], read),
        resistance=_estimate([line for line in wrong if line.trick], read),
        all_wrong=_estimate(wrong, read),
    )


def _estimate(lines: Sequence[Judged], read: Reader) -> Estimate:
    words = [(read(line), line.sample_id) for line in lines]
    scored = [(word.right, sample) for word, sample in words if word.right is not None]
    unscored = sum(word.right is None and not word.waits for word, _ in words)
    return mean_estimate([right for right, _ in scored], unscored, 0, [sample for _, sample in scored])


def _rate(lines: Sequence[Judged]) -> Rate:
    """The judge's rate of right verdicts, as of independent ones: answers to one sample go together."""
    scored = [(word.right, line.sample_id) for line in lines if (word := _by_judge(line)).right is not None]
    return effective_rate([right for right, _ in scored if right is not None], [name for _, name in scored])


def _corrected_type(
    kind: AnswerType, samples: Sequence[ScoredSample], lines: Sequence[Judged]
) -> CorrectedScore:
    values = [each.js for each in samples if each.js is not None]
    unscored = sum(each.state == "answered" and each.js_status == "unscored" for each in samples)
    raw = mean_estimate(values, unscored, sum(each.failed for each in samples))
    sensitivity = _rate([line for line in lines if line.verdict])
    wrong = [line for line in lines if not line.verdict]
    usual, worst = (
        rogan_gladen(sum(values), len(values), sensitivity, _rate(found))
        for found in ([line for line in wrong if not line.trick], wrong)
    )
    return CorrectedScore(kind, raw, usual, worst)


def _together(scores: Sequence[CorrectedScore]) -> CorrectedScore:
    """All answers: the types weighted by how many of each there are."""
    n = sum(score.raw.scored for score in scores)
    right = round(sum((score.raw.mean or 0.0) * score.raw.scored for score in scores))
    raw = mean_estimate(
        [1.0] * right + [0.0] * (n - right),
        sum(score.raw.unscored for score in scores),
        sum(score.raw.failed for score in scores),
    )
    counted = [score for score in scores if score.raw.scored]
    weights = [score.raw.scored / n for score in counted]
    usual = combined(weights, [score.usual for score in counted])
    return CorrectedScore(None, raw, usual, combined(weights, [score.worst for score in counted]))


def combined(weights: Sequence[float], parts: Sequence[Corrected]) -> Corrected:
    """The weighted sum with the parts' intervals carried on; undefined where a part is, for that part's reason."""
    known = [
        (weight, Measure(part.mean, (part.high - part.low) / 2, part.low, part.high))
        for weight, part in zip(weights, parts, strict=True)
        if part.mean is not None and part.low is not None and part.high is not None
    ]
    if not known or len(known) < len(parts):
        return Corrected(None, None, None, next((part.reason for part in parts if part.reason), "no_answers"))
    whole = weighted(known)
    return Corrected(whole.mean, whole.low, whole.high)
