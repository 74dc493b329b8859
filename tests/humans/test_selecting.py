"""Which items are asked: in proportion, the same each time, controls from what is left over where there is enough."""

from collections import Counter

from studio.core.project import ProjectSpec
from studio.humans import Candidate, select


def samples(**sizes: int) -> list[Candidate]:
    return [
        Candidate(f"{name}{n}", f"hash {name}{n}", name, known=n % 10 != 9)
        for name, size in sizes.items()
        for n in range(size)
    ]


def test_all_items_are_asked_and_controls_are_some_of_them() -> None:
    found = select(samples(а=60, б=40), ProjectSpec("П", "т"))
    purposes = Counter(item.purpose for item in found.items)
    assert purposes == {"work": 95, "control": 5} and all(item.scored for item in found.items)
    assert found.outside == 0 and [item.item for item in found.items] == list(range(1, 101))


def test_a_part_is_drawn_by_strata_and_controls_and_training_come_from_the_rest() -> None:
    found = select(samples(а=600, б=300, в=100), ProjectSpec("П", "т", training=10), size=200)
    scored = Counter(item.stratum for item in found.items if item.scored)
    assert scored == {"а": 120, "б": 60, "в": 20} and found.by_stratum["в"] == (20, 100)
    rest = Counter(item.purpose for item in found.items if not item.scored)
    assert rest == {"training": 10, "control": 10} and found.outside == 10
    assert Counter(item.purpose for item in found.items if item.scored) == {"work": 200}


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    keys = [
        {
            item.key
            for item in select(samples(а=100), ProjectSpec("П", "т", seed=seed), 20).items
            if item.scored
        }
        for seed in (1, 1, 2)
    ]
    assert keys[0] == keys[1] != keys[2]


def test_training_that_cannot_be_had_is_told() -> None:
    found = select(samples(а=20), ProjectSpec("П", "т", training=5))
    assert found.short == 5 and all(item.purpose != "training" for item in found.items)


def test_what_has_no_gold_is_no_control() -> None:
    unknown = [Candidate(str(n), "h", "", known=False) for n in range(50)]
    assert {item.purpose for item in select(unknown, ProjectSpec("П", "т")).items} == {"work"}
