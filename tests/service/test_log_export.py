"""A run written as lm-eval writes one: read back it is the same answers and scores, and lm-eval's own form holds."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import BadInput, NotAllowed
from studio.core.run import OWNER, RunSpec, Viewer
from studio.engines.scripted import ScriptedEngine
from studio.service import Studio
from tests.support import RuleJudge, scripted_studio, write_task

LOGS = Path(__file__).parent.parent / "logs" / "lm-eval"
GOLDS = ["кот", ["да", "ага"], None, "лес", "дом"]


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    engine = ScriptedEngine({1: "ОТВЕТ кот", 2: "ага", 3: "что-то", 5: "сад"})
    opened = scripted_studio(tmp_path / "home", engine, judge=RuleJudge(), data=tmp_path / "no-demo")
    yield opened
    opened.close()


def ran(studio: Studio, folder: Path, **asked: Any) -> str:
    return studio.wait(studio.start(RunSpec("our/model", (str(folder),), **asked)), timeout_s=60).id


def told(studio: Studio, run_id: str) -> list[tuple[Any, ...]]:
    """What a run says of each sample."""
    cards = [studio.card(run_id, row.sample_id) for row in studio.queue(run_id, limit=100).rows]
    return [
        (card.task, card.key, card.prompt, card.question, card.options, card.gold, card.answer, card.cell == "failed",
         card.em.value if card.em else None)
        for card in cards
    ]  # fmt: skip


def test_a_run_of_ours_reads_back_to_the_same_answers_and_scores(studio, tmp_path):
    run = ran(studio, write_task(tmp_path / "Things", GOLDS))
    files = studio.export_log(run, tmp_path / "out")
    assert [file.name.partition("_")[0] for file in files] == ["results", "samples"]
    (again,) = studio.import_logs([tmp_path / "out"])
    assert told(studio, again.run) == told(studio, run)
    first, second = studio.run(run), studio.run(again.run)
    assert (second.em, second.failed, second.model) == (first.em, first.failed, "our/model")
    assert second.started_at == first.started_at


def test_our_scores_stand_in_the_rows_and_in_the_results(studio, tmp_path):
    run = ran(studio, write_task(tmp_path / "Things", GOLDS))
    results, samples = studio.export_log(run, tmp_path / "out")
    told_results = json.loads(results.read_text(encoding="utf-8"))
    assert told_results["results"]["Things"]["em,none"] == pytest.approx(studio.run(run).em.mean)
    assert told_results["n-samples"]["Things"] == {"original": 5, "effective": 5}
    rows = [json.loads(line) for line in samples.read_text(encoding="utf-8").splitlines()]
    assert (rows[0]["em"], rows[0]["js"], rows[0]["metrics"]) == (1.0, 1.0, ["em", "js"])
    assert rows[2]["metrics"] == [] and "em" not in rows[2]  # no gold, no score: not a 0
    assert rows[3]["resps"] == [[]] and rows[3]["problem"]["code"] and "em" not in rows[3]
    assert rows[1]["target"] == "['да', 'ага']" and rows[1]["doc"]["outputs"] == ["да", "ага"]


def test_the_form_is_that_of_a_real_log(studio, tmp_path):
    run = ran(studio, write_task(tmp_path / "Things", GOLDS))
    results, samples = studio.export_log(run, tmp_path / "out")
    real = json.loads(next((LOGS / "group").rglob("samples_demo_which*")).read_text("utf-8").splitlines()[0])
    row = json.loads(samples.read_text(encoding="utf-8").splitlines()[0])
    assert real.keys() - {"exact_match"} <= row.keys()
    assert {name: type(row[name]) for name in real.keys() & row.keys()} == {
        name: type(real[name]) for name in real.keys() & row.keys()
    }
    assert row["prompt_hash"] == hashlib.sha256(row["arguments"]["gen_args_0"]["arg_0"].encode()).hexdigest()
    needed = {
        "results",
        "configs",
        "versions",
        "n-shot",
        "higher_is_better",
        "n-samples",
        "config",
        "group_subtasks",
    }
    assert needed <= json.loads(results.read_text(encoding="utf-8")).keys()


def test_an_imported_run_goes_out_with_the_scores_of_its_tool(studio, tmp_path):
    (run,) = studio.import_logs([LOGS / "group"])
    studio.export_log(run.run, tmp_path / "out")
    (again,) = studio.import_logs([tmp_path / "out"])
    assert told(studio, again.run) == told(studio, run.run)
    card = studio.card(again.run, studio.queue(again.run).rows[0].sample_id)
    assert card.log and {score.scorer: score.value for score in card.log.scores} == {
        "lm-eval:em,none": 1.0,
        "lm-eval:lm-eval:exact_match,whole,none": 0.0,
        "lm-eval:lm-eval:exact_match,after-marker,none": 1.0,
    }
    (results,) = (tmp_path / "out").glob("results_*")
    value = json.loads(results.read_text(encoding="utf-8"))
    assert value["config"]["gen_kwargs"] == {} and value["studio"]["log"]["tool"] == "lm-eval"


@pytest.mark.parametrize(
    "tool", ["lm-eval/choice", "lm-eval/list", "lmms-eval", "inspect", "evalscope", "vlmevalkit"]
)
def test_every_tools_log_comes_back_the_same(studio, tmp_path, tool):
    runs = studio.import_logs([LOGS.parent / tool])
    assert runs
    for run in runs:
        folder = tmp_path / run.run
        studio.export_log(run.run, folder)
        (again,) = studio.import_logs([folder])
        first, second = studio.run(run.run), studio.run(again.run)
        assert sorted(told(studio, again.run)) == sorted(told(studio, run.run))
        assert (second.em.mean, second.em.n, second.failed) == (first.em.mean, first.em.n, first.failed)
        studio.delete(again.run)


def test_gold_of_a_private_task_and_media_stay_at_home(studio, tmp_path):
    folder = write_task(tmp_path / "Private", ["выхухоль"] * 5, access="private")
    files = studio.export_log(ran(studio, folder), tmp_path / "out")
    pictures = [path.read_bytes() for path in (folder / "samples").iterdir()]
    for file in files:
        raw = file.read_bytes()
        assert "выхухоль".encode() not in raw and str(tmp_path).encode() not in raw
        assert not any(picture in raw for picture in pictures)


def test_who_may_not_see_gold_may_not_take_the_log(studio, tmp_path):
    run = ran(studio, write_task(tmp_path / "Private", ["a"] * 5, access="private"))
    with pytest.raises(NotAllowed, match="gold_hidden"):
        studio.export_log(run, tmp_path / "out", Viewer("visitor"))
    assert studio.export_log(run, tmp_path / "out", OWNER)


def test_a_second_export_overwrites_nothing_and_nothing_half_written_stays(studio, tmp_path):
    run = ran(studio, write_task(tmp_path / "Things", GOLDS))
    files = studio.export_log(run, tmp_path / "out")
    with pytest.raises(BadInput, match="cli_file_exists"):
        studio.export_log(run, tmp_path / "out")
    assert sorted((tmp_path / "out").iterdir()) == sorted(files)
    with pytest.raises(BadInput, match="unknown_run"):
        studio.export_log("r-none", tmp_path / "out")
