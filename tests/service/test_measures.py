"""A run's tasks by MERA's own metrics, out of a real database: groups, slots, subsets, dialogues, failures."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from studio.core.content import Media, Text
from studio.core.engine import Completion
from studio.core.errors import BadInput, Problem, TaskError
from studio.core.judge import Verdict
from studio.core.outcome import Score
from studio.core.run import RunSpec
from studio.core.task import Sample, Task, TaskInfo
from studio.core.totals import TaskMeasure
from studio.service import Studio
from studio.service.measures import Measures, measures_of
from studio.service.outlines import Outlines
from studio.settings import Settings
from studio.stats import mean_estimate
from studio.store import Store
from studio.store.answers import Answered
from studio.tasks.mera import suite_task

RIGHT, WRONG, FAILED, UNJUDGED = "right", "wrong", "failed", "unjudged"
GOLD = '{"intent": "RateBook", "slots": [{"rating_value": "пять"}]}'


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "s.sqlite")
    yield store
    store.close()


def sample(
    number: int, *, medium: str = "", meta: Mapping[str, Any] = {}, domain: str = "", gold: str = "A"
) -> Sample:
    media = (Media("image", "image", Path(f"/m/{medium}.png"), medium),) if medium else ()
    categories = {"domain": domain} if domain else {}
    return Sample(
        str(number), "test", "?", {}, media, (Text("?"), *media), gold, categories=categories, meta=meta
    )


def run(store: Store, tasks: Mapping[str, Sequence[tuple[Sample, str]]]) -> tuple[TaskMeasure, ...]:
    """Keeps a run whose samples turned out as said (any other text is the answer itself), and measures it."""
    store.runs.create("r1", "model", RunSpec("m", tuple(tasks)), title="")
    plan: list[tuple[int, int]] = []
    outcomes: dict[int, str] = {}
    for name, samples in tasks.items():
        card = suite_task(name)
        modality = card.modality if card else "image"
        info = TaskInfo(name, {}, modality, "letter", "public", "", {})
        ids = list(store.tasks.save(Task(info, "test", tuple(item for item, _ in samples))).values())
        task_id = store.tasks.samples(ids[:1])[0].task_id
        plan += [(sample_id, task_id) for sample_id in ids]
        outcomes |= dict(zip(ids, (outcome for _, outcome in samples), strict=True))
    store.runs.plan("r1", plan, list(tasks))
    for sample_id, outcome in outcomes.items():
        store.answers.record("r1", [answered(sample_id, outcome)] if outcome else [])
    for item in store.answers.unjudged("r1", 1000):
        label = None if outcomes[item.sample_id] == UNJUDGED else int(outcomes[item.sample_id] == RIGHT)
        store.answers.judged("r1", "j@1", [(item, Verdict(label, None, ()))])
    return measures_of(store, "r1")


def answered(sample_id: int, outcome: str) -> Answered:
    if outcome == FAILED:
        return Answered(sample_id, Problem("no_answer"), None)
    em = Score("em", "studio-2", "scored", float(outcome in {RIGHT, UNJUDGED}))
    return Answered(sample_id, Completion(outcome, "stop", 1, 1, 0.0, 0.0), em)


def test_pictures_are_clusters_and_failures_stand_beside_the_mean(store: Store) -> None:
    outcomes = [RIGHT, RIGHT, WRONG, WRONG, RIGHT, FAILED, UNJUDGED, ""]
    samples = [(sample(i, medium=f"p{i // 2}"), outcome) for i, outcome in enumerate(outcomes)]
    (found,) = run(store, {"ruCommonVQA": samples})
    assert (found.task, found.score.mean) == ("ruCommonVQA", pytest.approx(3 / 5))
    assert (found.score.n, found.score.failed, found.score.unscored) == (5, 1, 1)
    assert (found.first.mean, found.first.n) == (pytest.approx(4 / 6), 6)
    deviations = [2 * (1 - 0.6), 2 * (0 - 0.6), 1 - 0.6]  # of three pictures
    assert found.score.error == pytest.approx((3 / 2 * sum(d * d for d in deviations)) ** 0.5 / 5)


def test_ruhhh_is_all_or_nothing_by_group(store: Store) -> None:
    outcomes = [(1, RIGHT), (1, RIGHT), (2, RIGHT), (2, WRONG), (3, RIGHT), (3, FAILED)]
    samples = [(sample(i, meta={"group_id": group}), outcome) for i, (group, outcome) in enumerate(outcomes)]
    (found,) = run(store, {"ruHHH-Video": samples})
    assert (found.score.mean, found.score.n, found.score.failed) == (0.5, 2, 1)


def test_a_record_of_ruhhh_without_a_group_is_an_error_that_names_it(store: Store) -> None:
    with pytest.raises(TaskError) as caught:
        run(store, {"ruHHH-Image": [(sample(948), RIGHT)]})
    assert caught.value.problem.to_json() == {
        "code": "no_group_id",
        "values": {"sample": "948", "found": "—"},
    }


def test_ruslun_is_scored_by_intents_and_slots_of_the_answer_itself(store: Store) -> None:
    half = GOLD.replace("пять", "шесть")
    samples = [(sample(i, gold=GOLD), text) for i, text in enumerate([GOLD, half, "чепуха", FAILED])]
    (found,) = run(store, {"RuSLUn": samples})
    assert (found.first.mean, found.second.mean) == (pytest.approx(2 / 3), pytest.approx(1 / 3))
    assert (found.score.mean, found.score.n, found.score.failed) == (pytest.approx(0.5), 3, 1)
    (strict,) = measures_of(store, "r1", "strict")
    assert (strict.first.mean, strict.second.mean) == (0, pytest.approx(1 / 3))


def test_domains_in_datasets_of_their_own_make_one_task(store: Store) -> None:
    (found,) = run(
        store,
        {
            "ruNaturalScienceVQA_biology": [(sample(1, medium="a"), RIGHT), (sample(2, medium="b"), RIGHT)],
            "runaturalsciencevqa_physics": [(sample(1, medium="c"), WRONG), (sample(2, medium="d"), WRONG)],
        },
    )
    assert found.score.mean == pytest.approx(57 / (57 + 198))
    assert len(found.missing) == 2


def test_domains_in_one_dataset_are_told_by_their_category(store: Store) -> None:
    samples = [(sample(1, domain="biology"), RIGHT), (sample(2, domain="physics"), WRONG)]
    (found,) = run(store, {"ruNaturalScienceVQA": samples})
    assert found.score.mean == pytest.approx(57 / (57 + 198))


def test_a_record_whose_domain_is_not_the_tasks_is_an_error_that_names_it(store: Store) -> None:
    with pytest.raises(TaskError, match="no_subset"):
        run(store, {"ruNaturalScienceVQA": [(sample(7, domain="геология"), RIGHT)]})


def test_dialogues_are_reported_one_by_one(store: Store) -> None:
    outcomes = {11: RIGHT, 12: RIGHT, 511: WRONG, 512: RIGHT, 1011: WRONG}
    samples = [(sample(number), outcome) for number, outcome in outcomes.items()]
    (found,) = run(store, {"ruTiE-Image": samples})
    assert {name: part.mean for name, part in found.clusters.items()} == {"0": 1, "1": 0.5, "2": 0}


def runs_scores(tmp_path: Path, store: Store) -> Studio:
    """A studio over what `run` kept."""
    store.close()
    return Studio(Settings(home=tmp_path, db=tmp_path / "s.sqlite"), Store(tmp_path / "s.sqlite"))


def test_a_runs_table_holds_the_same_clustered_numbers(store: Store, tmp_path: Path) -> None:
    """Two questions a picture, answered alike: twice the samples, and no surer for it."""
    samples = [(sample(i, medium=f"p{i // 2}"), RIGHT if i < 8 else WRONG) for i in range(20)]
    (task,) = run(store, {"ruCommonVQA": samples})
    studio = runs_scores(tmp_path, store)
    score, total = studio.scores("r1")
    assert (score.em.mean, score.em.low, score.em.high) == (task.first.mean, task.first.low, task.first.high)
    assert (score.final.low, score.final.high) == (task.score.low, task.score.high)
    assert (
        (total.em.low, total.em.high)
        == (score.em.low, score.em.high)
        == (studio.run("r1").em.low, score.em.high)
    )
    assert (task.first.n, task.first.clusters) == (20, 10)
    alone = mean_estimate([1.0] * 8 + [0.0] * 12)
    assert alone.low is not None and score.em.low is not None and score.em.low < alone.low - 0.05
    studio.close()


def test_a_runs_table_shows_groups_and_slots_by_their_own_metrics(store: Store, tmp_path: Path) -> None:
    outcomes = [(1, RIGHT), (1, RIGHT), (2, RIGHT), (2, WRONG)]
    groups = [(sample(i, meta={"group_id": group}), outcome) for i, (group, outcome) in enumerate(outcomes)]
    slots = [(sample(i, gold=GOLD), text) for i, text in enumerate([GOLD, "чепуха"])]
    run(store, {"ruHHH-Video": groups, "RuSLUn": slots})
    studio = runs_scores(tmp_path, store)
    hhh, slun, total = studio.scores("r1")
    assert (hhh.metrics, hhh.em.mean, hhh.em.scored) == (("group_em", "group_js"), 0.5, 2)
    assert (slun.metrics, slun.em.mean) == (("intent_em", "slot_f1"), 0.5)
    assert (total.metrics, total.em.scored) == (("em", "js"), 6)
    studio.close()


def test_measures_are_remembered_until_a_sample_changes(store: Store) -> None:
    run(store, {"ruTiE-Image": [(sample(i), outcome) for i, outcome in enumerate([RIGHT, WRONG, FAILED])]})
    store.runs.finish("r1", "done")
    first = Measures(store, worth_keeping_s=0).of(store.runs.get("r1"))
    kept = Measures(store)
    kept.work_out = lambda *_: pytest.fail("worked out anew")  # type: ignore[method-assign]
    assert kept.of(store.runs.get("r1")) == first

    lost = dict(store.scored.samples("r1"))[first.datasets[0].task_id][2]
    store.answers.record("r1", [answered(lost.sample_id, RIGHT)])
    now = Measures(store).of(store.runs.get("r1"))
    assert (first.em.failed, now.em.failed, now.em.scored) == (1, 0, 3)


def test_a_server_remembers_what_pages_will_ask_for(store: Store, tmp_path: Path) -> None:
    run(store, {"WEIRD": [(sample(i), RIGHT) for i in range(3)]})
    store.runs.finish("r1", "done")
    measures = Measures(store, worth_keeping_s=0)
    measures.warm(lambda: True)
    assert measures._known == {}, "the studio is being closed"
    measures.warm(lambda: False)
    kept = Measures(store)
    kept.work_out = lambda *_: pytest.fail("worked out anew")  # type: ignore[method-assign]
    assert kept.of(store.runs.get("r1")).em.mean == 1

    studio = runs_scores(tmp_path, store)
    studio.recover()
    studio.close()


def test_a_run_that_goes_on_is_not_measured_at_every_look(store: Store) -> None:
    run(store, {"WEIRD": [(sample(1), RIGHT), (sample(2), "")]})
    store.runs.begin("r1")
    measures = Measures(store)
    first = measures.of(store.runs.get("r1"))
    known = measures._known["r1"]
    measures._known["r1"] = replace(known, took=3600.0)
    waiting = next(row for _, rows in store.scored.samples("r1") for row in rows if not row.finished)
    store.answers.record("r1", [answered(waiting.sample_id, RIGHT)])
    assert measures.of(store.runs.get("r1")) is first
    store.runs.finish("r1", "done")
    assert measures.of(store.runs.get("r1")).em.scored == 2


def test_a_record_that_cannot_be_grouped_leaves_the_runs_table_readable(store: Store, tmp_path: Path) -> None:
    with pytest.raises(TaskError):
        run(store, {"ruHHH-Image": [(sample(948), RIGHT)]})
    studio = runs_scores(tmp_path, store)
    assert studio.scores("r1")[0].em.mean == 1
    studio.close()


def test_other_tasks_are_none_of_meras(store: Store) -> None:
    found = run(store, {"ruDemoWhich": [(sample(1), RIGHT)], "WEIRD": [(sample(1), RIGHT)]})
    assert [measure.task for measure in found] == ["WEIRD"]


def test_nothing_finished_is_nothing_measured(store: Store) -> None:
    assert run(store, {"WEIRD": [(sample(1), "")]}) == ()


def test_an_unknown_run_is_said(store: Store) -> None:
    with pytest.raises(BadInput, match="unknown_run"):
        measures_of(store, "нет")


def test_what_is_remembered_of_a_task_for_its_scores_holds_none_of_its_samples(store: Store) -> None:
    run(store, {"ruCommonVQA": [(sample(i, medium=f"p{i}"), RIGHT) for i in range(50)]})

    def alive() -> int:
        gc.collect()
        return sum(type(each) is Sample for each in gc.get_objects())  # others may answer to any question

    measures, before = Measures(store), alive()
    measures.work_out("r1")
    assert measures.clusters(1, [1, 2]) != {} and alive() == before


def test_what_samples_share_is_told_once_and_kept_by_the_version_of_the_code(store: Store) -> None:
    run(store, {"ruHHH-Image": [(sample(i, meta={"group_id": i // 2}), RIGHT) for i in range(6)]})
    told = Outlines(store, worth_keeping_s=0).of(1)
    assert list(told.clusters.values()) == ["0", "0", "1", "1", "2", "2"] and told.subsets

    with store.db.write() as connection:  # whoever reads the samples again would see it
        connection.execute("UPDATE samples SET meta = '{}'")
    assert Outlines(store, worth_keeping_s=0).of(1) == told
    with store.db.write() as connection:
        connection.execute("UPDATE task_memos SET stamp = 'of another version'")
    assert Outlines(store, worth_keeping_s=0).of(1).error is not None


def test_why_it_cannot_be_told_what_samples_share_is_kept_too(store: Store) -> None:
    with pytest.raises(TaskError):
        run(store, {"ruHHH-Image": [(sample(948), RIGHT)]})
    first, again = (Outlines(store, worth_keeping_s=0).of(1) for _ in range(2))
    assert first.error is not None and again.error is not None
    assert again.error.problem == first.error.problem
    assert again.clusters == first.clusters
