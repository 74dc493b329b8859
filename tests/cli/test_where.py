"""`--where`: the filter language on the command line."""

import pytest

from tests.cli.test_inspect import run  # noqa: F401


@pytest.mark.parametrize(
    ("where", "numbers"),
    [
        ("em:0 js:1", [2]),
        ("пёс", [2]),
        ("cat.kind:чётный order:-number", [3, 1]),
        ("answer:/сидит|лежит/", [2]),
        ("task:animals -cell:both", [2, 3]),
    ],
)
def test_a_queue_is_filtered_in_words(line, run, where, numbers):  # noqa: F811
    found = line.on("queue", run, "--where", where, "--json").json
    assert [row["number"] for row in found["samples"]] == numbers
    assert found["total"] == len(numbers)


def test_options_and_words_are_one_filter(line, run):  # noqa: F811
    found = line.on("queue", run, "--cell", "js_only", "--where", "len>3", "--json").json
    assert (found["total"], found["where"]) == (1, "cell:js_only len>3")


def test_a_wrong_filter_is_shown_with_its_place(line, run):  # noqa: F811
    done = line.on("queue", run, "--where", "em:1 tsk:a")
    assert done.code == 2 and "«task»" in done.err and "em:1 >>>tsk<<<:a" in done.err
    problem = line.on("queue", run, "--where", "em:1 tsk:a", "--json").json["error"]
    assert (problem["code"], problem["values"]["start"], problem["values"]["end"]) == (
        "query_field_like",
        5,
        8,
    )
    assert problem["values"]["suggestion"] == "task"


def test_the_table_counts_what_a_filter_keeps(line, run):  # noqa: F811
    total = line.on("confusion", run, "--where", "em:0", "--json").json["total"]
    assert (total["both"], total["js_only"], total["neither"]) == (0, 1, 1)


def test_a_sample_is_shown_by_its_place_among_those_kept(line, run):  # noqa: F811
    assert line.on("show", run, "1", "--where", "em:0", "--json").json["number"] == 2
    done = line.on("show", run, "3", "--where", "em:0")
    assert done.code == 2 and "2" in done.err
