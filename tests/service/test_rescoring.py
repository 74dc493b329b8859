"""What would be under other rules and thresholds; runs scored anew by versions that have a name."""

import sqlite3
import threading

import pytest

from studio.core.errors import BadInput, NotAllowed
from studio.core.judge import JudgeCall, JudgeInfo, Verdict
from studio.core.leaderboard import BoardAsked
from studio.core.rules import DEFAULT_RULES, Rules
from studio.core.run import OWNER, RunSpec, SampleFilter, Viewer
from studio.core.whatif import WhatIfAsked
from tests.support import scripted_studio, write_task

GOLDS = ["красный шар", "зеленый", "12.5", "A", "да", "нет", "5"]
ANSWERS = ["ОТВЕТ красного шара", "Зелёный", "12,5", "ОТВЕТ А", "ОТВЕТ Да.", "ОТВЕТ да", "ОТВЕТ 5 см"]
RIGHT = [0, 1, 1, 1, 1, 0, 0]
# By the whole answer and by what follows the marker.
CALLS = [(0.9, 0.7), (0.4, None), (0.6, None), (0.55, 0.65), (0.95, 0.99), (0.1, 0.2), (0.3, 0.75)]
VISITOR = Viewer("visitor")


class TwoTextJudge:
    """Asks about the whole answer, and about what follows the marker where there is one."""

    info = JudgeInfo("two", "r1", "path")

    def verdicts(self, cases):
        return [self._verdict(CALLS[ANSWERS.index(case.prediction)]) for case in cases]

    def close(self):
        pass

    def _verdict(self, probabilities):
        names = ("full", "after_marker")
        calls = tuple(
            JudgeCall(name, p, int(p > 0.5), "0" * 64)
            for name, p in zip(names, probabilities, strict=True)
            if p is not None
        )
        best = max(calls, key=lambda call: call.probability)
        return Verdict(best.label, best.probability, calls)


def by_question(request):
    return ANSWERS[int(request.message[-1].text.split("номер ")[1].split("?")[0])]


@pytest.fixture
def studio(tmp_path):
    studio = scripted_studio(tmp_path, by_question, judge=TwoTextJudge())
    yield studio
    studio.close()


@pytest.fixture
def run(studio, tmp_path):
    return finished(studio, write_task(tmp_path / "Things", GOLDS))


def finished(studio, *tasks, **asked):
    run = studio.start(RunSpec("our/model", tuple(map(str, tasks)), **asked))
    studio.wait(run, timeout_s=30)
    return run


def ask(studio, run, viewer=OWNER, **asked):
    return studio.rescoring.what_if(WhatIfAsked(run, **asked), viewer)


def scores(studio, run):
    return [row.cell for row in studio.queue(run, SampleFilter()).rows]


def test_asking_for_nothing_changes_nothing(studio, run):
    found = ask(studio, run)
    assert (found.label, found.base, found.answers) == ("studio-2", DEFAULT_RULES, 7)
    assert found.total.em.before == found.total.em.after and found.total.em.before.mean == sum(RIGHT) / 7
    assert found.total.before == found.total.after == dict(studio.confusions(run)[-1].counts)
    assert (found.changed_total, found.changed, found.by) == (0, (), ())


def test_other_rules_tell_what_changes_in_which_sample_and_why(studio, run):
    before = scores(studio, run)
    found = ask(studio, run, rules=Rules(decimal_comma=False, endings=True, units=True))
    assert [(sample.number, sample.em, sample.by) for sample in found.changed] == [
        (1, (0, 1), ("endings",)),
        (3, (1, 0), ("decimal_comma",)),
        (7, (0, 1), ("units",)),
    ]
    assert {turned.name: (turned.gained, turned.lost) for turned in found.by} == {
        "decimal_comma": (0, 1),
        "endings": (1, 0),
        "units": (1, 0),
    }
    em = found.total.em
    assert (em.before.mean, em.after.mean, em.gained, em.lost) == (4 / 7, 5 / 7, 2, 1)
    assert em.difference.mean == pytest.approx(1 / 7) and em.difference.low < 0 < em.difference.high
    assert found.tasks[0].em.difference == em.difference
    assert found.total.js.difference is None
    assert scores(studio, run) == before


def test_an_answer_that_several_switches_turn_only_together_is_put_down_to_none(studio, tmp_path):
    studio.close()
    studio = scripted_studio(tmp_path / "other", lambda request: "пять сантиметров", judge=TwoTextJudge())
    run = finished(studio, write_task(tmp_path / "Rest", ["5"]), judge="none")
    found = ask(studio, run, rules=Rules(number_words=True, units=True))
    assert [(sample.number, sample.em, sample.by) for sample in found.changed] == [(1, (0, 1), ())]
    assert {turned.name: turned.gained for turned in found.by} == {
        "number_words": 0,
        "units": 0,
        "together": 1,
    }
    studio.close()


def test_a_threshold_decides_the_judges_calls_anew(studio, run):
    found = ask(studio, run, threshold=0.8)
    assert [(sample.number, sample.js) for sample in found.changed] == [(3, (1, 0)), (4, (1, 0)), (7, (1, 0))]
    assert (found.total.js.before.mean, found.total.js.after.mean) == (5 / 7, 2 / 7)
    assert found.total.js.difference.mean == pytest.approx(-3 / 7)
    assert sum(right + wrong for right, wrong in found.bins) == 7


@pytest.mark.parametrize(
    ("variants", "after"), [(("full",), [1, 0, 1, 1, 1, 0, 0]), (("after_marker",), None)]
)
def test_only_some_of_the_judges_texts_count_where_that_is_asked(studio, run, variants, after):
    found = ask(studio, run, variants=variants)
    assert found.known_variants == ("full", "after_marker")
    changed = {sample.number: sample.js for sample in found.changed}
    # Where the answer has no marker, the judge was asked about the whole of it alone.
    assert changed == ({7: (1.0, 0.0)} if after else {})


def test_a_published_profile_is_asked_for_as_a_whole(studio, run):
    found = ask(studio, run, profile="head")
    head = finished(studio, *studio.run(run).spec.tasks, profile="head")
    assert found.total.em.after == ask(studio, head).total.em.before
    assert found.by == ()
    back = ask(studio, head, rules=DEFAULT_RULES)
    assert (back.label, back.base) == ("head-1", None)
    assert back.total.em.after.mean == sum(RIGHT) / 7


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"threshold": 1.5}, "out_of_bounds"),
        ({"profile": "sudio"}, "unknown_profile"),
        ({"variants": ("whole",)}, "unknown_variant"),
    ],
)
def test_what_makes_no_sense_is_refused(studio, run, asked, code):
    with pytest.raises(BadInput) as caught:
        ask(studio, run, **asked)
    assert caught.value.problem.code == code


def test_a_visitor_gets_no_number_that_tells_hidden_gold(studio, tmp_path):
    public = write_task(tmp_path / "Open", GOLDS[:3])
    private = write_task(tmp_path / "Closed", GOLDS, access="private")
    both, closed = finished(studio, public, private), finished(studio, private)
    rules = Rules(yo=False, units=True)
    found = ask(studio, both, VISITOR, rules=rules)
    assert (found.hidden, found.answers, [task.task for task in found.tasks]) == (("Closed",), 3, ["Open"])
    assert {sample.task for sample in found.changed} == {"Open"}
    assert ask(studio, both, rules=rules).answers == 10
    with pytest.raises(NotAllowed):
        ask(studio, closed, VISITOR)
    with pytest.raises(NotAllowed):
        studio.rescoring.switches(closed, VISITOR)


def test_every_switch_says_what_turning_it_alone_does(studio, run):
    switches = {switch.name: switch for switch in studio.rescoring.switches(run)}
    turned = {name: (each.turned.gained, each.turned.lost) for name, each in switches.items() if each.turned}
    assert {name: turned[name] for name in ("yo", "endings", "units", "decimal_comma", "look_alike", "quotes")} == {
        "yo": (0, 1), "endings": (1, 0), "units": (1, 0), "decimal_comma": (0, 1), "look_alike": (0, 1),
        "quotes": (0, 0),
    }  # fmt: skip
    assert switches["yo"].on and not switches["endings"].on
    assert switches["yo"].turned.touched == 1


def rescored(studio, run, name):
    studio.rescoring.rescore(run, name)
    return studio.rescoring.wait(run)


def test_a_run_is_scored_anew_and_switched_back_and_nothing_is_lost(studio, run):
    before = scores(studio, run)
    studio.rescoring.save("мягкий", Rules(endings=True, units=True))
    state = rescored(studio, run, "мягкий")
    assert (state.done, state.total, state.going, state.problem) == (7, 7, False, None)
    view = studio.run(run)
    assert (view.em_version, view.em.mean) == ("studio-2+мягкий", 6 / 7)
    first = studio.queue(run, SampleFilter()).rows[0]
    card = studio.card(run, first.sample_id)
    assert (card.em.version, card.em.value, card.em.detail["decided"]) == ("studio-2+мягкий", 1, "endings")
    assert first.cell == "both" != before[0]
    assert ask(studio, run).base == Rules(endings=True, units=True)
    back = rescored(studio, run, "")
    assert not back.going and studio.run(run).em_version == "studio-2"
    assert scores(studio, run) == before and studio.card(run, first.sample_id).em.value == 0
    assert studio.confusions(run)[-1].counts == ask(studio, run).total.before
    # The scores of both are there, so that this is done at once.
    assert not studio.rescoring.rescore(run, "мягкий").going
    assert studio.run(run).em.mean == 6 / 7


def test_what_if_says_what_scoring_anew_then_gives(studio, run):
    rules = Rules(case=False, endings=True, contains=True)
    told = ask(studio, run, rules=rules)
    studio.rescoring.save("проба", rules)
    rescored(studio, run, "проба")
    assert ask(studio, run).total.before == told.total.after
    assert studio.run(run).em == told.total.em.after


def test_a_resumed_run_scores_new_answers_by_its_version(studio, run, tmp_path):
    studio.rescoring.save("единицы", Rules(units=True))
    rescored(studio, run, "единицы")
    with sqlite3.connect(studio.settings.db) as connection:
        connection.execute("UPDATE run_samples SET state = 'pending', em = NULL WHERE number = 7")
        connection.execute("UPDATE runs SET state = 'interrupted'")
    studio.resume(run)
    studio.wait(run, timeout_s=30)
    last = studio.queue(run, SampleFilter()).rows[6]
    card = studio.card(run, last.sample_id)
    assert (card.em.version, card.em.value) == ("studio-2+единицы", 1)


def test_the_leaderboard_mixes_no_versions(studio, tmp_path):
    one, two = write_task(tmp_path / "One", GOLDS), write_task(tmp_path / "Two", GOLDS)
    first, second = finished(studio, one), finished(studio, two)
    asked = BoardAsked(suite="other")
    assert len(studio.leaderboard(asked).rows) == 1
    studio.rescoring.save("строгий", Rules(yo=False))
    rescored(studio, second, "строгий")
    rows = {row.profile: [run.id for run in row.runs] for row in studio.leaderboard(asked).rows}
    assert rows == {"studio-2": [first], "studio-2+строгий": [second]}


def test_an_export_holds_every_version_and_says_which_counts(studio, run, tmp_path):
    studio.rescoring.save("мягкий", Rules(endings=True))
    rescored(studio, run, "мягкий")
    with sqlite3.connect(studio.export(run, tmp_path / "run.sqlite")) as file:
        versions = file.execute("SELECT version, current FROM v_em_versions WHERE number = 1").fetchall()
        kept = file.execute("SELECT name, rules FROM scorers").fetchall()
    assert versions == [("studio-2", 0), ("studio-2+мягкий", 1)]
    assert kept == [("мягкий", '{"endings":true}')]


def test_a_version_in_use_or_of_a_taken_name_is_refused(studio, run):
    studio.rescoring.save("мягкий", Rules(endings=True))
    rescored(studio, run, "мягкий")
    for act, code in [
        (lambda: studio.rescoring.save("мягкий", Rules(yo=False)), "scorer_taken"),
        (lambda: studio.rescoring.save(" ", Rules(yo=False)), "scorer_name"),
        (lambda: studio.rescoring.save("studio", Rules(yo=False)), "scorer_name_profile"),
        (lambda: studio.rescoring.save("Paper", Rules(yo=False)), "scorer_name_profile"),
        (lambda: studio.rescoring.save("own", Rules(yo=False)), "scorer_name_profile"),
        (lambda: studio.rescoring.delete("мягкий"), "scorer_used"),
        (lambda: studio.rescoring.delete("иной"), "unknown_scorer"),
        (lambda: studio.rescoring.rescore(run, "иной"), "unknown_scorer"),
        (lambda: studio.rescoring.version("иной"), "unknown_scorer"),
    ]:
        with pytest.raises(BadInput) as caught:
            act()
        assert caught.value.problem.code == code
    rescored(studio, run, "")
    studio.rescoring.delete("мягкий")
    assert studio.rescoring.versions() == ()
    assert studio._store.rescored.labels(run) == ["studio-2"]


def test_versions_are_the_owners_to_make(studio, run):
    for act in (
        lambda: studio.rescoring.save("x", Rules(yo=False), VISITOR),
        lambda: studio.rescoring.delete("x", VISITOR),
        lambda: studio.rescoring.rescore(run, "", VISITOR),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_two_who_ask_at_once_read_the_run_once(studio, run):
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(ask(studio, run, rules=Rules(yo=False))))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each.total for each in found] == [found[0].total] * 4
    assert studio.rescoring.is_read(run) and len(studio.rescoring._benches) == 1


ASKS = {
    "rules": {"rules": Rules(decimal_comma=False, endings=True, units=True)},
    "one rule and a tolerance": {"rules": Rules(yo=False, tolerance=0.05)},
    "a threshold": {"threshold": 0.62},
    "a text of the judge's": {"variants": ("after_marker",), "threshold": 0.7},
    "rules and a threshold": {"rules": Rules(case=False, endings=True), "threshold": 0.35},
    "a published profile": {"profile": "squad"},
}


@pytest.mark.parametrize("asked", ASKS.values(), ids=ASKS)
def test_every_number_of_a_what_if_is_a_door_to_as_many_answers(studio, run, asked):
    found = ask(studio, run, **asked)

    def behind(*more) -> list[int]:
        return [row.number for row in studio.queue(run, SampleFilter(where=found.where(*more))).rows]

    assert behind() == [sample.number for sample in found.changed] and found.changed_total > 0
    assert [len(behind(side)) for side in ("em+", "em-", "js+", "js-")] == [
        found.total.em.gained, found.total.em.lost, found.total.js.gained, found.total.js.lost,
    ]  # fmt: skip
    for turned in found.by:
        doors = [len(behind(side, f"by={turned.name}")) for side in ("em+", "em-")]
        assert doors == [turned.gained, turned.lost]
    assert [task.changed for task in found.tasks] == [found.changed_total]
    canonical = studio.queries.text(SampleFilter(where=found.where("em+")))
    assert studio.queue(run, SampleFilter(where=canonical)).total == found.total.em.gained


def test_a_kept_version_is_a_door_by_its_name_and_no_answer_changes_once_the_run_is_scored_by_it(studio, run):
    studio.rescoring.save("strict", Rules(decimal_comma=False, endings=True))
    door = SampleFilter(where="changed:strict")
    assert [row.number for row in studio.queue(run, door).rows] == [1, 3]
    offered = studio.queries.complete(run, "changed:", 8).suggestions
    assert [each.label for each in offered] == ["strict"]
    studio.rescoring.rescore(run, "strict")
    studio.rescoring.wait(run)
    assert studio.queue(run, door).total == 0


@pytest.mark.parametrize(
    "word", ["нет", "+нет", "threshold=7", "texts=нет", "tolerance=2", "threshold=x", "*"]
)
def test_what_a_changed_filter_does_not_understand_is_said(studio, run, word):
    with pytest.raises(BadInput, match="query_changed"):
        studio.queue(run, SampleFilter(where=f'changed:"{word}"'))


def test_a_visitor_does_not_filter_a_private_task_by_what_would_change(studio, tmp_path):
    closed = finished(studio, write_task(tmp_path / "Closed", GOLDS, access="private"))
    with pytest.raises(NotAllowed):
        studio.queue(closed, SampleFilter(where='changed:"+endings"'), viewer=VISITOR)
