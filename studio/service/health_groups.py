"""A judge's health group by group, and judges beside each other: pure functions over labelled samples and counts."""

import math
from collections.abc import Mapping, Sequence

from studio.core.health import (
    Agreement,
    Ceiling,
    Figure,
    Flips,
    GroupHealth,
    HealthBy,
    Homogeneity,
    JudgePair,
)
from studio.core.judging import RunJudge
from studio.core.label import LabelledSample
from studio.core.outcome import Estimate
from studio.core.run import CELLS, Cell
from studio.core.task import TaskInfo
from studio.service.health_scores import Elsewhere, Rates, Verdict, by_own, is_sure, rates_of, words
from studio.service.views import ALL_TITLE, RIGHT
from studio.stats import (
    MIN_LABELS,
    agreement,
    agreement_of_counts,
    alike,
    between_reviewers,
    mean_estimate,
    wilson,
)
from studio.store.browse import Tally
from studio.store.judgings import Pattern, Votes
from studio.store.runs import RunRow

# Characters of an answer: letters and words, a sentence, a paragraph, reasoning.
LENGTHS: tuple[tuple[int, int | None], ...] = ((0, 20), (21, 100), (101, 400), (401, None))


def agreement_of(labelled: Sequence[LabelledSample], verdict: Verdict = by_own) -> Agreement:
    """The judge beside people on the samples that both have scored."""
    people, judge, clusters = words(labelled, verdict)
    return agreement(people, judge, clusters)


def groups_of(
    labelled: Sequence[LabelledSample], titles: Mapping[str, Mapping[str, str]]
) -> list[GroupHealth]:
    """All labelled samples, then by task, type of answer and length; groups without a label are left out."""
    found = [GroupHealth("all", "", ALL_TITLE, agreement_of(labelled))]
    for task in dict.fromkeys(each.task for each in labelled):
        part = [each for each in labelled if each.task == task]
        found.append(GroupHealth("task", task, titles.get(task, {}), agreement_of(part), f"task:{task}"))
    for kind in dict.fromkeys(each.answer_type for each in labelled):
        part = [each for each in labelled if each.answer_type == kind]
        found.append(GroupHealth("answer_type", kind, {}, agreement_of(part), f"type:{kind}"))
    for low, high in LENGTHS:
        part = [each for each in labelled if low <= each.length and (high is None or each.length <= high)]
        where = f"len>={low}" if high is None else f"len:{low}..{high}"
        name = f"{low}+" if high is None else f"{low}-{high}"
        found.append(GroupHealth("length", name, {}, agreement_of(part), where))
    return [group for group in found if group.by == "all" or group.agreement.n]


def models_of(
    row: RunRow, labelled: Sequence[LabelledSample], others: Sequence[Elsewhere]
) -> list[GroupHealth]:
    """The same judge on answers of other models, where people have labelled a random part of those too."""
    if not others or not labelled:
        return []
    mine = GroupHealth("model", row.id, _named(row.title or row.model), agreement_of(labelled), run=row.id)
    rest = [
        GroupHealth("model", each.run, _named(each.model), agreement_of(each.labelled), run=each.run)
        for each in others
    ]
    return [group for group in (mine, *rest) if group.agreement.n]


def homogeneity(groups: Sequence[GroupHealth], by: HealthBy) -> Homogeneity:
    """Whether sensitivity and specificity may be the same in all groups (Holm over the two tests)."""
    own = [group for group in groups if group.by == by]
    if len(own) < 2:
        return Homogeneity(by, None, reason="one_group")
    found = [group.agreement for group in own]
    right, wrong = [each.right for each in found], [each.wrong for each in found]
    if min(sum(right), sum(wrong)) < MIN_LABELS:
        return Homogeneity(by, None, reason="few_labels")
    passed, caught = [each.right_right for each in found], [each.wrong_wrong for each in found]
    p = min(1.0, 2 * min(alike(passed, right), alike(caught, wrong)))
    whole = sum(each.right_right + each.wrong_wrong for each in found) / sum(each.n for each in found)

    def away(group: GroupHealth) -> float:
        """How far its raw agreement lies from that of all, in standard errors of so few."""
        at = group.agreement
        return abs((at.right_right + at.wrong_wrong) / at.n - whole) * math.sqrt(at.n)

    return Homogeneity(by, p, max(own, key=away).name)


def ceiling_of(labelled: Sequence[LabelledSample]) -> Ceiling:
    """How people agree with each other, by what each said before seeing the others' word."""
    kept = [
        (
            {
                name: int(said == "right")
                for name, said in each.independent.items()
                if said in {"right", "wrong"}
            },
            each,
        )
        for each in labelled
    ]
    told = [(said, each.cluster) for said, each in kept if said]
    return between_reviewers([said for said, _ in told], [cluster for _, cluster in told])


def rates_elsewhere(others: Sequence[Elsewhere], kind: str) -> list[Rates]:
    """The judge's rates on each other run's answers of a type."""
    return [
        rates_of(part, by_own)
        for each in others
        if (part := [sample for sample in each.labelled if sample.answer_type == kind and is_sure(sample)])
    ]


def counted(tallies: Sequence[Tally]) -> tuple[int, int, dict[Cell, int]]:
    """Judged answers, those the judge called right, and cells of EM x judge."""
    judged = [tally for tally in tallies if tally.js is not None]
    cells: dict[Cell, int] = dict.fromkeys(CELLS, 0)
    for tally in tallies:
        cells[tally.cell] += tally.n
    right = sum(tally.n for tally in judged if tally.js is not None and tally.js >= RIGHT)
    return sum(tally.n for tally in judged), right, cells


def judges_of(
    row: RunRow, labels: Sequence[str], patterns: Sequence[Pattern], infos: Mapping[int, TaskInfo]
) -> list[RunJudge]:
    """Each judge with how much it has judged; the run's own first."""
    found = []
    for place, label in enumerate(labels):
        tasks: dict[str, tuple[int, int]] = {}
        for each in patterns:
            said, name = each.values[place], infos[each.task_id].name
            if said is not None:
                scored, right = tasks.get(name, (0, 0))
                tasks[name] = scored + each.n, right + each.n * (said >= RIGHT)
        scored, right = (sum(n[i] for n in tasks.values()) for i in (0, 1))
        answers = sum(each.n for each in patterns)
        found.append(RunJudge(label, label == row.judge, scored, right, answers, tasks))
    return [judge for judge in found if judge.scored]


def pairs_of(labels: Sequence[str], patterns: Sequence[Pattern]) -> tuple[JudgePair, ...]:
    """Every two judges on what both have judged. Answers count as independent here: over a whole run the interval is
    narrow, and what matters is the number."""
    found = []
    for a in range(len(labels)):
        for b in range(a + 1, len(labels)):
            counts = [0, 0, 0, 0]
            for each in patterns:
                one, other = each.values[a], each.values[b]
                if one is not None and other is not None:
                    counts[2 * (one >= RIGHT) + (other >= RIGHT)] += each.n
            if sum(counts):
                found.append(JudgePair(labels[a], labels[b], agreement_of_counts(counts)))
    return tuple(found)


def share_of(judge: RunJudge) -> Estimate:
    """A judge's score over what it has judged."""
    if not judge.scored:
        return Estimate(None, None, None, 0, 0, 0)
    low, high = wilson(judge.right, judge.scored)
    return Estimate(judge.right / judge.scored, low, high, judge.scored, judge.answers - judge.scored, 0)


def plain(tallies: Sequence[Tally]) -> tuple[Estimate, Estimate]:
    """EM and JS over samples of a part of the run."""
    return _mean([(tally.em, tally.n) for tally in tallies]), _mean(
        [(tally.js, tally.n) for tally in tallies]
    )


def flips_of(votes: Votes) -> Flips:
    return Flips(
        votes.answers, _share(votes.repeat_flips, votes.repeated), _share(votes.swap_flips, votes.swapped)
    )


def complement(estimate: Estimate) -> Estimate:
    """The share of mistakes where the estimate is that of right words."""
    if estimate.mean is None or estimate.low is None or estimate.high is None:
        return estimate
    return Estimate(
        1 - estimate.mean,
        1 - estimate.high,
        1 - estimate.low,
        estimate.scored,
        estimate.unscored,
        estimate.failed,
    )


def _share(k: int, n: int) -> Figure:
    return Figure(k / n, *wilson(k, n)) if n else Figure(None, reason="one_vote")


def _mean(values: Sequence[tuple[float | None, int]]) -> Estimate:
    scored = [value for value, n in values if value is not None for _ in range(n)]
    return mean_estimate(scored, sum(n for value, n in values if value is None))


def _named(name: str) -> Mapping[str, str]:
    return dict.fromkeys(("ru", "en"), name)
