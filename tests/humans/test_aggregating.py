"""From answers to a baseline: ties, low agreement, one person against the rest."""

import numpy as np
import pytest

from studio.core.baseline import Skill
from studio.core.outcome import Estimate
from studio.humans.aggregating import Counted, against_the_rest, aggregate, left_out
from studio.stats.agreement import Floats

RUNS = 150


def said(*rows: str) -> list[Counted]:
    """Each row is an item, each letter the answer of the next person; a dot is no answer."""
    return [
        Counted(n, f"p{who}", letter.lower(), letter)
        for n, row in enumerate(rows, 1)
        for who, letter in enumerate(row)
        if letter != "."
    ]


def test_each_item_says_how_it_came_by_its_answer() -> None:
    skills = [Skill("p0", (1.0,) * 9 + (0.0,)), Skill("p1", (1.0,) * 3 + (0.0,) * 7)]
    found = aggregate(said("АААБВ", "АБ", ".....АБ", "ГГГГГ"), [1, 2, 3, 4, 5], skills, adjudicated={4: "Д"})
    assert [(each.decided, each.text) for each in found.items] == [
        ("votes", "А"), ("skill", "А"), ("tied", None), ("expert", "Д"), ("unanswered", None),
    ]  # fmt: skip
    assert found.counts["tied"] == 1 and found.answered == 4


@pytest.mark.parametrize(
    ("controls", "decided", "text"),
    [((1.0,), "skill", "А"), ((0.0,), "skill", "Б"), ((1.0, 0.0), "tied", None)],
)
@pytest.mark.parametrize("named", [True, False])
def test_in_a_tie_whoever_met_no_control_is_believed_half_way(controls, decided, text, named) -> None:
    """Less than who passed, more than who failed, and as much as who did as well as chance: that stays a tie."""
    skills = [Skill("p0", controls), Skill("p1")]
    found = aggregate(said("АБ"), [1], skills if named else skills[:1]).items[0]
    assert (found.decided, found.text) == (decided, text)


def test_a_tie_of_people_of_whom_nothing_is_known_stays_one() -> None:
    assert aggregate(said("АБ", "ВГ"), [1, 2], [Skill("p0"), Skill("p1")]).counts == {"tied": 2}


def test_glad_breaks_what_the_controls_cannot() -> None:
    """p0 to p2 agree with each other everywhere, p3 and p4 with nobody; nobody has met a control."""
    rows = ["АААБВ"] * 20 + ["А..Б."]
    found = aggregate(said(*rows), list(range(1, 22)))
    assert (found.items[20].decided, found.items[20].text) == ("glad", "А")


def test_a_baseline_on_which_people_differ_is_called_invalid() -> None:
    fine = aggregate(said("ААА", "БББ", "ААБ", "АБВ"), [1, 2, 3, 4], threshold=0.3)
    assert (fine.low, fine.valid) == (0.25, True)
    assert aggregate(said("АБВ", "ААА"), [1, 2], threshold=0.3).valid is False
    nothing = aggregate([], [1, 2])
    assert nothing.low is None and nothing.valid is None and nothing.rest.mean is None


def test_what_was_written_by_most_stands_for_an_answer() -> None:
    written = [Counted(1, f"p{n}", "кот", text) for n, text in enumerate(["Кот", "кот.", "кот.", "КОТ"])]
    assert aggregate(written, [1]).items[0].text == "кот."


def test_one_person_against_the_others_is_right_as_often_as_people_are() -> None:
    rng = np.random.default_rng(0)
    rows = ["".join("А" if rng.random() < 0.8 else "Б" for _ in range(5)) for _ in range(600)]
    found = aggregate(said(*rows), list(range(1, 601)))
    # P(the one says А)·P(А leads among four) + P(Б)·P(Б leads), a tie of two counting half
    p = 0.8
    leads = p**4 + 4 * p**3 * (1 - p) + 0.5 * 6 * p**2 * (1 - p) ** 2
    assert found.rest.mean == pytest.approx(p * leads + (1 - p) * (1 - leads), abs=0.04)


def test_the_interval_of_one_against_the_others_takes_questions_about_one_picture_together() -> None:
    """Some pictures are plain to everybody, others to nobody: eight questions about one are not eight trials."""
    rng, clustered, plain = np.random.default_rng(3), 0, 0
    pictures, questions = 30, 8
    clusters = {n: n // questions for n in range(pictures * questions)}
    ease = np.linspace(0.3, 1.0, 8)
    for _ in range(RUNS):
        rights = rng.choice(ease, pictures).repeat(questions)
        answers = [
            Counted(n, f"p{who}", text, text)
            for n, right in enumerate(rights)
            for who, text in enumerate(["А" if rng.random() < right else f"Б{who}" for who in range(3)])
        ]
        found, alone = (against_the_rest(answers, 1, each) for each in (clusters, {}))
        assert found.mean == alone.mean
        clustered += _holds(found, ease)
        plain += _holds(alone, ease)
    # Four standard errors of a share of 0.95 in 150 draws are 0.07.
    assert clustered > 0.88 * RUNS and plain < 0.8 * RUNS


def _holds(found: Estimate, ease: Floats) -> bool:
    """Wrong answers are all different, so one agrees with two others: if all are right, and half as often if he and
    one of the two are."""
    truth = float(np.mean(ease**3 + ease**2 * (1 - ease)))
    assert found.low is not None and found.high is not None
    return found.low <= truth <= found.high


def test_the_one_left_out_is_drawn_the_same_each_time_and_is_not_always_the_first() -> None:
    answers = said(*["АБВГД"] * 200)
    drawn = left_out(answers)
    assert drawn == left_out(answers) != left_out(answers, seed=2)
    people = [each.person for each in drawn.values()]
    assert all(25 <= people.count(f"p{n}") <= 58 for n in range(5)) and left_out(said("А")) == {}


def test_dawid_skene_is_for_closed_answers_and_learns_from_controls() -> None:
    with pytest.raises(ValueError, match="free answers"):
        aggregate(said("АБ"), [1], method="dawid_skene")
    rows = ["ААББ"] * 10
    found = aggregate(
        said(*rows), list(range(1, 11)), method="dawid_skene", options=2, known={1: "б", 2: "б", 3: "б"}
    )
    assert {each.text for each in found.items} == {"Б"}
    assert aggregate(said(*rows), list(range(1, 11)), method="glad", options=2).method == "glad"


def test_an_answer_that_nobody_gave_to_an_item_is_written_as_elsewhere() -> None:
    """Two who always say the contrary tell what is right by what they do not say."""
    counted = said("BB.", *["BBA"] * 10, *["AAB"] * 10)
    known = {item: "a" if item < 12 else "b" for item in range(2, 22)}
    found = aggregate(counted, [1], method="dawid_skene", options=2, known=known)
    assert (found.items[0].text, found.items[0].decided) == ("A", "votes")


def test_agreement_is_of_the_items_of_the_baseline_alone() -> None:
    """Items 3 and 4 are controls from outside: they teach GLAD, and are counted in no figure."""
    answers = said("ААА", "ААБ", "АБВ", "ГДЕ")
    found = aggregate(answers, [1, 2])
    assert found.agreement == aggregate([each for each in answers if each.item < 3], [1, 2]).agreement
    assert (found.agreement.items, found.rest.n) == (2, 2)


def test_what_a_model_of_people_decides_is_not_called_votes() -> None:
    answers = said("ААБ", "БББ", "АБА")
    by_votes, by_glad = (aggregate(answers, [1, 2, 3], method=method) for method in ("majority", "glad"))
    assert (by_votes.way("votes"), by_glad.way("votes"), by_glad.way("expert")) == (
        "votes",
        "model",
        "expert",
    )
