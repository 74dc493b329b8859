"""Runs side by side: counted by hand, on shared samples alone, and nothing told to whom it is not to be told."""

import pytest
from scipy import stats

from studio.core.compare import Contrast
from studio.core.errors import BadInput, NotAllowed, QueryError
from studio.core.run import Viewer
from studio.engines.scripted import ScriptedEngine
from studio.stats import holm, paired_difference
from tests.people import finished, kept_from
from tests.support import write_task
from tests.two_models import ran, studio_of

GOLDS = ["кот", "пёс", "да", "нет"] * 3
BOTH, FIRST, SECOND, NEITHER = {1, 2, 3, 4, 5}, {6, 7, 8}, {9}, {10, 11, 12}


def right_on(keys, *, wrong="не знаю"):
    """Answers by the number in the question: a request's own key is the sample's, another in every task."""

    def answer(asked):
        key = int(asked.message[-1].text.split("номер ")[1].split("?")[0]) + 1
        return f"ОТВЕТ {GOLDS[key - 1]}" if key in keys else wrong

    return answer


MODELS = {
    "our/one": right_on(BOTH | FIRST),
    "our/two": right_on(BOTH | SECOND),
    "our/all": right_on(set(range(1, 13)), wrong="ОТВЕТ 7"),
}
SHAKY = {"our/shaky": ScriptedEngine(MODELS["our/two"], failing={1, 2, 3})}


@pytest.fixture
def studio(tmp_path):
    studio = studio_of(tmp_path / "home", MODELS | SHAKY)
    yield studio
    studio.close()


@pytest.fixture
def task(tmp_path):
    return write_task(tmp_path / "Things", GOLDS)


@pytest.fixture
def runs(studio, task):
    return [ran(studio, model, task) for model in MODELS]


def keys_of(studio, run, ids):
    return {int(studio.card(run, sample).key) for sample in ids}


def test_wins_losses_and_ties_of_a_pair_are_those_counted_by_hand(studio, runs):
    found = studio.comparing.compare(runs[:2])
    (row,) = found.tasks
    (pair,) = row.pairs
    assert (found.shared, row.n, found.beyond, found.differs) == (12, 12, (0, 0), {})
    for duel in (pair.em, pair.js):
        assert (duel.wins, duel.losses, duel.ties, duel.left_out) == (3, 1, 8, 0)
        assert duel.p == pytest.approx(stats.binomtest(1, 4).pvalue)
    scores = [[float(key in keys) for key in range(1, 13)] for keys in (BOTH | FIRST, BOTH | SECOND)]
    assert pair.em.difference == paired_difference(*scores)
    assert [estimate.mean for estimate in row.em] == pytest.approx([8 / 12, 6 / 12])


def test_every_pair_is_there_and_with_a_base_each_run_against_it(studio, runs):
    found = studio.comparing.compare(runs)
    assert [(pair.left, pair.right) for pair in found.total.pairs] == [
        (runs[0], runs[1]), (runs[0], runs[2]), (runs[1], runs[2]),
    ]  # fmt: skip
    ps = [pair.em.p for pair in found.total.pairs]
    assert [pair.em.p_holm for pair in found.total.pairs] == pytest.approx(holm(ps))
    beside = studio.comparing.compare(runs, base=runs[2])
    assert [(pair.left, pair.right) for pair in beside.total.pairs] == [
        (runs[2], runs[0]),
        (runs[2], runs[1]),
    ]
    assert beside.total.pairs[0].em.wins == 4 and beside.total.pairs[0].em.losses == 0


def test_tests_are_corrected_over_tasks_and_pairs_together(studio, tmp_path, task):
    other = write_task(tmp_path / "Others", GOLDS)
    runs = [ran(studio, model, task, other) for model in MODELS]
    found = studio.comparing.compare(runs)
    ps = [pair.em.p for row in found.tasks for pair in row.pairs]
    assert [pair.em.p_holm for row in found.tasks for pair in row.pairs] == pytest.approx(holm(ps))
    assert found.total.n == 24 and found.total.pairs[0].em.wins == 6


def test_the_same_question_is_shared_though_its_task_was_read_with_another_limit(studio, task):
    whole, part = ran(studio, "our/one", task), ran(studio, "our/two", task, limit=9)
    found = studio.comparing.compare([whole, part])
    assert (found.shared, found.beyond) == (9, (3, 0))
    assert (found.total.pairs[0].em.wins, found.total.pairs[0].em.losses) == (3, 1)
    sample = studio.comparing.sample([whole, part])
    assert len({card.sample_id for card in sample.cards}) == 2
    assert len({(card.key, card.question) for card in sample.cards}) == 1


def test_runs_without_a_shared_question_are_compared_over_nothing(studio, tmp_path, task):
    mine = ran(studio, "our/one", task)
    other = ran(studio, "our/two", write_task(tmp_path / "Others", GOLDS))
    found = studio.comparing.compare([mine, other])
    assert (found.shared, found.tasks, found.total.pairs[0].em.p) == (0, (), None)
    assert studio.comparing.sample([mine, other]) is None


def test_questions_are_found_by_what_the_runs_made_of_them(studio, runs):
    def kept(text, of=runs):
        return keys_of(studio, of[0], studio.comparing.numbers(of, Contrast.read(text, len(of))))

    assert kept("em:1>2") == FIRST and kept("em:1<2") == SECOND
    assert kept("em:1=2") == BOTH | NEITHER and kept("js:1!=2") == FIRST | SECOND
    assert kept("em", runs[:2]) == FIRST | SECOND and kept("em") == FIRST | SECOND | NEITHER
    assert kept("answer:1=2") == BOTH | NEITHER and kept("answer") == FIRST | SECOND | NEITHER
    assert kept("") == set(range(1, 13))


def test_one_walks_through_what_differs_and_stays_where_one_is(studio, runs):
    pair = runs[:2]
    only = Contrast.read("em", 2)
    seen, found = [], studio.comparing.sample(pair, None, only)
    while True:
        seen.append(found)
        if found.following is None:
            break
        found = studio.comparing.sample(pair, found.following, only)
    assert keys_of(studio, pair[0], [each.sample_id for each in seen]) == FIRST | SECOND
    assert [each.index for each in seen] == [0, 1, 2, 3] and {each.total for each in seen} == {4}
    assert [each.previous for each in seen] == [None, *[each.sample_id for each in seen[:-1]]]
    alike = studio.comparing.numbers(pair, Contrast.read("em:1=2", 2))[0]
    outside = studio.comparing.sample(pair, alike, only)
    assert (outside.sample_id, outside.index, outside.following) == (alike, None, seen[0].sample_id)
    assert studio.comparing.sample(pair, alike, only, keep=True).sample_id == seen[0].sample_id
    assert [card.run_id for card in found.cards] == pair and found.cards[0].answer != found.cards[1].answer


def test_what_is_not_alike_besides_the_models_is_named(studio, task):
    mine = ran(studio, "our/one", task)
    other = ran(studio, "our/two", task, judge="strict", profile="squad")
    differs = studio.comparing.compare([mine, other]).differs
    assert set(differs) == {"scorer", "judge"} and [name.split("@")[0] for name in differs["judge"]] == [
        "auto",
        "strict",
    ]


def test_a_run_that_changes_is_laid_beside_anew(studio, runs):
    before = studio.comparing.compare(runs[:2]).total.pairs[0].em
    sample = studio.comparing.numbers(runs[:2], Contrast.read("em:1>2", 2))[0]
    with studio._store.db.write() as connection:
        connection.execute(
            "UPDATE run_samples SET em = 0 WHERE run_id = ? AND sample_id = ?", (runs[0], sample)
        )
    after = studio.comparing.compare(runs[:2]).total.pairs[0].em
    assert (after.wins, after.ties) == (before.wins - 1, before.ties + 1)


@pytest.mark.parametrize("words", ["em:1>1", "em:1>7", "answer:1>2", "EM", "em:0=1", "judge"])
def test_a_choice_that_makes_no_sense_is_refused(words):
    with pytest.raises(BadInput):
        Contrast.read(words, 3)


@pytest.mark.parametrize("words", ["", "em", "js:1>3", "answer:2≠1", "em:1=2"])
def test_a_choice_reads_as_it_is_written(words):
    assert str(Contrast.read(words, 3)) == words


def test_what_cannot_stand_side_by_side_is_refused(studio, runs):
    for chosen in ([runs[0]], [runs[0], runs[0]]):
        with pytest.raises(BadInput) as caught:
            studio.comparing.compare(chosen)
        assert caught.value.problem.code == "compare_number"
    with pytest.raises(BadInput) as caught:
        studio.comparing.compare(runs[:2], base=runs[2])
    assert caught.value.problem.code == "compare_base"
    with pytest.raises(BadInput) as caught:
        studio.comparing.sample(runs[:2], 10_000)
    assert caught.value.problem.code == "not_shared"
    with pytest.raises(BadInput):
        studio.comparing.compare([runs[0], "r-none"])


def test_a_visitor_is_told_nothing_of_tasks_whose_gold_is_private(studio, tmp_path, task):
    private = write_task(tmp_path / "Private", GOLDS, access="private")
    runs = [ran(studio, model, task, private) for model in ("our/one", "our/two")]
    visitor = Viewer("visitor")
    found = studio.comparing.compare(runs, viewer=visitor)
    assert [row.task for row in found.tasks] == ["Things"] and found.hidden == ("Private",)
    assert found.total.n == 12 and studio.comparing.compare(runs).total.n == 24
    for words in ("em", "js:1>2", "em:1=2"):
        ids = studio.comparing.numbers(runs, Contrast.read(words, 2), viewer=visitor)
        assert {studio.card(runs[0], sample).task for sample in ids} == {"Things"}
    sample = studio.comparing.sample(runs, task="Private", viewer=visitor)
    assert all(card.gold_hidden and card.gold is None and card.em is None for card in sample.cards)


def test_whoever_answers_a_task_sees_no_answers_of_models_beside_each_other(studio, task, tmp_path):
    runs = [ran(studio, model, task) for model in ("our/one", "our/two")]
    human = finished(studio, "Анна", str(task), ["кот"] * 100)
    who = kept_from(studio, "Вера", str(task))
    assert studio.comparing.compare(runs, viewer=who).tasks == ()
    assert studio.comparing.numbers(runs, Contrast.read("answer", 2), viewer=who) == []
    sample = studio.comparing.sample(runs, viewer=who)
    assert all(card.answer is None and card.gold is None for card in sample.cards)
    with pytest.raises(NotAllowed):
        studio.comparing.compare([runs[0], human], viewer=who)


def test_runs_with_the_most_in_common_are_offered_first(studio, tmp_path, task):
    other = write_task(tmp_path / "Others", GOLDS)
    mine, wide, narrow = (
        ran(studio, "our/one", task, other), ran(studio, "our/two", task, other), ran(studio, "our/all", other)
    )  # fmt: skip
    assert [(run.id, n) for run, n in studio.comparing.candidates([mine])] == [(wide, 2), (narrow, 1)]
    assert len(studio.comparing.candidates([])) == 3


def test_a_failed_answer_is_no_loss(studio, task):
    runs = [ran(studio, model, task) for model in ("our/one", "our/shaky")]
    found = studio.comparing.compare(runs).total
    assert (found.pairs[0].em.left_out, found.em[1].failed, found.em[1].scored) == (3, 3, 9)
    assert (found.pairs[0].em.wins, found.pairs[0].em.losses, found.pairs[0].em.ties) == (3, 1, 5)


def test_a_filter_of_the_first_run_narrows_the_table_and_the_questions(studio, runs):
    found = studio.comparing.compare(runs[:2], where="em:1")
    assert (found.shared, found.total.pairs[0].em.wins, found.total.pairs[0].em.losses) == (8, 3, 0)
    kept = studio.comparing.numbers(runs[:2], Contrast.read("em", 2), where="em:1")
    assert keys_of(studio, runs[0], kept) == FIRST
    assert studio.comparing.sample(runs[:2], where="em:1 em:0") is None
    assert studio.comparing.compare(runs[:2]).shared == 12
    with pytest.raises(QueryError):
        studio.comparing.compare(runs[:2], where="em:")


def test_a_filter_by_what_one_may_not_see_is_refused(studio, tmp_path):
    private = write_task(tmp_path / "Private", GOLDS, access="private")
    runs = [ran(studio, model, private) for model in ("our/one", "our/two")]
    visitor = Viewer("visitor")
    for act in (studio.comparing.compare, lambda *chosen, **more: studio.comparing.sample(*chosen, **more)):
        with pytest.raises(NotAllowed):
            act(runs, where="em:1", viewer=visitor)
