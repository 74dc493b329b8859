"""Why answers fail, from a run: what is grouped, what people's labels add, and whose gold stays hidden."""

import pytest

from studio.core.errors import BadInput, NotAllowed, QueryError
from studio.core.label import NewLabel
from studio.core.run import Viewer
from tests.failing import failing_studio, run_of

VISITOR = Viewer("visitor", browser="theirs")
N = 6  # answers that are asked for: the last of them is wrong by both


@pytest.fixture
def studio(tmp_path):
    studio = failing_studio(tmp_path, N)
    yield studio
    studio.close()


@pytest.fixture
def run(studio, tmp_path) -> str:
    return run_of(studio, tmp_path / "Animals", N)


def numbers(found) -> list[int]:
    return sorted(failure.number for group in found.groups for failure in group.failures)


def test_disagreements_are_explained_unless_others_are_chosen(studio, run):
    found = studio.reasons.of([run])
    assert numbers(found) == [2, 3, 4, 5] and found.n == 4
    assert "extra_words" in {group.name.trait for group in found.groups}
    assert numbers(studio.reasons.of([run], "em:0 js:0")) == [6]
    assert studio.reasons.of([run], "answer:ничего").groups == ()


def test_an_answer_with_a_note_is_among_them_and_its_note_counts(studio, run):
    sample = studio.queue(run).rows[5].sample_id
    studio.labels.label(run, sample, NewLabel("Анна", "wrong", "эталон спорный"))
    found = studio.reasons.of([run])
    assert numbers(found) == [2, 3, 4, 5, 6] and found.labelled == 1
    (noted,) = [failure for group in found.groups for failure in group.failures if failure.notes]
    assert (noted.number, noted.notes) == (6, "эталон спорный")


def test_labels_that_show_nothing_new_are_counted(studio, run):
    rows = studio.queue(run).rows
    for number in (2, 3, 5):
        studio.labels.label(run, rows[number - 1].sample_id, NewLabel("Анна", "right", "лишнее"))
    found = studio.reasons.of([run])
    groups = [[failure.number for failure in group.failures if failure.labelled] for group in found.groups]
    labelled = sum(map(len, groups))
    assert labelled == found.labelled == 3
    assert found.quiet <= labelled - sum(map(bool, groups))


def test_several_runs_fall_into_the_same_groups(studio, run, tmp_path):
    other = run_of(studio, tmp_path / "Beasts", N)
    found = studio.reasons.of([run, other])
    counts = [group.counts for group in found.groups]
    assert all({run_id for run_id, _ in each} == {run, other} for each in counts)
    assert all(each[run, "Animals"] == each[other, "Beasts"] for each in counts), "the same answers"
    assert sum(n for each in counts for n in each.values()) == found.n == 8


def test_private_gold_is_in_nobodys_group_but_the_owners(studio, tmp_path):
    private = run_of(studio, tmp_path / "Secret", N, access="private")
    assert studio.reasons.of([private]).n == 4
    seen = studio.reasons.of([private], viewer=VISITOR)
    assert (seen.groups, seen.n, seen.hidden) == ((), 0, 4)
    with pytest.raises(NotAllowed):
        studio.reasons.of([private], "em:0", viewer=VISITOR)


def test_what_cannot_be_asked_is_refused(studio, run):
    with pytest.raises(QueryError):
        studio.reasons.of([run], "em:(")
    with pytest.raises(BadInput, match="unknown_run"):
        studio.reasons.of(["r-nowhere"])
    with pytest.raises(BadInput, match="reasons_runs"):
        studio.reasons.of([])
