"""Labels: nothing overwritten, nothing counted twice, reviewers blind to each other, gold hidden where it is."""

import itertools
import random
from dataclasses import replace
from pathlib import Path

import pytest

from studio.core.errors import BadInput, NotAllowed, StudioError
from studio.core.label import VERDICTS, NewLabel, SampleLabels, human_verdict
from studio.core.run import RunSpec, SampleFilter, Viewer
from studio.service import Studio
from tests.people import kept_from
from tests.support import scripted_studio, write_task

GOLDS = ["кот", "пёс", "3", "да", "нет", "лес"]
# right by both, by the judge only, by none, by both, by none, by both
ANSWERS = {
    1: "ОТВЕТ кот",
    2: "Это пёс сидит тут.",
    3: "ОТВЕТ 4",
    4: "да",
    5: "ОТВЕТ 4",
    6: "лес",
}
VISITOR = Viewer("visitor", browser="theirs")


@pytest.fixture
def studio(tmp_path):
    studio = scripted_studio(tmp_path, lambda asked: ANSWERS[asked.key], data=tmp_path / "data")
    yield studio
    studio.close()


@pytest.fixture
def run(studio, tmp_path) -> str:
    run_id = studio.start(RunSpec("our/model", (str(write_task(tmp_path / "Animals", GOLDS)),)))
    studio.wait(run_id, timeout_s=30)
    return run_id


def samples(studio: Studio, run: str) -> list[int]:
    return [row.sample_id for row in studio.queue(run, SampleFilter()).rows]


def give(studio, run, sample, verdict, reviewer="Анна", **more) -> SampleLabels:
    return studio.labels.label(run, sample, NewLabel(reviewer, verdict, **more))


def human(studio, run) -> list[str]:
    return [row.human for row in studio.queue(run, SampleFilter()).rows]


@pytest.mark.parametrize(
    ("given", "together"),
    [
        ([], None),
        (["right"], "right"),
        (["right", "wrong"], "unsure"),
        (["right", "wrong", "wrong"], "wrong"),
        (["unsure"], "unsure"),
        (["unsure", "right"], "right"),
        (["bad"], "bad"),
        (["bad", "right"], "unsure"),
        (["bad", "bad", "right"], "bad"),
        (["bad", "right", "right", "wrong"], "right"),
    ],
)
def test_reviewers_together_say_what_most_of_them_say(given, together):
    for order in itertools.permutations(given):
        assert human_verdict(order) == together


def test_a_label_is_kept_with_its_note_and_tags_and_stands_in_the_list(studio, run):
    first, second, *_ = samples(studio, run)
    found = give(studio, run, first, "right", note="  хорошо ", tags=("формат", "формат", " длинный  ответ "))
    assert (found.own.verdict, found.own.note, found.own.tags) == (
        "right",
        "хорошо",
        ("формат", "длинный ответ"),
    )
    assert (found.human, found.others, found.own.attempt, found.own.criteria) == ("right", (), 1, 0)
    assert human(studio, run) == ["right", "", "", "", "", ""]
    assert studio.labels.tags(run) == {"длинный ответ": 1, "формат": 1}
    give(studio, run, second, "wrong", tags=("формат",))
    assert studio.labels.tags(run) == {"формат": 2, "длинный ответ": 1}


def test_a_changed_mind_supersedes_and_keeps_note_and_tags_unless_told_otherwise(studio, run):
    first = samples(studio, run)[0]
    give(studio, run, first, "right", note="ладно", tags=("a",))
    changed = give(studio, run, first, "wrong")
    assert (changed.own.verdict, changed.own.note, changed.own.tags) == ("wrong", "ладно", ("a",))
    cleared = give(studio, run, first, "wrong", note="", tags=())
    assert (cleared.own.note, cleared.own.tags) == ("", ())
    rows = studio._store.db.rows("SELECT id, verdict, supersedes FROM labels ORDER BY id")
    assert [row["verdict"] for row in rows] == ["right", "wrong", "wrong"], "every row is still there"
    assert [row["supersedes"] for row in rows] == [None, rows[0]["id"], rows[1]["id"]]


def test_the_same_client_id_counts_once(studio, run):
    first = samples(studio, run)[0]
    give(studio, run, first, "right", client_id="c1")
    again = give(studio, run, first, "wrong", client_id="c1")
    assert again.own.verdict == "right"
    assert studio._store.db.scalar("SELECT COUNT(*) FROM labels") == 1
    assert studio.labels.undo(run, "Анна", "c2") == first
    assert studio.labels.undo(run, "Анна", "c2") is None, "an undo that is sent twice takes back one label"


def test_undo_walks_back_through_what_this_reviewer_did(studio, run):
    first, second, *_ = samples(studio, run)
    give(studio, run, first, "right")
    give(studio, run, second, "wrong")
    give(studio, run, second, "bad")
    give(studio, run, first, "unsure", reviewer="Борис")
    assert studio.labels.undo(run, "Анна") == second
    assert studio.labels.of(run, second, "Анна").own.verdict == "wrong", "the one before it stands again"
    assert studio.labels.undo(run, "Анна") == second and human(studio, run)[1] == ""
    assert studio.labels.undo(run, "Анна") == first and human(studio, run)[0] == "unsure", (
        "Борис still says so"
    )
    assert studio.labels.undo(run, "Анна") is None
    assert studio._store.db.scalar("SELECT COUNT(*) FROM labels") == 7, "an undo is a row too"


def test_what_stands_always_follows_from_the_rows(studio, run):
    """Random labels and undos by three reviewers: the projection equals what the log of rows says."""
    dice, ids, log = random.Random(7), samples(studio, run), {}
    for step in range(200):
        reviewer, sample = dice.choice(["А", "Б", "В"]), dice.choice(ids)
        if dice.random() < 0.3:
            undone = studio.labels.undo(run, reviewer)
            assert undone == (log[reviewer].pop()[0] if log.get(reviewer) else None)
        else:
            verdict = dice.choice(VERDICTS)
            give(studio, run, sample, verdict, reviewer, client_id=str(step))
            log.setdefault(reviewer, []).append((sample, verdict))
    standing = {(sample, name): verdict for name, done in log.items() for sample, verdict in done}
    listed = {(label.sample_id, label.reviewer): label.verdict for label in studio.labels.listed(run)}
    assert listed == standing and len(standing) > 5
    expected = [human_verdict(v for (s, _), v in standing.items() if s == sample) or "" for sample in ids]
    assert human(studio, run) == expected


def test_others_are_shown_beside_an_own_label_only(studio, run):
    first, second, *_ = samples(studio, run)
    give(studio, run, first, "wrong", "Борис", note="не то")
    hidden = studio.labels.of(run, first, "Анна")
    assert (hidden.own, hidden.others, hidden.human, hidden.hidden) == (None, (), None, 1)
    nobody = studio.labels.of(run, first, "")
    assert (nobody.others, nobody.hidden, nobody.may_label) == ((), 1, True)
    told = give(studio, run, first, "right")
    assert [label.reviewer for label in told.others] == ["Борис"] and told.human == "unsure"
    give(studio, run, second, "bad", "Борис")
    rows = studio.queue(run, SampleFilter(), viewer=Viewer("owner", reviewer="Анна")).rows
    assert [row.human for row in rows[:3]] == ["unsure", "hidden", ""]
    shown = studio.labels.of(run, second, "Анна", everyones=True)
    assert ([label.verdict for label in shown.others], shown.human, shown.hidden) == (["bad"], "bad", 0)


ANNA, NOBODY = Viewer("owner", reviewer="Анна"), Viewer("owner", reviewer="")
SAID = [  # what a filter finds for everybody, for Анна, for a reviewer without a label
    ("human:wrong", [1, 3], [1], []),
    ("human:right", [2], [], []),
    ("-human:wrong", [2, 4, 5, 6], [2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]),
    ("tag:цвет", [1, 3], [1], []),
    ("tag:*", [1, 2, 3], [1], []),
    ("tag:none", [4, 5, 6], [2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]),
    ("note:блик", [2, 3], [], []),
    ("note=блик", [2, 3], [], []),
    ("human:*", [1, 2, 3], [1, 2, 3], [1, 2, 3]),  # whether anybody said anything is told to all
    ("human:none", [4, 5, 6], [4, 5, 6], [4, 5, 6]),
    ("human:hidden", [], [2, 3], [1, 2, 3]),
    ("reviewer:Борис", [1, 2, 3], [1, 2, 3], [1, 2, 3]),
]


@pytest.fixture
def said(studio, run) -> str:
    """Борис has labelled three answers, Анна the first of them."""
    first, second, third, *_ = samples(studio, run)
    give(studio, run, first, "wrong", "Борис", tags=("цвет",))
    give(studio, run, second, "right", "Борис", tags=("счёт",), note="блик")
    give(studio, run, third, "wrong", "Борис", tags=("цвет",), note="блик")
    give(studio, run, first, "wrong")
    return run


@pytest.mark.parametrize(("where", "everybody", "anna", "nobody"), SAID)
def test_a_filter_tells_a_reviewer_no_label_of_others_before_an_own_one(
    studio, said, where, everybody, anna, nobody
):
    def numbers(viewer) -> list[int]:
        found = studio.queue(said, SampleFilter(where=where), viewer=viewer)
        total = studio.queries.confusions(said, SampleFilter(where=where), viewer)
        assert sum(total[-1].counts.values() if total else ()) == found.total
        return [row.number for row in found.rows]

    assert numbers(Viewer("owner")) == everybody
    assert numbers(ANNA) == anna
    assert numbers(NOBODY) == nobody
    assert numbers(replace(VISITOR, reviewer="Гость")) == everybody, (
        "who cannot label the run sees its labels"
    )


@pytest.mark.parametrize("more", [{}, {"text": "картинке"}], ids=["by index", "in words"])
@pytest.mark.parametrize(
    ("label", "everybody", "anna"),
    [("wrong", 2, 1), ("right", 1, 0), ("labelled", 3, 3), ("unlabelled", 3, 3), ("hidden", 0, 2)],
)
def test_the_select_of_labels_is_as_blind_as_the_words(studio, said, label, everybody, anna, more):
    where = SampleFilter(label=label, **more)
    totals = [studio.queue(said, where, viewer=viewer).total for viewer in (Viewer("owner"), ANNA)]
    assert totals == [everybody, anna]
    ids = samples(studio, said)
    inside = [studio.neighbours(said, where, sample, ANNA).index is not None for sample in ids]
    assert sum(inside) == anna


def test_a_filter_by_labels_is_found_anew_for_another_reviewer_and_after_an_own_label(studio, said):
    where = SampleFilter(where="human:wrong")
    assert [studio.queue(said, where, viewer=viewer).total for viewer in (ANNA, NOBODY, ANNA)] == [1, 0, 1]
    give(studio, said, samples(studio, said)[2], "wrong")
    assert studio.queue(said, where, viewer=ANNA).total == 2


def test_cells_and_completion_count_what_a_reviewer_may_know(studio, said):
    whole, blind = (studio.labels.three_way([said], viewer=viewer)[-1] for viewer in (Viewer("owner"), ANNA))
    assert (whole.labelled, whole.unlabelled, whole.veiled) == (3, 3, 0)
    assert (blind.labelled, blind.unlabelled, blind.veiled) == (1, 3, 2)
    for cell, by in blind.counts.items():
        for label in ("right", "wrong", "unlabelled"):
            found = studio.queue(said, SampleFilter(cell=cell, label=label), viewer=ANNA).total
            assert found == by[label], "every number is a door to as many"
        found = studio.queue(said, SampleFilter(cell=cell, label="hidden"), viewer=ANNA).total
        assert found == blind.hidden.get(cell, 0)

    def offered(text: str, viewer: Viewer) -> dict[str, int | None]:
        found = studio.queries.complete(said, text, len(text), viewer).suggestions
        return {each.label: each.count for each in found if each.count is not None}

    assert offered("human:", Viewer("owner")) == {"wrong": 2, "right": 1} and offered("human:", ANNA) == {
        "wrong": 1
    }
    assert offered("tag:", Viewer("owner")) == {"цвет": 2, "счёт": 1} and offered("tag:", ANNA) == {"цвет": 1}
    assert offered("tag:", NOBODY) == {}


def test_who_may_not_label_the_run_sees_the_labels_and_cannot_change_them(studio, run):
    first = samples(studio, run)[0]
    give(studio, run, first, "wrong", "Борис")
    seen = studio.labels.of(run, first, "Гость", VISITOR)
    assert (seen.may_label, [label.reviewer for label in seen.others], seen.human) == (
        False,
        ["Борис"],
        "wrong",
    )
    for act in (
        lambda: studio.labels.label(run, first, NewLabel("Гость", "right"), VISITOR),
        lambda: studio.labels.undo(run, "Борис", viewer=VISITOR),
        lambda: studio.labels.draw(run, 2, viewer=VISITOR),
        lambda: studio.labels.write_criteria("всё верно", VISITOR),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert human(studio, run)[0] == "wrong"


def test_a_visitor_labels_the_run_that_their_browser_began(studio, tmp_path):
    task = str(write_task(tmp_path / "Animals", GOLDS))
    run = studio.start(RunSpec("our/model", (task,)), replace(VISITOR, role="owner"))
    studio.wait(run, timeout_s=30)
    first = samples(studio, run)[0]
    assert studio.labels.label(run, first, NewLabel("Гость", "right"), VISITOR).own.verdict == "right"
    with pytest.raises(NotAllowed):
        studio.labels.label(run, first, NewLabel("Чужой", "right"), Viewer("visitor", browser="another"))


def test_a_task_with_private_gold_is_labelled_by_the_owner_and_told_to_nobody_else(studio, tmp_path):
    folder = write_task(tmp_path / "Secrets", GOLDS, access="private")
    run = studio.start(RunSpec("our/model", (str(folder),)))
    studio.wait(run, timeout_s=30)
    first = samples(studio, run)[0]
    give(studio, run, first, "wrong", note="эталон — кот", tags=("тайна",))
    assert studio.labels.of(run, first, "", VISITOR) == SampleLabels(may_label=False)
    assert studio.labels.listed(run, VISITOR) == () and studio.labels.tags(run, VISITOR) == {}
    assert studio.labels.table(run, VISITOR) == () and len(studio.labels.table(run)) == 1
    assert studio.queue(run, SampleFilter(), viewer=VISITOR).rows[0].human == ""
    with pytest.raises(NotAllowed):
        studio.queue(run, SampleFilter(label="wrong"), viewer=VISITOR)


def test_an_annotator_of_the_task_neither_labels_nor_sees_labels(studio, run, tmp_path):
    first = samples(studio, run)[0]
    give(studio, run, first, "right")
    annotator = kept_from(studio, "Вера", str(tmp_path / "Animals"))
    assert studio.labels.of(run, first, "Анна", annotator) == SampleLabels(may_label=False)
    assert studio.labels.listed(run, annotator) == ()
    for act in (
        lambda: studio.labels.label(run, first, NewLabel("Анна", "wrong"), annotator),
        lambda: studio.labels.undo(run, "Анна", viewer=annotator),
        lambda: studio.labels.draw(run, 2, viewer=annotator),
        lambda: studio.labels.read_file(run, tmp_path / "any.csv", annotator),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_label_of_an_answer_that_was_asked_again_counts_no_more(tmp_path):
    said = {"n": 0}

    def script(asked):
        said["n"] += 1
        return "ОТВЕТ кот"

    studio = scripted_studio(tmp_path, script, data=tmp_path / "data")
    run = studio.start(RunSpec("our/model", (str(write_task(tmp_path / "T", ["кот", "пёс"])),)))
    studio.wait(run, timeout_s=30)
    first, second = samples(studio, run)
    give(studio, run, first, "right", tags=("старый",))
    give(studio, run, second, "wrong")
    studio._store.db.connection().conn.execute(
        "UPDATE run_samples SET state = 'failed', cell = 'failed' WHERE sample_id = ?", (first,)
    )
    studio._store.db.connection().conn.commit()
    studio.resume(run)
    studio.wait(run, timeout_s=30)
    assert said["n"] == 3 and human(studio, run) == ["", "wrong"]
    assert [label.sample_id for label in studio.labels.listed(run)] == [second] and studio.labels.tags(
        run
    ) == {}
    late = give(studio, run, first, "wrong", attempt=1, client_id="sent late by a browser that was offline")
    assert late.own is None, "a label of the first answer does not speak of the second"
    assert give(studio, run, first, "unsure", attempt=2).own.verdict == "unsure"
    studio.close()


def test_labels_are_given_under_the_criteria_of_their_time(studio, run):
    first, second, *_ = samples(studio, run)
    assert studio.labels.criteria() == ()
    assert give(studio, run, first, "right").own.criteria == 0
    written = studio.labels.write_criteria("  Верно, если смысл тот же.  ")
    assert (written.version, written.text) == (1, "Верно, если смысл тот же.")
    assert studio.labels.write_criteria("Верно, если смысл тот же.").version == 1, "nothing new"
    assert studio.labels.write_criteria("Строже.").version == 2
    assert give(studio, run, second, "right").own.criteria == 2
    assert studio.labels.of(run, first, "Анна").own.criteria == 0
    assert [each.version for each in studio.labels.criteria()] == [2, 1]


def test_a_label_keeps_whether_scores_were_hidden_from_whoever_gave_it(studio, run):
    first, second, third, *_ = samples(studio, run)
    assert give(studio, run, first, "right", sealed=True).own.sealed is True
    assert give(studio, run, second, "right").own.sealed is False
    assert give(studio, run, third, "right", sealed=None).own.sealed is None
    assert give(studio, run, first, "right", "Борис", sealed=True).own.sealed is True, "he had seen nothing"
    health = studio.health.of(run)
    assert (health.sealed, health.labels) == (2, 4)
    corrected = give(studio, run, first, "wrong", sealed=True).own
    assert corrected.sealed is False, "beside the first label the scores were shown"
    studio.labels.undo(run, "Анна")
    assert studio.labels.of(run, first, "Анна").own.sealed is True
    studio.labels.undo(run, "Анна")
    assert give(studio, run, third, "wrong", sealed=True).own.sealed is False, (
        "taken back is seen all the same"
    )


def test_a_verdict_given_after_seeing_others_is_not_independent(studio, run):
    first = samples(studio, run)[0]
    give(studio, run, first, "right", "Борис")
    blind = give(studio, run, first, "wrong", "Анна").own
    swayed = give(studio, run, first, "right", "Анна").own
    assert blind.blind and not swayed.blind
    (row,) = studio.labels.table(run)
    assert row.verdicts == {"Анна": "right", "Борис": "right"}
    assert row.independent == {"Анна": "wrong", "Борис": "right"} and row.human == "right"


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NewLabel("", "right"), "label_no_reviewer"),
        (NewLabel("я" * 81, "right"), "label_no_reviewer"),
        (NewLabel("Анна", "maybe"), "unknown_verdict"),
        (NewLabel("Анна", "right", note="о" * 4001), "label_note_length"),
        (NewLabel("Анна", "right", tags=tuple(f"t{n}" for n in range(21))), "label_tags"),
        (NewLabel("Анна", "right", tags=("о" * 61,)), "label_tags"),
        (NewLabel("Анна", "right", attempt=9), "label_no_answer"),
    ],
)
def test_what_is_no_label_is_refused_in_words(studio, run, new, code):
    with pytest.raises(BadInput) as refused:
        studio.labels.label(run, samples(studio, run)[0], new)
    assert refused.value.problem.code == code and studio.labels.listed(run) == ()


def test_an_unknown_sample_or_run_is_refused(studio, run):
    for name, sample, code in ((run, 10**9, "unknown_sample"), ("r-gone", 1, "unknown_run")):
        with pytest.raises(StudioError) as refused:
            give(studio, name, sample, "right")
        assert refused.value.problem.code == code


def test_filters_by_label_find_what_they_say(studio, run):
    ids = samples(studio, run)
    for sample, verdict in zip(ids, VERDICTS, strict=False):
        give(studio, run, sample, verdict)

    def found(**where) -> list[int]:
        return [ids.index(row.sample_id) for row in studio.queue(run, SampleFilter(**where)).rows]

    assert [found(label=verdict) for verdict in VERDICTS] == [[0], [1], [2], [3]]
    assert found(label="labelled") == [0, 1, 2, 3] and found(label="unlabelled") == [4, 5]
    assert found(label="wrong", cell="js_only") == [1] and found(label="right", cell="js_only") == []
    assert found(unlabelled_by="Анна") == [4, 5] and found(unlabelled_by="Борис") == [0, 1, 2, 3, 4, 5]
    assert found(text="номер 1", label="wrong") == [1]
    give(studio, run, ids[1], "right")
    assert found(text="номер 1", label="wrong") == [], "what was found is forgotten with a new label"
    place = studio.neighbours(run, SampleFilter(unlabelled_by="Анна"), ids[0])
    assert (place.index, place.total, place.following) == (None, 2, ids[4])
    with pytest.raises(BadInput):
        found(label="верно")


QUEUES = (
    SampleFilter(),
    SampleFilter(text="картинке"),
    SampleFilter(where="order:-number"),
    SampleFilter(draw=1),
    SampleFilter(draw=1, text="картинке"),
)


@pytest.mark.parametrize("where", QUEUES, ids=str)
def test_the_next_sample_to_label_is_the_next_of_the_queue_without_a_label_of_mine(studio, run, where):
    studio.labels.draw(run, 6, seed=4)
    ids = [row.sample_id for row in studio.queue(run, where).rows]
    for place in (1, 2, 5):
        give(studio, run, ids[place], "right")
    give(studio, run, ids[3], "right", "Борис")

    def following(sample: int, reviewer: str = "Анна") -> int | None:
        return studio.labels.next_unlabelled(run, where, sample, reviewer)

    assert [following(sample) for sample in ids] == [ids[3], ids[3], ids[3], ids[4], ids[0], ids[0]]
    assert following(ids[0], "") == ids[4], "without a name: what nobody has labelled"
    for place in (0, 3, 4):
        give(studio, run, ids[place], "wrong")
    assert following(ids[0]) is None


def test_the_table_tells_all_that_a_judge_is_measured_by(studio, run):
    _, second, third, *_ = samples(studio, run)
    give(studio, run, third, "wrong")
    give(studio, run, second, "right")
    studio.labels.draw(run, 6, seed=1)
    rows = studio.labels.table(run)
    assert [row.sample_id for row in rows] == [second, third], "in the order of the run"
    row = rows[0]
    assert (row.task, row.answer_type, row.modality, row.cell, row.human) == (
        "Animals",
        "short",
        "image",
        "js_only",
        "right",
    )
    assert (row.em, row.js, row.probability, row.length) == (0.0, 1.0, 0.9, len(ANSWERS[2]))
    assert row.verdicts == row.independent == {"Анна": "right"} and row.criteria == {0}
    assert rows[0].cluster != rows[1].cluster
    ((drawn,),) = [row.draws]
    assert (drawn.draw, drawn.probability) == (1, 1.0)


def test_samples_that_share_a_picture_are_one_cluster(studio, tmp_path):
    folder = write_task(tmp_path / "Pairs", GOLDS)
    for number in range(1, 6, 2):
        target = folder / f"samples/{number:04}.png"
        target.write_bytes((folder / f"samples/{number - 1:04}.png").read_bytes())
    run = studio.start(RunSpec("our/model", (str(folder),)))
    studio.wait(run, timeout_s=30)
    for sample in samples(studio, run):
        give(studio, run, sample, "right")
    clusters = [row.cluster for row in studio.labels.table(run)]
    assert [clusters.index(each) for each in clusters] == [0, 0, 2, 2, 4, 4]


def test_a_label_costs_no_measure_of_the_run(studio, run):
    changes = studio._store.memos.changes(run)
    give(studio, run, samples(studio, run)[0], "right")
    assert studio._store.memos.changes(run) == changes


def test_labels_go_with_their_run(studio, run):
    give(studio, run, samples(studio, run)[0], "right")
    studio.labels.draw(run, 3)
    studio.delete(run)
    tables = ("labels", "standing_labels", "draws", "draw_samples")
    assert [studio._store.db.scalar(f"SELECT COUNT(*) FROM {table}") for table in tables] == [0, 0, 0, 0]


def test_reviewers_in_two_processes_lose_nothing(studio, run, tmp_path):
    """Two studios over one file, as a page and a command would be."""
    other = Studio.open(studio.settings)
    for place, sample in enumerate(samples(studio, run)):
        give(studio, run, sample, "right", "Анна")
        give(other, run, sample, "wrong" if place else "right", "Борис")
    other.close()
    assert human(studio, run) == ["right", *["unsure"] * 5] and len(studio.labels.listed(run)) == 12
    assert Path(studio.settings.db).is_file()
