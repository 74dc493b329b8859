"""EM x judge x human: counted by hand on a small run, grouped in five ways, with shares of what is labelled."""

import pytest

from studio.core.errors import BadInput, NotAllowed
from studio.core.label import EIGHT, NewLabel
from studio.core.run import RunSpec, SampleFilter, cell_of
from studio.stats import wilson
from tests.people import finished, kept_from
from tests.support import scripted_studio, write_task

GOLDS = ["кот", "пёс", "да", "нет"] * 5


def answer(asked) -> str:
    """In turn: right by both, by the judge only, and twice by none."""
    gold = GOLDS[(asked.key - 1) % len(GOLDS)]
    return [f"ОТВЕТ {gold}", f"Это {gold} тут", "не знаю", "ОТВЕТ 7"][(asked.key - 1) % 4]


@pytest.fixture
def studio(tmp_path):
    studio = scripted_studio(tmp_path / "home", answer, data=tmp_path / "no-demo")
    yield studio
    studio.close()


@pytest.fixture
def run(studio, tmp_path) -> str:
    tasks = (str(write_task(tmp_path / "A", GOLDS)), str(write_task(tmp_path / "B", GOLDS[:8])))
    found = studio.start(RunSpec("our/model", tasks, title="первый"))
    studio.wait(found, timeout_s=30)
    return found


def label(studio, run, cell, task, verdicts) -> None:
    rows = studio.queue(run, SampleFilter(cell=cell, task=task), limit=100).rows
    for row, verdict in zip(rows, verdicts, strict=False):
        studio.labels.label(run, row.sample_id, NewLabel("Анна", verdict))


def test_the_eight_names_are_em_judge_and_human_bit_by_bit():
    for bits, (cell, human) in EIGHT.items():
        em, js, right = (float(bit) for bit in bits)
        assert cell == cell_of(em, js) and human == ("right" if right else "wrong")
    assert len(EIGHT) == 8 and len(set(EIGHT.values())) == 8


def test_each_cell_is_split_by_what_people_say(studio, run):
    label(studio, run, "both", "A", ["right", "right", "wrong"])
    label(studio, run, "js_only", "A", ["right", "unsure", "bad"])
    label(studio, run, "neither", "B", ["wrong"])
    a, b, whole = studio.labels.three_way([run])
    assert [row.name for row in (a, b, whole)] == ["A", "B", ""]
    assert a.counts["both"] == {"right": 2, "wrong": 1, "unsure": 0, "bad": 0, "unlabelled": 2}
    assert a.counts["js_only"] == {"right": 1, "wrong": 0, "unsure": 1, "bad": 1, "unlabelled": 2}
    assert b.counts["neither"] == {"right": 0, "wrong": 1, "unsure": 0, "bad": 0, "unlabelled": 3}
    assert (a.labelled, a.unlabelled, whole.labelled, whole.unlabelled) == (6, 14, 7, 21)
    assert sum(sum(by.values()) for by in whole.counts.values()) == 28


def test_shares_are_of_what_is_labelled_with_wilsons_interval(studio, run):
    label(studio, run, "both", "A", ["right", "right", "wrong"])
    label(studio, run, "js_only", "A", ["right", "unsure"])
    a, b, _ = studio.labels.three_way([run])
    right = a.right["both"]
    assert (right.mean, right.scored) == (2 / 3, 3)
    assert (right.low, right.high) == pytest.approx(wilson(2, 3)), "no two samples share a picture here"
    assert a.eight["111"].mean == 0.5 and a.eight["011"].mean == 0.25 and a.eight["010"].mean == 0.0
    assert sum(share.mean for share in a.eight.values()) == pytest.approx(1)
    assert {share.scored for share in a.eight.values()} == {4}, "unsure is in none of the eight"
    assert b.eight == {} and b.right == {} and "neither" not in a.right


def test_shares_are_clustered_by_what_samples_share(studio, tmp_path):
    folder = write_task(tmp_path / "Pairs", GOLDS)
    for number in range(20):
        picture = (folder / "samples/0000.png") if number < 10 else (folder / "samples/0010.png")
        (folder / f"samples/{number:04}.png").write_bytes(picture.read_bytes())
    run = studio.start(RunSpec("our/model", (str(folder),)))
    studio.wait(run, timeout_s=30)
    label(studio, run, "both", "Pairs", ["right", "wrong", "right", "right", "wrong"])
    share = studio.labels.three_way([run])[0].right["both"]
    assert share.high - share.low > wilson(3, 5).high - wilson(3, 5).low, "two pictures know less than five"


@pytest.mark.parametrize(
    ("by", "names"),
    [("task", ["A", "B"]), ("modality", ["image"]), ("answer_type", ["short"]), ("prompt", ["none"])],
)
def test_rows_are_grouped_as_asked_and_all_together_last(studio, run, by, names):
    label(studio, run, "both", "A", ["right", "wrong"])
    rows = studio.labels.three_way([run], by)
    assert [row.name for row in rows] == [*names, ""]
    for cell in ("both", "js_only", "neither"):
        assert sum(sum(row.counts[cell].values()) for row in rows[:-1]) == sum(rows[-1].counts[cell].values())
    assert rows[-1].counts["both"]["right"] == 1 and rows[-1].counts["both"]["unlabelled"] == 5


def test_runs_stand_beside_each_other_by_model(studio, run, tmp_path):
    other = studio.start(RunSpec("our/model", (str(tmp_path / "A"),)))
    studio.wait(other, timeout_s=30)
    label(studio, other, "both", "A", ["wrong"])
    first, second, whole = studio.labels.three_way([run, other], "model")
    assert (first.name, first.title["ru"], second.title["ru"]) == (run, "первый", "our/model")
    assert first.labelled == 0 and second.counts["both"]["wrong"] == 1 and whole.unlabelled == 47


def test_an_unknown_grouping_and_an_annotator_are_refused(studio, run, tmp_path):
    with pytest.raises(BadInput):
        studio.labels.three_way([run], "colour")
    human = finished(studio, "Вера", str(tmp_path / "A"), ["кот"] * 100)
    with pytest.raises(NotAllowed):
        studio.labels.three_way([human], viewer=kept_from(studio, "Аня", str(tmp_path / "A")))
