"""Filters in words through the studio's door: what they keep, offer and refuse, and to whom."""

import pytest

from studio.core.errors import NotAllowed, QueryError
from studio.core.run import RunSpec, SampleFilter, Viewer
from tests.people import kept_from
from tests.support import scripted_studio, write_task

VISITOR = Viewer("visitor")
ANSWERS = ["ОТВЕТ кот", "Это пёс сидит тут.", "ОТВЕТ 4"]


@pytest.fixture
def studio(tmp_path):
    studio = scripted_studio(tmp_path, lambda asked: ANSWERS[(asked.key - 1) % 3], data=tmp_path / "data")
    yield studio
    studio.close()


@pytest.fixture
def run(studio, tmp_path) -> str:
    """Six samples, three of a public task and three of a private one."""
    tasks = [
        write_task(tmp_path / name, ["кот", "пёс", "3"], access=access, blue=blue)
        for name, access, blue in (("Open", "public", 120), ("Closed", "private", 60))
    ]
    run_id = studio.start(RunSpec("our/model", tuple(map(str, tasks))))
    studio.wait(run_id, timeout_s=30)
    return run_id


def numbers(studio, run, where, viewer=None) -> list[int]:
    who = {"viewer": viewer} if viewer else {}
    return [row.number for row in studio.queue(run, SampleFilter(where=where), **who).rows]


TELLING = ["em:1", "js:0", "gold:кот", "judge_p>0.5", "cell:both", "-(len>1 OR em:1)", "human:right", "reason:кот",
           "decided:text", "em:≠other", "order:judge_p", "order:informative", "tag:a", "note:a"]  # fmt: skip


@pytest.mark.parametrize("where", TELLING)
def test_a_visitor_cannot_filter_a_private_task_by_what_tells_its_gold(studio, run, where):
    for asked in (
        (where, f"task:closed {where}", f"task:open OR ({where})") if "order" not in where else (where,)
    ):
        with pytest.raises(NotAllowed, match="gold_hidden"):
            studio.queue(run, SampleFilter(where=asked), viewer=VISITOR)
        with pytest.raises(NotAllowed, match="gold_hidden"):
            studio.neighbours(run, SampleFilter(where=asked), 1, VISITOR)
        with pytest.raises(NotAllowed, match="gold_hidden"):
            studio.queries.confusions(run, SampleFilter(where=asked), VISITOR)


def test_a_visitor_filters_public_tasks_and_by_what_is_open(studio, run):
    assert numbers(studio, run, "task:open em:1", VISITOR) == [1]
    assert numbers(studio, run, "task:open gold:пёс", VISITOR) == [2]
    assert numbers(studio, run, "len>15", VISITOR) == [2, 5]
    assert numbers(studio, run, "human:none", VISITOR) == [1, 2, 3, 4, 5, 6]


def test_a_search_of_a_visitor_finds_the_gold_of_public_tasks_alone(studio, run):
    assert numbers(studio, run, "кот") == [1, 4]
    assert numbers(studio, run, "text:/^кот$/") == [1, 4]
    assert numbers(studio, run, "text:/^кот$/", VISITOR) == [1]


def test_an_annotator_searches_questions_alone(studio, run, tmp_path):
    annotator = kept_from(studio, "Анна", str(tmp_path / "Open"))
    assert numbers(studio, run, "сидит") == [2, 5]
    assert numbers(studio, run, "сидит", annotator) == [5]
    assert numbers(studio, run, '"номер 1"', annotator) == [2, 5]
    with pytest.raises(NotAllowed):
        numbers(studio, run, "answer:сидит", annotator)
    with pytest.raises(NotAllowed):
        numbers(studio, run, "len>15", annotator)
    assert numbers(studio, run, "task:closed len>15", annotator) == [5]


def test_the_table_counts_what_a_filter_keeps(studio, run):
    total = studio.queries.confusions(run, SampleFilter(where="task:open em:0"))[-1]
    assert sum(total.counts.values()) == 2 and total.counts["both"] == 0
    assert studio.queries.confusions(run, SampleFilter()) == studio.confusions(run)


def test_selects_and_words_are_one_filter(studio, run):
    chosen = studio.queries.split(run, "task:OPEN cell:both len>3 order:-len")
    assert chosen == SampleFilter(task="Open", cell="both", where="len>3 order:-len")
    assert studio.queries.text(chosen) == "task:Open cell:both len>3 order:-len"
    with pytest.raises(QueryError):
        studio.queries.split(run, "len>")


def offered(studio, run, text, viewer=None) -> list[tuple[str, int | None]]:
    who = {"viewer": viewer} if viewer else {}
    found = studio.queries.complete(run, text, len(text), **who)
    return [(each.insert, each.count) for each in found.suggestions]


def test_completion_knows_the_values_of_the_run(studio, run):
    assert set(offered(studio, run, "task:")) == {("Open", 3), ("Closed", 3)}
    assert ("both", 2) in offered(studio, run, "cell:")
    assert offered(studio, run, "cat.") == [("kind:", None)]
    assert offered(studio, run, "finish:") == [("stop", 6)]
    assert offered(studio, run, "cat.kind:ч") == [("чётный", None), ("нечётный", None)]
    assert offered(studio, run, "em:≠") == [('"our/model"', None)]


def test_completion_tells_a_visitor_no_verdicts(studio, run):
    assert ("both", None) in offered(studio, run, "cell:", VISITOR)
    assert offered(studio, run, "decided:", VISITOR) == []
    assert set(offered(studio, run, "task:", VISITOR)) == {("Open", 3), ("Closed", 3)}
