"""What is dealt, who may do what, which answers count."""

from collections import Counter
from itertools import pairwise

import pytest

from studio.core.project import REPEAT_AFTER, ROLES, ProjectSpec
from studio.humans import ALLOWED, allows, deal, shuffled, valid_first
from studio.humans.dealing import repeatable

SPEC = ProjectSpec("Проект", "ruVQA", controls=0.05, repeats=0.02, training=3)


def kinds(person: str, n: int, spec: ProjectSpec = SPEC) -> list[str]:
    return [deal(spec, person, served, spec.training).kind for served in range(n)]


def test_training_comes_first_and_is_not_mixed() -> None:
    assert [deal(SPEC, "анна", 0, done).kind for done in range(4)] == [*["training"] * 3, "work"]


def test_about_the_share_that_was_asked_for_is_controls_and_repeats() -> None:
    dealt = [kind for person in range(40) for kind in kinds(f"p{person}", 500)]
    assert dealt.count("control") / len(dealt) == pytest.approx(0.05, abs=0.005)
    assert dealt.count("repeat") / len(dealt) == pytest.approx(0.02, abs=0.004)


@pytest.mark.parametrize(("controls", "repeats"), [(0.05, 0.02), (0.15, 0.1), (1 / 3, 0.07), (0.5, 0.5)])
def test_whoever_does_few_questions_has_his_share_of_controls_and_repeats_too(controls, repeats) -> None:
    spec = ProjectSpec("П", "т", controls=controls, repeats=repeats)
    for person in range(40):
        dealt = kinds(f"p{person}", 200, spec)
        for n in range(3, 200):
            assert abs(dealt[:n].count("control") - controls * (n - 3)) < 1 + 1e-9, (person, n)
            asked = repeats * max(0, n - REPEAT_AFTER)
            assert abs(dealt[:n].count("repeat") - asked) < 1 + 1e-9, (person, n)


def test_a_control_may_stand_anywhere_among_the_questions_that_have_one() -> None:
    """Among people, each of the ten places of the second such stretch is as likely."""
    spec = ProjectSpec("П", "т", controls=0.1, repeats=0.0)
    where = Counter(kinds(f"p{person}", 23, spec)[13:].index("control") for person in range(2_000))
    assert set(where) == set(range(10))
    # Four standard errors of a share of 0.1 in 2,000 draws are 54.
    assert all(abs(n - 200) < 54 for n in where.values())


def test_where_controls_stand_differs_from_person_to_person_and_not_from_restart_to_restart() -> None:
    assert kinds("анна", 300) == kinds("анна", 300) != kinds("борис", 300)
    where = [n for n, kind in enumerate(kinds("анна", 2000)) if kind == "control"]
    gaps = {later - earlier for earlier, later in pairwise(where)}
    assert len(gaps) > 20, "no rhythm that an annotator could learn"


def test_the_first_questions_are_plain_and_nothing_is_repeated_soon() -> None:
    eager = ProjectSpec("П", "т", controls=0.5, repeats=0.5)
    for person in range(50):
        assert kinds(f"p{person}", 3, eager) == ["work"] * 3
        assert "repeat" not in kinds(f"p{person}", 21, eager)
    assert list(repeatable(range(25))) == [0, 1, 2, 3, 4] and list(repeatable(range(20))) == []


def test_people_meet_the_same_questions_in_orders_of_their_own() -> None:
    items = list(range(50))
    assert sorted(shuffled(items, 1, "анна")) == items
    assert shuffled(items, 1, "анна") == shuffled(items, 1, "анна") != shuffled(items, 1, "борис")


def test_the_first_answers_count_and_exclusion_can_be_undone() -> None:
    answers = [(7, "в"), (3, "а"), (9, "г"), (5, "б")]
    assert valid_first(answers, frozenset(), 2) == {3, 5}
    assert valid_first(answers, frozenset("а"), 2) == {5, 7}
    assert valid_first(answers, frozenset(), 2) == {3, 5}
    assert valid_first(answers, frozenset("абвг"), 2) == frozenset()


def test_a_role_may_do_what_those_below_it_may_and_nobody_what_is_not_listed() -> None:
    for act in ALLOWED:
        may = [allows(role, act) for role in ROLES]
        assert may == sorted(may) and may[-1], act
    assert not any(allows(role, "anything") for role in ROLES)
    assert [allows(role, "answer") for role in ROLES] == [False, True, True, True]
    assert [allows(role, "see_gold") for role in ROLES] == [False, False, True, True]
