"""The annotator's desk: never more than N answers, never an item twice, nothing lost, nobody stuck."""

import random
import shutil
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from studio.core.errors import BadInput
from studio.core.project import Nothing, Submission
from studio.core.record import Planned
from studio.journal import Writing
from studio.store.database import Database
from tests.people import PROJECT, Desk, desk_maker

MARKER = "секретныйэталон"


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Callable[[], Desk]]:
    """Makes processes of a studio over one home and ends them."""
    make, made = desk_maker(tmp_path, [MARKER, *"12345"]), []

    def one() -> Desk:
        made.append(make())
        return made[-1]

    yield one
    for each in made:
        each.close()


@pytest.fixture
def desk(process: Callable[[], Desk]) -> Desk:
    return process()


def finish(desk: Desk, who: str) -> list[int]:
    """Answers until there is nothing; the items in their order."""
    met = []
    while (asked := desk.at(who).question) is not None:
        met.append(asked.item)
        desk.answer(who)
    return met


def test_everybody_meets_each_question_once_until_it_has_its_answers(desk: Desk) -> None:
    desk.make("а", "б", "в", overlap=2)
    assert sorted(finish(desk, "а")) == [1, 2, 3, 4, 5, 6] == sorted(finish(desk, "б"))
    nothing = desk.at("в").nothing
    assert nothing is not None and nothing.reason == "done"
    assert desk.valid() == dict.fromkeys(range(1, 7), 2)
    progress = desk.at("а").progress
    assert (progress.answered, progress.done, progress.total) == (6, 12, 12)


def test_what_is_left_for_a_person_falls_by_one_with_each_question_of_any_kind(desk: Desk) -> None:
    kinds = {"1": "training", "2": "control"}
    desk.make("а", "б", overlap=1, training=1, pass_mark=0.0, controls=0.9, items=kinds)
    met = []
    while desk.at("а").question is not None:
        progress = desk.at("а").progress
        met.append((progress.trained, progress.answered, progress.left))
        desk.answer("а")
    assert met == [(0, 0, 5), *((1, n, 5 - n) for n in range(5))]
    assert desk.at("а").progress.left == 0


def test_what_somebody_else_holds_or_has_answered_is_not_left(desk: Desk) -> None:
    desk.make("а", "б", overlap=1)
    assert desk.at("а").progress.left == 6 and desk.at("б").progress.left == 5
    desk.answer("б")  # and holds the next
    assert (desk.at("б").progress.left, desk.at("а").progress.left) == (4, 4)


def test_a_reload_shows_the_same_question_with_what_was_typed(desk: Desk) -> None:
    desk.make("а")
    first = desk.at("а").question
    assert first is not None
    assert desk.answering.draft(PROJECT, "а", first.item, 1, "начато", "заметка") == desk.clock[0] + 1800
    again = desk.at("а").question
    assert again is not None and (again.item, again.draft, again.comment) == (first.item, "начато", "заметка")


def test_a_flag_comes_back_with_the_draft_and_with_what_was_taken_back(desk: Desk) -> None:
    """In whatever browser: the server keeps it."""
    desk.make("а")
    first = desk.at("а").question
    assert first is not None and not first.flagged
    desk.answering.draft(PROJECT, "а", first.item, 1, "начато", "", flagged=True)
    again = desk.at("а").question
    assert again is not None and again.flagged
    after = desk.answer("а", "кот", flagged=True).question
    assert after is not None and not after.flagged
    back = desk.answering.undo(PROJECT, "а", "назад").question
    assert back is not None and (back.item, back.draft, back.flagged) == (first.item, "кот", True)


def test_the_last_place_is_for_one_and_the_other_is_told_when_to_come_back(desk: Desk) -> None:
    desk.make("а", "б", overlap=1, items={str(n): "training" for n in range(2, 7)})
    held = desk.at("а").question
    waiting = desk.at("б").nothing
    assert held is not None and waiting is not None
    assert (waiting.reason, waiting.reserved, waiting.retry_at) == ("reserved", 1, desk.clock[0] + 1800)
    desk.clock[0] += 1801
    taken = desk.at("б").question
    assert taken is not None and taken.item == held.item


def test_a_skip_frees_the_place_and_is_never_an_answer(desk: Desk) -> None:
    desk.make("а", "б", overlap=1, items={str(n): "training" for n in range(2, 7)})
    desk.at("а")
    after = desk.skip("а", "mine")
    assert after.nothing is not None and after.nothing.reason == "done" and after.progress.skipped == 1
    assert desk.valid()[1] == 0
    desk.answer("б")
    assert desk.valid()[1] == 1


def test_an_answer_that_comes_after_its_lease_is_kept_and_counts_only_where_a_place_is_free(
    desk: Desk,
) -> None:
    desk.make("а", "б", "в", overlap=1, items={str(n): "training" for n in range(2, 7)})
    late = desk.at("а").question
    assert late is not None
    desk.clock[0] += 1801
    desk.answer("б", "пёс")
    desk.send("а", late.item, "кот", "опоздал")
    said = {each.person: each for each in desk.store.projects.responses(PROJECT)}
    assert said["а"].text == "кот" and not said["а"].counts and said["б"].counts
    assert desk.valid()[1] == 1
    desk.record(Planned("excluded", "lead", PROJECT, {"person": "б"}, {"reason": "спешил"}))
    assert {each.person for each in desk.store.projects.responses(PROJECT) if each.counts} == {"а"}
    desk.record(Planned("readmitted", "lead", PROJECT, {"person": "б"}))
    assert {each.person for each in desk.store.projects.responses(PROJECT) if each.counts} == {"б"}


def test_exclusion_frees_places_for_others_and_stops_the_excluded(desk: Desk) -> None:
    desk.make("а", "б", overlap=1)
    finish(desk, "а")
    nothing = desk.at("б").nothing
    assert nothing is not None and nothing.reason == "done"
    desk.record(Planned("excluded", "lead", PROJECT, {"person": "а"}))
    assert desk.at("б").question is not None
    out = desk.at("а").nothing
    assert out is not None and out.reason == "excluded"


def test_the_same_submission_counts_once_however_often_it_comes(desk: Desk) -> None:
    desk.make("а")
    asked = desk.at("а").question
    assert asked is not None
    standings = [desk.send("а", asked.item, "кот", "один щелчок") for _ in range(3)]
    assert [each.progress.answered for each in standings] == [1, 1, 1]
    assert len({each.question.item for each in standings if each.question}) == 1
    desk.send("а", asked.item, "пёс", "другая вкладка")
    (said,) = desk.store.projects.responses(PROJECT)
    assert said.text == "кот"
    doubled = [each for each in desk.journal.records() if each.kind == "doubled"]
    assert [each.facts["text"] for each in doubled] == ["пёс"], "its words are kept, though they do not count"


def test_five_submissions_can_be_taken_back_the_last_one_first(desk: Desk) -> None:
    desk.make("а")
    met = []
    for n in range(6):
        asked = desk.at("а").question
        assert asked is not None
        met.append(asked.item)
        desk.answer("а", f"ответ {n}")
    for n in range(5, 0, -1):
        back = desk.answering.undo(PROJECT, "а", f"назад {n}").question
        assert back is not None and (back.item, back.draft) == (met[n], f"ответ {n}")
        assert desk.answering.undo(PROJECT, "а", f"назад {n}").question == desk.at("а").question
    state = desk.answering.undo(PROJECT, "а", "дальше некуда")
    assert (state.progress.answered, state.progress.can_undo) == (1, 0) and state.question == desk.at(
        "а"
    ).question
    rows = desk.store.projects.responses(PROJECT)
    assert [each.action for each in rows[:6]] == ["answer"] * 6, "nothing is overwritten"


def test_an_answer_that_was_taken_back_does_not_count_until_it_is_given_again(desk: Desk) -> None:
    desk.make("а", overlap=1)
    asked = desk.at("а").question
    assert asked is not None
    desk.answer("а", "кот")
    assert desk.valid()[asked.item] == 1
    desk.answering.undo(PROJECT, "а", "назад")
    assert desk.valid()[asked.item] == 0
    desk.answer("а", "пёс", client_id="снова")
    assert desk.valid()[asked.item] == 1
    assert [each.text for each in desk.store.projects.responses(PROJECT) if each.counts] == ["пёс"]


def test_nobody_answers_what_he_wrote_himself(desk: Desk) -> None:
    desk.make("а", "б", items={"1": "@а", "2": "@а", "3": "@б"})
    assert sorted(finish(desk, "а")) == [3, 4, 5, 6] and sorted(finish(desk, "б")) == [1, 2, 4, 5, 6]


def test_training_comes_first_and_who_fails_it_does_not_begin(desk: Desk) -> None:
    desk.make("а", "б", training=2, pass_mark=1.0, items={"1": "training", "2": "training"})
    for who, texts in (("а", (MARKER, "1")), ("б", (MARKER, "мимо"))):
        for text in texts:
            asked = desk.at(who).question
            assert asked is not None and asked.training
            desk.answer(who, text)
    begun = desk.at("а").question
    assert begun is not None and not begun.training
    failed = desk.at("б").nothing
    assert failed is not None and failed.reason == "failed_training"
    assert desk.at("б").progress.done == 0, "training is no part of the work"


def test_a_question_of_the_training_whose_time_ran_out_is_not_right_for_anybody(desk: Desk) -> None:
    desk.make("а", training=3, pass_mark=0.6, item_limit_s=60.0, items=dict.fromkeys("123", "training"))
    gold = {n: str(sample.gold) for n, sample in enumerate(desk.task.samples, 1)}
    asked = desk.at("а").question
    assert asked is not None
    told = desk.answer("а", gold[asked.item]).training
    for _ in range(2):
        assert desk.at("а").question is not None
        desk.clock[0] += 75
        last = desk.answer("а", "не успел")
        told = last.training
    assert told is not None and (told.right, told.answered, told.failed) == (1, 3, True)
    assert last.nothing == Nothing("failed_training"), "it is told at once"
    assert desk.at("а").nothing == Nothing("failed_training")


def test_whom_the_training_stopped_a_lead_admits_and_the_journal_has_it(
    process: Callable[[], Desk], tmp_path: Path
) -> None:
    desk = process()
    desk.make("а", training=1, pass_mark=1.0, item_limit_s=60.0, items={"1": "training"})
    desk.answer("а", "мимо")
    assert desk.at("а").nothing == Nothing("failed_training")
    desk.record(Planned("admitted", "lead", PROJECT, {"person": "а"}))
    looked = desk.answering.standing(PROJECT, "а", coming="look")
    assert looked.nothing == Nothing("ready"), "the page notices by itself, and begins no time"
    assert looked.training is not None and looked.training.admitted and not looked.training.failed
    (kept,) = [each for each in desk.journal.records() if each.kind == "admitted"]
    assert kept.facts["before"] == {"admitted_at": None}
    desk.close()
    for path in (tmp_path / "home").glob("studio.sqlite*"):
        path.unlink()
    begun = process().at("а").question
    assert begun is not None and not begun.training, "it is there after a lost disk, too"


def test_controls_and_repeats_come_unmarked_and_controls_once(
    process: Callable[[], Desk], tmp_path: Path
) -> None:
    make = desk_maker(tmp_path / "large", [str(n) for n in range(80)])
    desk = make()
    desk.make("а", controls=0.2, repeats=0.2, items={str(n): "control" for n in range(1, 11)})
    met = Counter(finish(desk, "а"))
    controls = [item for item in met if item <= 10]
    assert 5 <= len(controls) <= 10 and all(met[item] == 1 for item in controls)
    twice = [item for item in met if met[item] == 2]
    assert twice and max(met.values()) == 2 and sum(item > 10 for item in met) == 70
    assert desk.valid()[twice[0]] == 1, "what is said a second time counts for its person's constancy alone"
    desk.close()


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"state": "paused"}, "paused"), ({"state": "closed"}, "closed"), ({"state": "draft"}, "draft")],
)
def test_a_project_that_is_not_open_asks_nothing_and_still_takes_what_was_begun(
    desk: Desk, change: dict[str, str], reason: str
) -> None:
    desk.make("а")
    asked = desk.at("а").question
    assert asked is not None
    desk.record(Planned("project_changed", "lead", PROJECT, change))
    state = desk.send("а", asked.item, "кот", "успел")
    assert state.nothing is not None and state.nothing.reason == reason and state.progress.answered == 1


def test_work_has_its_days(desk: Desk) -> None:
    desk.make("а", opens_at=desk.clock[0] + 60, closes_at=desk.clock[0] + 120)
    early = desk.at("а").nothing
    assert early is not None and (early.reason, early.retry_at) == ("early", desk.clock[0] + 60)
    desk.clock[0] += 61
    assert desk.at("а").question is not None
    desk.clock[0] += 61
    late = desk.at("а").nothing
    assert late is not None and late.reason == "late"


def test_nothing_that_the_desk_says_holds_gold(desk: Desk) -> None:
    desk.make("а")
    said = [repr(desk.at("а"))]
    for _ in range(6):
        said.append(repr(desk.answer("а")))
    assert not any(MARKER in each for each in said)
    columns = desk.store.db.rows("SELECT * FROM desk_samples LIMIT 1")[0]
    assert "gold" not in columns and MARKER not in repr(desk.store.db.rows("SELECT * FROM desk_samples"))


def test_bad_submissions_are_refused_and_change_nothing(desk: Desk) -> None:
    desk.make("а", "б")
    asked = desk.at("а").question
    assert asked is not None
    for given, code in (
        (("", "c"), "empty_answer"),
        (("х" * 100_001, "c"), "long_answer"),
        (("кот", ""), "bad_client_id"),
    ):
        with pytest.raises(BadInput, match=code):
            desk.send("а", asked.item, *given)
    other = desk.at("б").question
    assert other is not None
    with pytest.raises(BadInput, match="not_your_question"):
        desk.send("б", other.item % 6 + 1, "кот", "c")
    with pytest.raises(BadInput, match="unknown_reason"):
        desk.skip("а", "лень")
    with pytest.raises(BadInput, match="unknown_project"):
        desk.answering.standing("нет", "а")
    assert desk.store.projects.responses(PROJECT) == []


def test_twenty_people_at_once_leave_no_item_above_its_overlap(process: Callable[[], Desk]) -> None:
    """Two processes, threads, last places raced for; everybody goes on until there is nothing for him."""
    one = process()
    people = [f"p{n}" for n in range(20)]
    one.make(*people, overlap=3)
    other, errors = process(), []
    said: Counter[str] = Counter()

    def work(desk: Desk, who: str) -> None:
        try:
            said[who] = len(finish(desk, who))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=((one, other)[n % 2], who)) for n, who in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert errors == []
    assert one.valid() == dict.fromkeys(range(1, 7), 3)
    assert sum(said.values()) == 18 == len(one.store.projects.responses(PROJECT))
    pairs = Counter((each.person, each.item) for each in one.store.projects.responses(PROJECT))
    assert max(pairs.values()) == 1 and one.journal.verify() > 18


def test_a_process_that_died_between_journal_and_tables_is_made_good(
    process: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = process()
    desk.make("а")
    asked = desk.at("а").question
    assert asked is not None

    class Died(Exception):
        pass

    keep = Writing.keep

    def kept_and_died(log: Writing) -> None:
        keep(log)
        raise Died

    with monkeypatch.context() as patched:
        patched.setattr(Writing, "keep", kept_and_died)  # the record is on the disk, nothing is committed
        with pytest.raises(Died):
            desk.send("а", asked.item, "кот", "c1")
    assert desk.store.projects.responses(PROJECT) == []
    again = process()
    assert [each.text for each in again.store.projects.responses(PROJECT)] == ["кот"]
    again.send("а", asked.item, "кот", "c1")
    assert len(again.store.projects.responses(PROJECT)) == 1, "the browser's second try is the same answer"


def test_what_fails_before_it_is_on_the_disk_leaves_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.make("а")
    asked = desk.at("а").question
    assert asked is not None

    class Failed(Exception):
        pass

    def fail(*_: object) -> None:
        raise Failed

    last = desk.journal.last()
    with monkeypatch.context() as patched:
        patched.setattr(type(desk.answering), "_take", fail)
        with pytest.raises(Failed):
            desk.send("а", asked.item, "кот", "c1")
    assert desk.journal.last() == last and desk.store.projects.responses(PROJECT) == []
    desk.send("а", asked.item, "кот", "c1")
    assert [each.text for each in desk.store.projects.responses(PROJECT)] == ["кот"]


def test_a_database_that_is_lost_is_made_anew_from_the_journal(process: Callable[[], Desk]) -> None:
    desk = process()
    desk.make("а", "б", "в", overlap=2)
    rng = random.Random(3)
    for n in range(30):
        who = rng.choice("абв")
        if desk.at(who).question is None:
            continue
        act = rng.random()
        if act < 0.7:
            desk.answer(who, f"ответ {n}", f"c{n}", comment="заметка" if n % 3 else "")
        elif act < 0.85:
            desk.skip(who, "unknown", f"c{n}")
        else:
            desk.answering.undo(PROJECT, who, f"c{n}")
    desk.record(Planned("excluded", "lead", PROJECT, {"person": "б"}))
    tables = ("people", "person_roles", "projects", "project_items", "project_people", "responses")
    before = {name: _rows(desk.store.db, name) for name in tables}
    desk.close()
    shutil.move(desk.home / "studio.sqlite", desk.home / "lost.sqlite")
    for rest in desk.home.glob("studio.sqlite-*"):
        rest.unlink()
    again = process()
    assert {name: _rows(again.store.db, name) for name in tables} == before


def _rows(db: Database, table: str) -> list[dict[str, object]]:
    """All but leases, which end with the file, and numbers of this file alone."""
    kept = []
    for row in db.rows(f"SELECT * FROM {table}"):
        kept.append({name: value for name, value in row.items() if name not in {"held", "sample_id"}})
    return kept


def test_the_media_of_the_question_after_come_before_it_and_nothing_is_held_by_looking(desk: Desk) -> None:
    desk.make("а", overlap=1)
    while (asked := desk.at("а").question) is not None:
        held = desk.store.db.scalar("SELECT COUNT(*) FROM turns WHERE state = 'held'")
        ahead = desk.answering.ahead(PROJECT, "а")
        assert desk.store.db.scalar("SELECT COUNT(*) FROM turns WHERE state = 'held'") == held == 1
        after = desk.answer("а").question
        assert ahead == (after.media if after else ())
        assert after is None or after.media != asked.media


def test_after_the_last_training_question_work_is_looked_for_ahead(desk: Desk) -> None:
    desk.make("а", training=1, pass_mark=0.0, items={"1": "training"})
    assert desk.answering.ahead(PROJECT, "а") == (), "nothing is held yet"
    desk.at("а")
    ahead, after = desk.answering.ahead(PROJECT, "а"), desk.answer("а").question
    assert after is not None and not after.training and ahead == after.media


def test_whoever_answers_in_a_second_tab_is_told_that_the_first_counts(desk: Desk) -> None:
    desk.make("а")
    asked = desk.at("а").question
    assert asked is not None
    assert not desk.send("а", asked.item, "кот", "first tab").doubled
    second = desk.send("а", asked.item, "пёс", "second tab")
    assert second.doubled and second.question is not None and second.question.item != asked.item
    assert not desk.send("а", asked.item, "кот", "first tab").doubled, "the same click is no second tab"
    assert [each.text for each in desk.store.projects.responses(PROJECT)] == ["кот"]


def test_an_answer_says_which_instructions_its_person_had_seen(desk: Desk) -> None:
    desk.make("а")
    for version in (1, 2):
        desk.record(Planned("instructed", "lead", PROJECT, {"version": version, "text": "Так."}))
    for given in (1, None, 9, -3):
        desk.answer("а", instructions=given)
    versions = desk.store.db.column("SELECT instructions FROM responses ORDER BY n")
    assert versions == [1, 2, 2, 0]


def test_when_the_time_is_over_what_was_typed_is_kept_and_is_no_answer(desk: Desk) -> None:
    desk.make("а", item_limit_s=60.0)
    asked = desk.at("а").question
    assert asked is not None and asked.ends_at == desk.clock[0] + 60
    desk.clock[0] += 75  # past the leeway: the answer is late, whatever the browser says
    after = desk.answer("а", "почти отв")
    assert after.late and not after.doubled, "and whoever sent it is told so"
    (kept,) = desk.store.projects.responses(PROJECT)
    assert (kept.action, kept.reason, kept.text, kept.counts) == ("skip", "time", "почти отв", False)
    again = desk.send("а", asked.item, "почти отв", f"а-{asked.item}-1")
    assert again.late, "also when the first reply did not reach him"
    assert (after.progress.answered, after.progress.skipped, after.progress.can_undo) == (0, 1, 0)


def test_after_a_question_whose_time_ran_out_the_next_waits_for_its_person(desk: Desk) -> None:
    """However often the page is opened meanwhile, and whatever it sends again: an idle tab loses one question."""
    desk.make("а", item_limit_s=60.0)
    first = desk.at("а").question
    assert first is not None
    desk.clock[0] += 75
    given = Submission(first.item, 1, "skip", "время", "почти", reason="time")
    waiting = [desk.answering.submit(PROJECT, "а", given) for _ in range(2)]
    waiting += [desk.answering.standing(PROJECT, "а", coming=how) for how in ("open", "look")]
    waiting.append(desk.answering.undo(PROJECT, "а", "назад"))
    assert [each.nothing and each.nothing.reason for each in waiting] == ["time_out"] * 5
    assert desk.store.db.scalar("SELECT COUNT(*) FROM turns WHERE state = 'held'") == 0, "nobody waits for it"
    desk.clock[0] += 3600
    asked = desk.answering.standing(PROJECT, "а", coming="go").question
    assert asked is not None and asked.item != first.item and asked.ends_at == desk.clock[0] + 60
    desk.clock[0] += 20
    again = desk.answering.standing(PROJECT, "а", coming="open").question
    assert again is not None and again.ends_at == asked.ends_at, "a reload shows it, and its time goes on"
    assert desk.answer("а").question is not None, "after an answer the next one comes at once"


def test_the_time_for_a_question_begins_when_the_instructions_are_closed(desk: Desk) -> None:
    desk.make("а", item_limit_s=60.0)
    desk.record(Planned("instructed", "lead", PROJECT, {"version": 1, "text": "Так."}))
    for how in ("open", "look", "go"):
        nothing = desk.answering.standing(PROJECT, "а", read=0, coming=how).nothing
        assert nothing is not None and nothing.reason == "instructions"
        desk.clock[0] += 600
    asked = desk.answering.standing(PROJECT, "а", read=1).question
    assert asked is not None and asked.ends_at == desk.clock[0] + 60
    desk.clock[0] += 20
    again = desk.answering.standing(PROJECT, "а", read=0, coming="open").question
    assert again is not None and again.ends_at == asked.ends_at, (
        "what was shown has no more time by saying otherwise"
    )
    desk.record(Planned("instructed", "lead", PROJECT, {"version": 2, "text": "Иначе."}))
    changed = desk.answer("а", instructions=1).nothing
    assert changed is not None and changed.reason == "instructions", (
        "changed ones are read before the next question"
    )
    assert desk.answering.standing(PROJECT, "а", read=2, coming="go").question is not None


def test_a_page_that_looks_by_itself_begins_no_time(desk: Desk) -> None:
    desk.make("а", "б", item_limit_s=60.0)
    desk.record(Planned("project_changed", "lead", PROJECT, {"state": "paused"}))
    assert desk.answering.standing(PROJECT, "а", coming="look").nothing == Nothing("paused")
    desk.record(Planned("project_changed", "lead", PROJECT, {"state": "open"}))
    assert desk.answering.standing(PROJECT, "а", coming="look").nothing == Nothing("ready")
    assert desk.answering.standing(PROJECT, "а", coming="open").question is not None
    assert desk.answering.standing(PROJECT, "а", coming="look").question is not None, "his own is shown"


def test_who_has_no_question_left_is_told_so_and_not_that_the_time_is_over(desk: Desk) -> None:
    desk.make("а", item_limit_s=60.0, items=dict.fromkeys("23456", "training"))
    assert desk.at("а").question is not None
    desk.clock[0] += 75
    assert desk.answer("а").nothing == Nothing("done")


def test_an_answer_on_its_way_when_the_time_ends_still_counts(desk: Desk) -> None:
    desk.make("а", item_limit_s=60.0)
    assert desk.at("а").question is not None
    desk.clock[0] += 65
    after = desk.answer("а", "кот")
    assert after.progress.answered == 1 and not after.late


def test_the_time_for_a_question_goes_on_over_a_reload_and_an_undo(desk: Desk) -> None:
    desk.make("а", item_limit_s=60.0)
    asked = desk.at("а").question
    assert asked is not None
    desk.clock[0] += 20
    again = desk.at("а").question
    assert again is not None and again.ends_at == asked.ends_at
    desk.answer("а", "кот")
    desk.clock[0] += 20
    back = desk.answering.undo(PROJECT, "а", "u1").question
    assert back is not None and (back.item, back.draft, back.ends_at) == (asked.item, "кот", asked.ends_at)
    desk.answer("а", "кит", client_id="again")
    desk.clock[0] += 30  # now its time is over: taking it back would lose the answer
    assert desk.at("а").progress.can_undo == 0
    assert desk.answering.undo(PROJECT, "а", "u2").progress.answered == 1


def test_in_training_people_are_told_right_or_wrong_and_how_far_they_are(desk: Desk) -> None:
    desk.make("а", training=3, pass_mark=0.6, items=dict.fromkeys("123", "training"))
    told = desk.at("а").training
    assert told is not None and (told.answered, told.of, told.last) == (0, 3, None)
    seen = []
    keys = {n: sample.id for n, sample in enumerate(desk.task.samples, 1)}
    for right in (True, False, True):
        asked = desk.at("а").question
        assert asked is not None and asked.training
        gold = next(s.gold for s in desk.task.samples if s.id == keys[asked.item])
        told = desk.answer("а", str(gold) if right else "мимо").training
        assert told is not None
        seen.append(told.last)
        assert MARKER not in repr(told)
    assert seen == [True, False, True] and told is not None and told.over and told.right == 2
    begun = desk.at("а")
    assert begun.question is not None and begun.training is not None and begun.training.last is None


def test_an_answer_that_was_typed_before_the_disk_was_lost_is_taken(
    process: Callable[[], Desk], tmp_path: Path
) -> None:
    """Leases are not in the journal; what is dealt anew is the same question."""
    desk = process()
    desk.make("а", "б")
    for who in "аб":
        desk.answer(who)
    asked = desk.at("а").question
    assert asked is not None
    desk.close()
    for path in (tmp_path / "home").glob("studio.sqlite*"):
        path.unlink()
    again = process()
    again.send("а", asked.item, "набрано раньше", "после потери")
    said = [each.text for each in again.store.projects.responses(PROJECT) if each.person == "а"]
    assert said == ["кот", "набрано раньше"]
    dealt = again.at("б").question
    assert dealt is not None
    met = {each.item for each in again.store.projects.responses(PROJECT) if each.person == "б"} | {dealt.item}
    for item in set(range(1, 8)) - met:
        with pytest.raises(BadInput, match="not_your_question"):
            again.send("б", item, "чужое", f"чужой вопрос {item}")
