"""The health of a judge from the first label to the last: what is told, what is refused, and what to do next."""

import random
from collections.abc import Sequence

import pytest

from studio.core.health import CorrectedTask, Health, Skipped
from studio.core.judging import JudgingSpec
from studio.core.label import NewLabel
from studio.core.rules import Rules
from studio.core.run import SampleFilter, Viewer
from studio.service import Studio
from studio.settings import Settings
from studio.store import Store
from studio.texts.draws_said import worth_said
from studio.texts.health_said import health_said
from tests.boards import MEANT, NO_GOLD, RIGHT, WRONG, keep_run
from tests.support import RuleJudge


@pytest.fixture
def studio(tmp_path):
    settings = Settings(home=tmp_path, db=tmp_path / "s.sqlite")
    studio = Studio(settings, Store(settings.db), judge=lambda name: RuleJudge(name))
    yield studio
    studio.close()


def outcomes(n: int, share: float, generous: float, seed: int) -> tuple[list[str], list[bool]]:
    """How answers turned out, and whether each is truly right: EM misses a third of the right ones, the judge finds
    nearly all of them and passes a share `generous` of the wrong ones."""
    rng = random.Random(seed)
    found, truth = [], []
    for _ in range(n):
        right = rng.random() < share
        judged = rng.random() < (0.95 if right else generous)
        found.append(RIGHT if judged and right and rng.random() < 0.67 else MEANT if judged else WRONG)
        truth.append(right)
    return found, truth


class Bench:
    """A run with two tasks whose truth is known."""

    def __init__(
        self, studio: Studio, run: str = "r1", n: int = 400, share: float = 0.5, generous: float = 0.2
    ) -> None:
        first, second = outcomes(n // 2, share, generous, 1), outcomes(n // 2, share, generous, 2)
        keep_run(studio, run, f"model {run}", {"Лошади": first[0], "Мосты": second[0]}, group_of=1)
        self.studio, self.run = studio, run
        self.truth = dict(zip(self.rows(), [*first[1], *second[1]], strict=True))

    def rows(self, **where: str) -> list[int]:
        found: list[int] = []
        while len(page := self.studio.queue(self.run, SampleFilter(**where), len(found), 500).rows) > 0:
            found += [row.sample_id for row in page]
            if len(page) < 500:
                break
        return found

    def label(self, samples: Sequence[int], reviewer: str = "Анна", flip: Sequence[int] = ()) -> None:
        for sample in samples:
            right = self.truth[sample] is not (sample in flip)
            self.studio.labels.label(self.run, sample, NewLabel(reviewer, "right" if right else "wrong"))

    def draw(self, size: int, *, seed: int = 3) -> list[int]:
        number = self.studio.labels.draw(self.run, size, seed=seed).number
        return self.rows(draw=number)  # type: ignore[arg-type]

    def health(self, viewer: Viewer | None = None) -> Health:
        return self.studio.health.of(self.run, viewer) if viewer else self.studio.health.of(self.run)


def total(health: Health) -> CorrectedTask:
    assert health.scores[-1].task == ""
    return health.scores[-1]


@pytest.fixture
def bench(studio) -> Bench:
    return Bench(studio)


def test_without_labels_nothing_is_said_and_a_random_part_is_asked_for(bench) -> None:
    health = bench.health()
    assert (health.advice.trust, health.advice.next, health.advice.n) == ("no_labels", "draw", 100)
    assert health.whole.agreement.figures["kappa"].reason == "no_labels"
    assert (total(health).corrected.mean, total(health).corrected.reason, total(health).how) == (
        None, "few_labels", None,
    )  # fmt: skip
    assert total(health).js.scored == 400 and total(health).people.mean is None


def test_a_random_part_corrects_the_score_and_its_interval_holds_the_truth(bench) -> None:
    bench.label(bench.draw(120))
    found = total(bench.health())
    truth = sum(bench.truth.values()) / 400
    assert found.how == "powered" and found.drawn == found.labelled == 120
    assert found.low_high[0] <= truth <= found.low_high[1]
    assert found.run_low <= truth <= found.run_high
    assert found.js.mean > truth + 0.05  # the judge passes a fifth of the wrong answers
    assert abs(found.corrected.mean - truth) < abs(found.js.mean - truth)
    assert found.more > 0 and found.weight > 0.3


def test_a_part_that_is_labelled_with_gaps_counts_up_to_the_first_gap(bench) -> None:
    places = bench.draw(100)
    bench.label(places[:30] + places[31:])
    found = total(bench.health())
    assert (found.how, found.drawn, found.labelled) == ("powered", 30, 99)


def test_the_skipped_answer_of_a_draw_is_named_and_labelling_it_corrects_the_score(bench) -> None:
    places = bench.draw(60)
    bench.label([places[0], *places[2:20]])
    health, (draw,) = bench.health(), bench.studio.labels.draws("r1")
    number = bench.studio.card("r1", places[1]).number
    assert (draw.labelled, draw.in_order, draw.waiting) == (19, 1, 18)
    assert (draw.gap, draw.gap_sample) == (number, places[1])
    assert total(health).skipped == Skipped(1, number, places[1], 18)
    assert total(health).corrected.reason == "skipped"
    assert (health.advice.next, health.advice.draw, health.advice.gap) == ("skipped", 1, number)
    assert f"Разметьте № {number}: в выборке № 1 он пропущен" in health_said(health, "ru")
    assert f"пропущен № {number}" in worth_said([draw], "ru")
    bench.label([places[1]])
    health = bench.health()
    assert (total(health).how, total(health).drawn, total(health).skipped) == ("powered", 20, None)
    (draw,) = bench.studio.labels.draws("r1")
    assert (draw.waiting, draw.gap_sample) == (0, places[20])


def test_a_gap_is_told_also_where_the_labels_before_it_are_enough(bench) -> None:
    places = bench.draw(60)
    bench.label(places[:30] + places[31:50])
    health = bench.health()
    assert total(health).how == "powered" and total(health).skipped.waiting == 19
    assert (health.advice.next, health.advice.n) == ("skipped", 19)


def test_an_unfinished_draw_goes_on_before_another_is_made(bench) -> None:
    first = bench.draw(60)
    bench.label(first[:22])
    bench.draw(240)
    health = bench.health()
    assert total(health).how == "powered" and health.advice.next in {"kinds", "narrow"}
    (_, second) = bench.studio.labels.draws("r1")
    assert (health.advice.draw, health.advice.gap) == (2, second.gap)


def test_people_are_the_mean_of_all_labels_that_are_counted_beside_them(bench) -> None:
    places = bench.draw(60)
    bench.label([places[0], *places[2:20]])
    found = total(bench.health())
    right = sum(bench.truth[sample] for sample in [places[0], *places[2:20]])
    assert (found.drawn, found.labelled) == (1, 19)
    assert (found.people.mean, found.people.scored) == (pytest.approx(right / 19), found.labelled)


def test_a_part_that_is_not_large_enough_yet_asks_to_go_on(bench) -> None:
    bench.label(bench.draw(60)[:15])
    health = bench.health()
    assert (total(health).corrected.reason, total(health).more) == ("few_drawn", 5)
    assert (health.advice.next, health.advice.n, health.advice.draw) == ("finish_draw", 45, 1)


def test_labels_of_disagreements_are_not_taken_for_the_run(bench) -> None:
    disagreements = bench.rows(cell="js_only")
    bench.label(disagreements[:60])
    found = total(bench.health())
    assert (found.how, found.corrected.mean, found.corrected.reason) == (None, None, "bare_strata")


def test_labels_of_every_cell_are_weighted_back_to_the_run(bench) -> None:
    bench.label(
        bench.rows(cell="js_only")[:70] + bench.rows(cell="both")[:15] + bench.rows(cell="neither")[:15]
    )
    found = total(bench.health())
    truth = sum(bench.truth.values()) / 400
    assert found.how == "strata" and found.drawn == 0
    assert found.low_high[0] <= truth <= found.low_high[1]


def test_labels_that_were_neither_drawn_nor_chosen_by_verdict_give_the_judges_rates(bench) -> None:
    bench.label(bench.rows()[::3])
    found = total(bench.health())
    truth = sum(bench.truth.values()) / 400
    assert found.how == "rates" and found.drawn == 0 and found.labelled == 134
    assert found.low_high[0] <= truth <= found.low_high[1]


def test_a_run_without_labels_is_corrected_by_those_of_the_same_judge_elsewhere(studio, bench) -> None:
    bench.label(bench.draw(150))
    other = Bench(studio, "r2", 300, share=0.3)
    health = other.health()
    truth = sum(other.truth.values()) / 300
    found = total(health)
    assert health.elsewhere == ("r1",) and found.how == "elsewhere" and found.labelled == 0
    assert found.low_high[0] <= truth <= found.low_high[1]


def test_the_same_judge_on_other_models_stands_beside(studio, bench) -> None:
    bench.label(bench.draw(80))
    other = Bench(studio, "r2", 200, share=0.3, generous=0.7)
    other.label(other.draw(80))
    groups = other.health().of("model")
    assert [(group.run, group.agreement.n) for group in groups] == [("r2", 80), ("r1", 80)]
    (models,) = [each for each in other.health().homogeneity if each.by == "model"]
    assert models.apart


def test_groups_have_filters_that_show_their_samples(bench) -> None:
    bench.label(bench.draw(100))
    health = bench.health()
    for group in health.groups:
        if group.by in {"task", "answer_type", "length"}:
            where = SampleFilter(where=f"{group.where} human:right,wrong")
            assert bench.studio.queue(bench.run, where, 0, 1).total == group.agreement.n, group


def test_a_judge_that_errs_in_one_task_alone_is_told_apart(studio) -> None:
    good, bad = outcomes(200, 0.5, 0.05, 1), outcomes(200, 0.5, 0.8, 2)
    bench = Bench.__new__(Bench)
    keep_run(studio, "r9", "m", {"Лошади": good[0], "Мосты": bad[0]}, group_of=1)
    bench.studio, bench.run = studio, "r9"
    bench.truth = dict(zip(bench.rows(), [*good[1], *bad[1]], strict=True))
    bench.label(bench.draw(160))
    (by_task,) = [each for each in bench.health().homogeneity if each.by == "task"]
    assert by_task.apart and by_task.worst in {"Лошади", "Мосты"}


def test_how_people_agree_stands_beside_as_the_ceiling(bench) -> None:
    places = bench.draw(60)
    bench.label(places)
    assert bench.health().ceiling.items == 0
    bench.label(places, "Борис", flip=places[:6])
    ceiling = bench.health().ceiling
    assert (ceiling.items, ceiling.reviewers, ceiling.raw.value) == (60, 2, pytest.approx(0.9))
    assert ceiling.alpha.low < ceiling.alpha.value < 0.9


def test_unsure_and_faulty_questions_are_counted_and_enter_no_number(bench) -> None:
    places = bench.draw(60)
    bench.label(places[2:])
    bench.studio.labels.label(bench.run, places[0], NewLabel("Анна", "unsure"))
    bench.studio.labels.label(bench.run, places[1], NewLabel("Анна", "bad"))
    health = bench.health()
    assert (health.unsure, health.bad, health.whole.agreement.n, total(health).drawn) == (1, 1, 58, 58)


def test_answers_that_the_judge_could_not_score_are_counted(studio) -> None:
    keep_run(studio, "r1", "m", {"Лошади": [RIGHT, WRONG, NO_GOLD]}, group_of=1)
    for row in studio.queue("r1", SampleFilter()).rows:
        studio.labels.label("r1", row.sample_id, NewLabel("Анна", "right"))
    health = studio.health.of("r1")
    assert (health.unscored, health.whole.agreement.n) == (1, 2)


def test_a_run_without_a_judge_says_so(studio) -> None:
    keep_run(studio, "r1", "m", {"Лошади": [RIGHT, WRONG]}, judge="")
    assert studio.health.of("r1").advice.trust == "no_judge"


def test_what_is_remembered_is_forgotten_with_the_next_label(bench) -> None:
    places = bench.draw(30)
    bench.label(places[:20])
    before = bench.health()
    assert bench.health() is before
    bench.label(places[20:21])
    assert bench.health().whole.agreement.n == before.whole.agreement.n + 1


def test_several_judges_stand_beside_people_and_each_other(bench) -> None:
    bench.label(bench.draw(100))
    bench.studio.health.wait(bench.studio.health.rejudge(JudgingSpec(bench.run, "rule")), timeout_s=30)
    health = bench.health()
    own, other = health.judges
    assert own.judge.own and own.corrected == total(health).corrected
    assert other.judge.label == "rule@r1" and other.agreement.n == 100 and other.judge.scored == 400
    assert other.corrected.mean is not None
    (pair,) = health.pairs
    assert (pair.first, pair.second, pair.agreement.n) == (own.judge.label, "rule@r1", 400)


def test_a_judge_that_read_a_chosen_part_has_no_corrected_score(bench) -> None:
    bench.label(bench.draw(60))
    bench.studio.health.wait(
        bench.studio.health.rejudge(JudgingSpec(bench.run, "rule", only="disagreements")), timeout_s=30
    )
    other = bench.health().judges[1]
    assert (other.corrected.mean, other.corrected.reason) == (None, "partly")


def test_a_visitor_learns_nothing_of_private_tasks(studio) -> None:
    keep_run(studio, "r1", "m", {"RealVQA": [RIGHT, WRONG] * 10, "Лошади": [RIGHT, WRONG] * 10}, group_of=1)
    for row in studio.queue("r1", SampleFilter(), 0, 100).rows:
        studio.labels.label("r1", row.sample_id, NewLabel("Анна", "right"))
    health = studio.health.of("r1", Viewer("visitor"))
    assert health.hidden == ("RealVQA",)
    assert {group.name for group in health.of("task")} == {"Лошади"}
    assert [score.task for score in health.scores] == ["Лошади", ""]
    assert health.scores[-1].js.scored == 20
    assert studio.health.of("r1").whole.agreement.n == 40


def test_what_is_remembered_is_never_older_than_what_is_written(studio, bench) -> None:
    """After each change, by whichever process, the same health as that of a studio that remembers nothing."""
    bench.label(bench.draw(60))
    other = Studio.open(studio.settings)  # another process at the same file
    first = bench.rows()[0]
    changes = [
        lambda: studio.labels.label(bench.run, first, NewLabel("Анна", "unsure")),
        lambda: studio.labels.undo(bench.run, "Анна"),
        lambda: other.labels.label(bench.run, first, NewLabel("Борис", "wrong")),
        lambda: other.labels.undo(bench.run, "Борис"),
        lambda: other.labels.draw(bench.run, 80, seed=3),
        lambda: studio.health.wait(studio.health.rejudge(JudgingSpec(bench.run, "second"))),
        lambda: studio._store.scorers.add("loose", Rules(punctuation=True)),
        lambda: studio.rescoring.rescore(bench.run, "loose") and studio.rescoring.wait(bench.run),
        lambda: studio.health.make_own(bench.run, "second@r1"),
    ]
    for change in changes:
        bench.health()
        change()
        fresh = Studio.open(studio.settings)
        assert bench.health() == fresh.health.of(bench.run)
        fresh.close()
    other.close()


def test_a_server_works_out_beforehand_what_the_page_will_ask_for(studio, bench) -> None:
    bench.label(bench.draw(30))
    studio.health.warm(lambda: True)
    assert studio.health._known == {}, "the studio is being closed"
    studio.recover()
    studio._warming.join()
    studio.health._work_out = lambda *_: pytest.fail("worked out anew")
    assert total(bench.health()).drawn == 30
