"""What may come next, as one types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.query import FIELDS, complete
from studio.texts import CATALOGUE

KNOWN = {
    ("task", ""): [("ruCLEVR", 5), ("WEIRD", 3), ("две части", 1)],
    ("cat", ""): [("kind", None), ("тип вопроса", None)],
    ("cat", "kind"): [("чётный", 3), ("нечётный", 2)],
    ("cell", ""): [("both", 7)],
    ("run", ""): [("gpt 4", None), ("Qwen", None)],
}


def values(field: str, key: str):
    return KNOWN.get((field, key), [])


def offered(text: str, cursor: int | None = None) -> list[str]:
    """Each suggestion as the whole text would be."""
    place = len(text) if cursor is None else cursor
    found = complete(text, place, values)
    return [text[: found.start] + each.insert + text[found.end :] for each in found.suggestions]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("ta", "task:"),
        ("зад", "task:"),
        ("ефы", "task:"),
        ("em:1 jud", "em:1 judge_p>"),
        ("-(le", "-(len>"),
        ("task:we", "task:WEIRD"),
        ("task:WEIRD,ru", "task:WEIRD,ruCLEVR"),
        ("task:дв", 'task:"две части"'),
        ('task:"дв', 'task:"две части"'),
        ("-task:r", "-task:ruCLEVR"),
        ("clev", "task:ruCLEVR"),
        ("cat.", "cat.kind:"),
        ("cat.ти", 'cat."тип вопроса":'),
        ("cat.kind:не", "cat.kind:нечётный"),
        ("cell:js", "cell:js_only"),
        ("order:", "order:number"),
        ("model:q", "model:Qwen≠"),
        ("model:Qwen≠", 'model:Qwen≠"gpt 4"'),
        ("em:≠qw", "em:≠Qwen"),
    ],
)
def test_the_first_suggestion(text: str, first: str) -> None:
    assert offered(text)[0] == first


def test_a_suggestion_replaces_the_word_around_the_cursor() -> None:
    assert offered("task:we em:1", 7)[0] == "task:WEIRD em:1"
    assert offered("task:weird em:1", 6)[0] == "task:WEIRD em:1"


@pytest.mark.parametrize("text", ['"красный ', "text:/шар", "text:кот", "foo:ba"])
def test_nothing_is_offered_where_nothing_is_known(text: str) -> None:
    assert offered(text) == []


def test_counts_come_with_the_values() -> None:
    found = complete("cell:", 5, values).suggestions
    assert [(each.label, each.count) for each in found][:2] == [("both", 7), ("em_only", None)]


def test_everything_that_is_offered_is_explained() -> None:
    for known in FIELDS.values():
        assert f"query.field.{known.name}" in CATALOGUE and f"query.kind.{known.kind}" in CATALOGUE
        assert all(f"query.choice.{known.name}.{choice}" in CATALOGUE for choice in known.choices)


@given(st.text(alphabet='taskem:≠,."«»/()| -cat', max_size=16), st.integers(0, 20))
def test_completion_never_fails(text: str, cursor: int) -> None:
    found = complete(text, cursor, values)
    assert 0 <= found.start <= found.end <= len(text)
