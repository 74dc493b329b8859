"""Groups that are kept: edited, taken back, grouped anew without loss, filtered by, hidden from whom they must be."""

import threading

import pytest

from studio.core.errors import BadInput, NotAllowed
from studio.core.label import NewLabel
from studio.core.reasons import GroupingSpec
from studio.core.run import SampleFilter, Viewer
from tests.failing import GOLDS, failing_studio, run_of
from tests.support import write_task
from tests.two_models import ran

VISITOR = Viewer("visitor", browser="theirs")
# of `em:0` all but the first fail
EM_WRONG = "em:0"


@pytest.fixture
def studio(tmp_path):
    studio = failing_studio(tmp_path)
    yield studio
    studio.close()


@pytest.fixture
def run(studio, tmp_path) -> str:
    return run_of(studio, tmp_path / "Animals")


def group(studio, *runs, **settings) -> int:
    studio.reasons.start(GroupingSpec(runs, settings.pop("where", EM_WRONG), **settings))
    state = studio.reasons.jobs.wait(runs)
    assert state.problem is None and not state.going
    return state.kept


@pytest.fixture
def book(studio, run) -> int:
    return group(studio, run)


def kept(studio, book) -> dict[int, list[int]]:
    """Numbers of the answers by group."""
    groups = studio.reasons.groups
    return {
        each.number: [one.failure.number for one in groups.page(each.number).members]
        for each in groups.kept(book).groups
    }


def found(studio, run, where) -> list[int]:
    return [row.number for row in studio.queue(run, SampleFilter(where=where)).rows]


def sample(studio, run, number) -> tuple[str, int]:
    return run, studio.queue(run).rows[number - 1].sample_id


def holding(studio, book, number) -> int:
    return next(group for group, members in kept(studio, book).items() if number in members)


def test_every_failure_of_the_choice_is_in_one_group(studio, run, book):
    assert sorted(n for members in kept(studio, book).values() for n in members) == [2, 3, 4, 5, 6, 7, 8]
    told = studio.reasons.groups.kept(book)
    assert (told.n, told.fresh, told.hidden, told.undo) == (7, {}, 0, None)
    assert told.spec == GroupingSpec((run,), EM_WRONG, embed="words")


def test_each_number_of_a_group_is_a_filter_that_shows_exactly_its_answers(studio, run, book):
    for number, members in kept(studio, book).items():
        assert found(studio, run, f"group:{number}") == members
    words = holding(studio, book, 2)
    assert found(studio, run, 'group:"лишние слова"') == kept(studio, book)[words]
    assert found(studio, run, 'причина:"extra words"') == kept(studio, book)[words]
    assert found(studio, run, "group:none") == [1]
    assert found(studio, run, f"em:0 -group:{words}") == sorted(
        set(range(2, 9)) - set(kept(studio, book)[words])
    )


def test_a_filter_by_group_follows_what_is_done_to_the_groups(studio, run, book):
    number = holding(studio, book, 2)
    before = found(studio, run, f"group:{number}")
    studio.reasons.groups.move(number, [sample(studio, run, 8)])
    assert found(studio, run, f"group:{number}") == sorted([*before, 8])
    studio.reasons.groups.undo(book)
    assert found(studio, run, f"group:{number}") == before


def test_a_group_is_called_by_the_name_that_people_give_it(studio, run, book):
    number = holding(studio, book, 2)
    studio.reasons.groups.rename(number, "  болтает   лишнее ", author="Анна")
    (named,) = [each for each in studio.reasons.groups.kept(book).groups if each.number == number]
    assert named.name == "болтает лишнее"
    assert found(studio, run, 'group:"болтает лишнее"') == kept(studio, book)[number]
    offered = (str(number), f"{number} · болтает лишнее", len(kept(studio, book)[number]))
    for typed in ("group:", "group:лишн", f"group:{number}", 'group:"болтает л'):
        suggestions = studio.queries.complete(run, typed, len(typed)).suggestions
        assert offered in {(each.insert, each.label, each.count) for each in suggestions}, typed
    undo = studio.reasons.groups.kept(book).undo
    assert (undo.action, undo.author, undo.name) == ("rename", "Анна", "болтает лишнее")
    studio.reasons.groups.rename(number, "")
    assert studio.reasons.groups.page(number).group.name == ""


@pytest.mark.parametrize(
    ("name", "code"), [("", "group_name"), ("12", "group_name_number"), ("я" * 81, "group_name")]
)
def test_a_name_that_cannot_be_one_is_refused(studio, book, name, code):
    with pytest.raises(BadInput, match=code):
        studio.reasons.groups.make(book, name)


def test_two_groups_are_not_called_the_same(studio, run, book):
    studio.reasons.groups.make(book, "Формат")
    with pytest.raises(BadInput, match="group_name_taken"):
        studio.reasons.groups.rename(holding(studio, book, 2), "формат")


def test_everything_can_be_taken_back_step_by_step(studio, run, book):
    groups = studio.reasons.groups
    states = [kept(studio, book)]
    first = holding(studio, book, 2)
    groups.make(book, "своя", [sample(studio, run, 6), sample(studio, run, 7)])
    states.append(kept(studio, book))
    other = holding(studio, book, 8)
    groups.merge(first, other)
    states.append(kept(studio, book))
    assert 8 in states[-1][first] and other not in states[-1]
    groups.remove(first)
    assert found(studio, run, "group:none em:0") == states[-1][first]
    assert groups.kept(book).fresh == {run: len(states[-1][first])}
    for before, action in zip(reversed(states), ("remove", "merge", "make"), strict=True):
        assert groups.undo(book).action == action
        assert kept(studio, book) == before
    assert groups.undo(book) is None, "the first grouping stays"


def test_an_edit_that_is_sent_twice_counts_once(studio, run, book):
    for _ in range(2):
        studio.reasons.groups.make(book, "своя", [sample(studio, run, 6)], client_id="a")
    assert [edit.action for edit in studio.reasons.groups.history(book)] == ["make", "group"]


def test_grouping_anew_keeps_what_people_did(studio, run, book):
    groups = studio.reasons.groups
    number = holding(studio, book, 2)
    groups.rename(number, "болтает")
    own = groups.make(book, "спорный эталон", [sample(studio, run, 3)])
    before = kept(studio, book)
    assert group(studio, run) == book
    assert kept(studio, book) == before
    assert groups.page(number).group.name == "болтает"
    (member,) = groups.page(own).members
    assert member.pinned and member.failure.number == 3
    group(studio, run, where="number:3..8 em:0")
    assert sorted(n for members in kept(studio, book).values() for n in members) == [3, 4, 5, 6, 7, 8]
    assert holding(studio, book, 3) == own and holding(studio, book, 5) == number
    group(studio, run, where="number:8")
    assert kept(studio, book)[number] == [], "a name is not lost with its answers"
    assert kept(studio, book)[own] == [3]
    groups.undo(book)
    groups.undo(book)
    assert kept(studio, book) == before


def test_two_groups_that_people_put_together_stay_one(studio, run, book):
    first, other = holding(studio, book, 2), holding(studio, book, 8)
    studio.reasons.groups.merge(first, other)
    before = kept(studio, book)
    group(studio, run)
    assert kept(studio, book) == before


def test_several_runs_have_groups_in_common_and_doors_of_their_own(studio, run, tmp_path):
    second = run_of(studio, tmp_path / "Beasts")
    alone = group(studio, run)
    both = group(studio, run, second)
    assert alone != both and studio.reasons.groups.find([second, run]) == both
    assert studio.reasons.groups.find([run]) == both, "the latest that it is in"
    for each in studio.reasons.groups.kept(both).groups:
        for (of, task), n in each.counts.items():
            assert len(found(studio, of, f"group:{each.number} task:{task}")) == n
    assert {books for books, _ in studio.reasons.groups.books(run)} == {alone, both}


def test_a_grouping_goes_with_the_last_of_its_runs(studio, run, tmp_path):
    second = run_of(studio, tmp_path / "Beasts")
    both = group(studio, run, second)
    studio.delete(second)
    assert studio.reasons.groups.kept(both).spec.runs == (run,)
    studio.delete(run)
    with pytest.raises(BadInput, match="unknown_grouping"):
        studio.reasons.groups.kept(both)


def test_another_answer_is_in_no_group(studio, run, book):
    of, sample_id = sample(studio, run, 2)
    before = kept(studio, book)
    number = holding(studio, book, 2)
    _reask(studio, of, sample_id)
    assert kept(studio, book)[number] == [n for n in before[number] if n != 2]


def _reask(studio, run, sample_id) -> None:
    """A further attempt, as a run that is resumed makes one."""
    with studio._store.db.write() as connection:
        cursor = connection.execute(
            "INSERT INTO generations (run_id, sample_id, attempt, status, text, created_at)"
            " VALUES (?, ?, 9, 'ok', 'иначе', 0)",
            (run, sample_id),
        )
        connection.execute(
            "UPDATE run_samples SET generation_id = ? WHERE run_id = ? AND sample_id = ?",
            (cursor.lastrowid, run, sample_id),
        )


def test_labels_that_show_nothing_new_are_counted_one_by_one(studio, run, book):
    order = [2, 3, 8, 5, 4]
    for number in order:
        studio.labels.label(run, sample(studio, run, number)[1], NewLabel("Анна", "wrong"))
    told = studio.reasons.groups.kept(book)
    assert [each.number for each in told.latest] == order and told.labelled == 5
    seen: set[int] = set()
    for each in told.latest:
        assert each.group == holding(studio, book, each.number)
        assert each.first is (each.group not in seen)
        seen.add(each.group)
    first = [each.first for each in told.latest]
    assert told.quiet == (first[::-1].index(True) if any(first) else 5)


def test_notes_of_others_are_shown_after_ones_own_label(studio, run, book):
    answer = sample(studio, run, 2)
    studio.labels.label(*answer, NewLabel("Анна", "wrong", "болтает"))

    def notes(reviewer):
        page = studio.reasons.groups.page(holding(studio, book, 2), reviewer=reviewer)
        return {one.failure.notes for one in page.members if one.failure.number == 2}

    assert notes("Борис") == {""} and notes("Анна") == {"болтает"}
    studio.labels.label(*answer, NewLabel("Борис", "right", "пусть"))
    assert notes("Борис") == {"болтает · пусть"}


def test_groups_tell_nothing_of_gold_to_who_may_not_see_it(studio, tmp_path):
    secret = run_of(studio, tmp_path / "Secret", access="private")
    book = group(studio, secret)
    number = next(iter(kept(studio, book)))
    studio.reasons.groups.rename(number, "эталон: кот")
    told = studio.reasons.groups.kept(book, VISITOR)
    assert (told.n, told.groups, told.hidden, told.fresh, told.latest) == (0, (), 7, {}, ())
    assert "кот" not in repr(told)
    assert studio.reasons.groups.typical(book, viewer=VISITOR) == {each: () for each in kept(studio, book)}
    assert studio.queries.complete(secret, "group:", 6, VISITOR).suggestions == ()
    with pytest.raises(NotAllowed):
        studio.queue(secret, SampleFilter(where=f"group:{number}"), viewer=VISITOR)
    with pytest.raises(NotAllowed):
        studio.reasons.groups.rename(number, "чужое", viewer=VISITOR)
    with pytest.raises(NotAllowed):
        studio.reasons.start(GroupingSpec((secret,)), viewer=VISITOR)


def test_a_visitor_looks_at_groups_of_anothers_run_and_changes_none(studio, run, book):
    told = studio.reasons.groups.kept(book, VISITOR)
    assert told.n == 7 and not studio.reasons.groups.may_edit(book, VISITOR)
    for act in (
        lambda: studio.reasons.groups.make(book, "своя", viewer=VISITOR),
        lambda: studio.reasons.groups.undo(book, viewer=VISITOR),
        lambda: studio.reasons.groups.merge(told.groups[0].number, told.groups[1].number, viewer=VISITOR),
        lambda: studio.reasons.groups.remove(told.groups[0].number, viewer=VISITOR),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_what_cannot_be_done_is_refused(studio, run, book, tmp_path):
    groups = studio.reasons.groups
    number = holding(studio, book, 2)
    second = run_of(studio, tmp_path / "Beasts")
    with pytest.raises(BadInput, match="group_itself"):
        groups.merge(number, number)
    with pytest.raises(BadInput, match="unknown_group"):
        groups.rename(999, "нет")
    with pytest.raises(BadInput, match="unknown_sample"):
        groups.move(number, [sample(studio, second, 1)])
    with pytest.raises(BadInput, match="no_grouping"):
        groups.need([second])


def test_a_choice_that_keeps_nothing_leaves_the_groups_as_they_were(studio, run, book):
    before = kept(studio, book)
    studio.reasons.start(GroupingSpec((run,), "answer:такогонет"))
    state = studio.reasons.jobs.wait((run,))
    assert state.problem.code == "grouping_empty" and kept(studio, book) == before


def test_the_same_runs_are_grouped_once_at_a_time(studio, run, monkeypatch):
    go_on = threading.Event()
    made = studio.reasons.jobs._make
    monkeypatch.setattr(studio.reasons.jobs, "_make", lambda *asked: go_on.wait(30) and made(*asked))
    studio.reasons.start(GroupingSpec((run,), EM_WRONG))
    with pytest.raises(BadInput, match="grouping_active"):
        studio.reasons.start(GroupingSpec((run,)))
    go_on.set()
    assert studio.reasons.jobs.wait((run,)).kept


def test_a_grouping_that_goes_on_is_stopped_and_the_former_groups_stand(studio, run, book, monkeypatch):
    before, reached, go_on = kept(studio, book), threading.Event(), threading.Event()
    made = studio.reasons.jobs._make

    def slow(spec, viewer, tell):
        reached.set()
        assert go_on.wait(30)
        return made(spec, viewer, tell)

    monkeypatch.setattr(studio.reasons.jobs, "_make", slow)
    studio.reasons.start(GroupingSpec((run,), EM_WRONG, most=2))
    assert reached.wait(30)
    with pytest.raises(NotAllowed, match="groups_not_yours"):
        studio.reasons.stop((run,), Viewer("visitor"))
    studio.reasons.stop((run,))
    go_on.set()
    state = studio.reasons.jobs.wait((run,))
    assert (state.problem.code, state.kept) == ("cancelled", 0) and kept(studio, book) == before
    studio.reasons.stop((run,))  # nothing goes on: nothing to stop
    studio.reasons.start(GroupingSpec((run,), EM_WRONG))
    assert studio.reasons.jobs.wait((run,)).kept == book


def test_a_grouping_that_waits_in_line_is_stopped_there(studio, run, tmp_path, monkeypatch):
    second = run_of(studio, tmp_path / "second")
    reached, go_on = threading.Event(), threading.Event()
    made = studio.reasons.jobs._make
    monkeypatch.setattr(
        studio.reasons.jobs, "_make", lambda *asked: (reached.set(), go_on.wait(30)) and made(*asked)
    )
    studio.reasons.start(GroupingSpec((run,), EM_WRONG))
    assert reached.wait(30)
    studio.reasons.start(GroupingSpec((second,), EM_WRONG))
    studio.reasons.stop((second,))
    assert studio.reasons.jobs.wait((second,)).problem.code == "cancelled"
    go_on.set()
    assert studio.reasons.jobs.wait((run,)).kept


def test_an_answer_knows_its_group_and_the_others(studio, run, book):
    groups = studio.reasons.groups
    assert groups.of(*sample(studio, run, 1)).group is None, "right by both: in none"
    held = holding(studio, book, 2)
    found = groups.of(*sample(studio, run, 2))
    assert (found.book, found.number, found.pinned, found.may_move) == (book, held, False, True)
    assert {each.number for each in found.groups} == set(kept(studio, book))
    other = next(each for each in kept(studio, book) if each != held)
    groups.move(other, [sample(studio, run, 2)])
    moved = groups.of(*sample(studio, run, 2))
    assert (moved.number, moved.pinned) == (other, True)


def test_a_run_that_is_not_grouped_has_no_groups_to_tell(studio, run):
    assert studio.reasons.groups.of(*sample(studio, run, 2)) is None


def test_the_group_of_an_answer_tells_nothing_of_hidden_gold(studio, tmp_path):
    folders = [
        write_task(tmp_path / name, GOLDS, access=access)
        for name, access in (("Open", "public"), ("Secret", "private"))
    ]
    run = ran(studio, "our/model", *folders)
    book = group(studio, run)
    rows = {(row.task, row.key): (run, row.sample_id) for row in studio.queue(run).rows}
    (secret,) = [answer for (task, key), answer in rows.items() if (task, key) == ("Secret", "2")]
    (told,) = [answer for (task, key), answer in rows.items() if (task, key) == ("Open", "2")]
    number = studio.reasons.groups.of(*secret).number
    assert studio.reasons.groups.of(*told).number == number, "the same answer: one group for both tasks"
    studio.reasons.groups.rename(number, "эталон: пёс")
    assert studio.reasons.groups.of(*secret, VISITOR) is None
    seen = studio.reasons.groups.of(*told, VISITOR)
    assert seen.number == number and not seen.may_move and "пёс" not in repr(seen)
    assert studio.reasons.groups.of(*told).group.name == "эталон: пёс" and book == seen.book
