"""People beside the best model: over the same questions, by task, skill and category, and only where that is fair."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import BadInput
from studio.core.gap import GapRow, HumanGap
from studio.core.leaderboard import BoardAsked
from studio.core.outcome import Estimate
from studio.core.people_run import PeopleRun
from studio.core.run import Viewer
from studio.service import Studio
from studio.stats import paired_difference
from studio.texts.gap_said import ceilings_said, gap_notes, gap_said
from tests.boards import FAILED, MEANT, RIGHT, WAITING, WRONG, board_studio, keep_run

MERA = BoardAsked("mera", published=False)


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    studio = board_studio(tmp_path)
    yield studio
    studio.close()


def people(
    studio: Studio, run: str, tasks: dict[str, Sequence[str]], what: str = "together", **rest: Any
) -> str:
    told = PeopleRun("p1", "Знаки", what, "majority", "crowd", 5, 5, 0.0, 9, **rest)  # type: ignore[arg-type]
    return keep_run(studio, run, told.model, tasks, kind="human", resolved={"people": told.to_json()})


def only(found: HumanGap, by: str, name: str = "") -> GapRow:
    (row,) = (row for row in found.by(by) if row.name == name)  # type: ignore[arg-type]
    return row


def test_the_gap_is_the_paired_difference_to_the_best_model_over_the_shared_questions(studio: Studio) -> None:
    people(studio, "h1", {"ruCLEVR": [RIGHT] * 17 + [WRONG] * 3})
    keep_run(studio, "r1", "good", {"ruCLEVR": [RIGHT] * 12 + [MEANT] * 4 + [WRONG] * 4})
    found = studio.gaps.of(MERA)
    gap = only(found, "task", "ruCLEVR").em
    assert gap is not None and gap.verdict == "open"
    expected = paired_difference([1.0] * 17 + [0.0] * 3, [1.0] * 12 + [0.0] * 8, [n // 2 for n in range(20)])
    assert expected is not None
    assert (gap.difference.low, gap.difference.high) == pytest.approx((expected.low, expected.high))
    assert (gap.people, gap.best, gap.difference.n, gap.difference.clusters) == (0.85, 0.6, 20, 10)
    assert (gap.run, gap.people_run, gap.models) == ("r1", "h1", 1)
    judged = only(found, "task", "ruCLEVR").js
    assert judged is not None and judged.best == 0.8 and judged.verdict == "open"


def test_of_several_models_the_best_is_taken_and_its_upper_bound_knows_of_the_others(studio: Studio) -> None:
    people(studio, "h1", {"ruCLEVR": [RIGHT] * 18 + [WRONG] * 2})
    keep_run(studio, "r1", "good", {"ruCLEVR": [RIGHT] * 14 + [WRONG] * 6})
    alone = only(studio.gaps.of(MERA), "task", "ruCLEVR").em
    keep_run(studio, "r2", "bad", {"ruCLEVR": [RIGHT] * 3 + [WRONG] * 17})
    both = only(studio.gaps.of(MERA), "task", "ruCLEVR").em
    assert alone is not None and both is not None
    assert (both.run, both.models, both.difference.mean) == ("r1", 2, alone.difference.mean)
    assert both.difference.low == alone.difference.low and both.difference.high > alone.difference.high


def test_what_has_no_answer_is_in_no_mean_and_a_model_with_few_questions_is_no_candidate(
    studio: Studio,
) -> None:
    people(studio, "h1", {"ruCLEVR": [RIGHT] * 19 + [FAILED]})
    keep_run(studio, "r1", "whole", {"ruCLEVR": [RIGHT] * 10 + [WRONG] * 9 + [RIGHT]})
    keep_run(studio, "r2", "half", {"ruCLEVR": [RIGHT] * 10 + [WAITING] * 10})
    found = studio.gaps.of(MERA)
    gap = only(found, "task", "ruCLEVR").em
    assert gap is not None and (gap.run, gap.difference.n, gap.people) == ("r1", 19, 1.0)
    assert list(found.short.values()) == [pytest.approx(10 / 19)]
    assert "half (53" in gap_notes(found, "en")[0]


def test_a_skill_is_the_mean_of_its_tasks_whatever_their_sizes(studio: Studio) -> None:
    people(studio, "h1", {"ruCLEVR": [RIGHT] * 10, "ruCommonVQA": [RIGHT] * 30})
    keep_run(studio, "r1", "m", {"ruCLEVR": [WRONG] * 10, "ruCommonVQA": [RIGHT] * 15 + [WRONG] * 15})
    found = studio.gaps.of(MERA)
    whole = only(found, "all").em
    assert whole is not None and whole.difference.mean == pytest.approx(0.75) and whole.difference.n == 40
    shared = next(row for row in found.by("skill") if set(row.tasks) == {"ruCLEVR", "ruCommonVQA"})
    assert shared.em is not None and shared.em.difference == whole.difference
    assert {row.by for row in studio.gaps.of(MERA, by=("task",)).rows} == {"task"}


def test_people_have_a_ceiling_and_the_best_model_stands_beside_it(studio: Studio) -> None:
    people(studio, "h1", {"ruCLEVR": [RIGHT] * 8 + [WRONG] * 2}, rest=Estimate(0.7, 0.5, 0.9, 10, 0, 0))
    keep_run(studio, "r1", "m", {"ruCLEVR": [RIGHT] * 8 + [WRONG] * 2})
    found = studio.gaps.of(MERA)
    (ceiling,) = found.ceilings
    assert ceiling.rest.mean == 0.7 and found.names[ceiling.key]["ru"] == "m"
    assert "0,70 [0,50; 0,90]" in ceilings_said(found, "ru")[0]


def test_private_gold_tells_a_visitor_no_gap(studio: Studio) -> None:
    people(studio, "h1", {"WEIRD": [RIGHT] * 10, "RealVQA": [RIGHT] * 10})
    keep_run(studio, "r1", "m", {"WEIRD": [WRONG] * 10, "RealVQA": [WRONG] * 10})
    seen = studio.gaps.of(MERA, Viewer())
    assert [row.name for row in seen.by("task")] == ["WEIRD"] and seen.hidden == ("RealVQA",)
    assert {row.name for row in studio.gaps.of(MERA).by("task")} == {"WEIRD", "RealVQA"}


def test_somebody_may_choose_whose_run_it_is(studio: Studio) -> None:
    people(studio, "h1", {"ruCLEVR": [RIGHT] * 10})
    people(studio, "h2", {"ruCLEVR": [WRONG] * 10}, "person", number=1)
    keep_run(studio, "r1", "m", {"ruCLEVR": [RIGHT] * 10})
    gap = only(studio.gaps.of(MERA, people="h2"), "task", "ruCLEVR").em
    assert gap is not None and gap.verdict == "model"
    with pytest.raises(BadInput, match="gap_no_people"):
        studio.gaps.of(MERA, people="r1")


def test_without_people_or_models_it_is_said(studio: Studio) -> None:
    keep_run(studio, "r1", "m", {"ruCLEVR": [RIGHT, WAITING]})
    assert gap_said(studio.gaps.of(MERA), "en")[0].startswith("There is no run of people here yet")
    people(studio, "h1", {"WEIRD": [RIGHT] * 10})
    assert gap_said(studio.gaps.of(MERA), "en")[0].startswith("No model has answered")


def test_where_all_is_hidden_from_whoever_looks_that_is_the_reason_that_is_told(studio: Studio) -> None:
    people(studio, "h1", {"RealVQA": [RIGHT] * 10})
    keep_run(studio, "r1", "m", {"RealVQA": [WRONG] * 10})
    seen = studio.gaps.of(MERA, Viewer())
    assert "hidden from you" in gap_said(seen, "en")[0] and "RealVQA" in gap_said(seen, "en")[0]
    assert gap_notes(seen, "en") == [], "said once"
    assert "hidden" not in gap_said(studio.gaps.of(MERA), "en")[0]
