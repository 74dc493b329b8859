"""Failures group themselves: what is planted is found, names say it, and the same seed gives the same groups."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from studio.core.reasons import Failure, quiet_labels
from studio.reasons import grouped

WORDS = [
    "красный",
    "шар",
    "куб",
    "собака",
    "дорога",
    "автомобиль",
    "девочка",
    "дерево",
    "кошка",
    "звук",
    "барабан",
    "дом",
]
Planted = Callable[[random.Random, str], tuple[str, str]]  # (final answer, gold)
PLANTED: dict[str, Planted] = {
    "number_words": lambda rng, word: (rng.choice(["пять", "семь", "два"]), str(rng.randrange(2, 9))),
    "extra_words": lambda rng, word: (f"ну это {word} наверное", word),
    "language": lambda rng, word: (rng.choice(["a red ball", "the green cube"]), word),
    "ending": lambda rng, word: ("зелёного", "зелёный"),
}


def planted(n: int, seed: int = 5) -> list[tuple[str, Failure]]:
    rng = random.Random(seed)
    found = []
    for i in range(n):
        name = rng.choice(sorted(PLANTED))
        final, gold = PLANTED[name](rng, rng.choice(WORDS))
        found.append(
            (name, Failure("r", i, i + 1, f"t{i % 3}", "js_only", final, final, (gold,), decided="text"))
        )
    return found


@pytest.mark.parametrize("n", [60, 800])
def test_what_is_planted_is_found_and_called_by_its_name(n):
    made = planted(n)
    groups = grouped([failure for _, failure in made])
    assert {group.name.trait for group in groups} >= set(PLANTED)
    name_of = {failure.number: name for name, failure in made}
    for group in groups:
        if group.name.trait:
            own = [name_of[failure.number] == group.name.trait for failure in group.failures]
            assert sum(own) / len(own) > 0.9


def test_every_failure_is_in_one_group_and_the_largest_comes_first():
    failures = [failure for _, failure in planted(500)]
    groups = grouped(failures)
    assert sorted(each.number for group in groups for each in group.failures) == list(range(1, 501))
    assert [group.n for group in groups] == sorted((group.n for group in groups), reverse=True)
    assert sum(n for group in groups for n in group.counts.values()) == 500


def test_the_same_failures_and_seed_give_the_same_groups():
    failures = [failure for _, failure in planted(900)]
    assert grouped(failures, seed=3) == grouped(failures, seed=3)


def test_there_are_no_more_groups_than_a_person_asked_for():
    assert len(grouped([failure for _, failure in planted(300)], most=3)) <= 3


def test_notes_tell_apart_what_answers_do_not():
    plain = [Failure("r", i, i + 1, "T", "neither", "кот", "кот", ("пёс",)) for i in range(40)]
    noted = [replace(each, notes="опечатка в эталоне") if each.number % 2 else each for each in plain]
    groups = grouped(noted)
    assert [{failure.number % 2 for failure in group.failures} for group in groups] in (
        [{0}, {1}],
        [{1}, {0}],
    )
    told = next(group for group in groups if group.failures[0].notes)
    assert {"опечатка", "эталоне"} <= set(told.name.words)


@pytest.mark.parametrize("n", [0, 1, 2, 7, 8, 9])
def test_a_handful_is_grouped_too(n):
    groups = grouped([failure for _, failure in planted(n)])
    assert sum(group.n for group in groups) == n


def test_answers_all_alike_are_one_group():
    same = [Failure("r", i, i + 1, "T", "neither", "кот", "кот", ("пёс",)) for i in range(30)]
    assert [group.n for group in grouped(same)] == [30]


def test_empty_answers_need_no_words():
    blank = [Failure("r", i, i + 1, "T", "neither", "", "", ("пёс",)) for i in range(30)]
    (group,) = grouped(blank)
    assert (group.name.trait, group.n) == ("empty", 30)


def test_labels_are_quiet_since_the_last_that_showed_a_new_group():
    groups = grouped([failure for _, failure in planted(60)])
    first, second = groups[0], groups[1]
    labelled = [replace(each, labelled=10 + i) for i, each in enumerate(first.failures[:3])]
    groups = (
        replace(first, failures=(*labelled, replace(first.failures[3], labelled=20))),
        replace(second, failures=(replace(second.failures[0], labelled=15),)),
    )
    assert quiet_labels(groups) == (5, 1), "the label 20 came after the first of the second group, 15"
    assert quiet_labels(()) == (0, 0)
