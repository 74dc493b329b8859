"""A filter that cannot be read is explained: what, where, and what was probably meant."""

import re
from pathlib import Path

import pytest

from studio.core.errors import QueryError
from studio.query import parse
from studio.texts import CATALOGUE, LANGS, describe

WRONG = [
    ("tsk:a", "field_like", "tsk", "task"),
    ("em:1 zzz:a", "field_unknown", "zzz", None),
    ("em:", "value_missing", "em:", None),
    ("task:a, b", "value_missing", "task:a,", None),
    ("em:foo", "choice_unknown", "foo", None),
    ("human:rigth", "choice_like", "rigth", "right"),
    ("cell:bot", "choice_like", "bot", "both"),
    ("len:a", "number", "a", None),
    ("len<0,6", "list_sign", "0,6", None),
    ("em:2", "share", "2", None),
    ("a js:-1", "share", "-1", None),
    ("em:0,2", "share", "2", None),
    ("judge_p:0.4..4", "share", "0.4..4", None),
    ("em>=2", "share", "2", None),
    ("len:5..2", "range", "5..2", "2..5"),
    ("finish<3", "sign", "finish<3", None),
    ("(a OR b", "bracket_open", "(", None),
    ("a) b", "bracket_close", ")", None),
    ("a OR", "part_missing", "OR", None),
    ("OR a", "part_missing", "OR", None),
    ("a AND", "part_missing", "AND", None),
    ("()", "part_missing", ")", None),
    ('a "b c', "quote_open", '"b c', None),
    ("text:/a", "pattern_open", "/a", None),
    ("text://", "pattern_empty", "//", None),
    ("text:/(/", "pattern_broken", "/(/", None),
    ("len:/5/", "pattern_here", "/5/", None),
    ("answer=/да/", "whole", "/да/", None),
    ("model:a", "runs", "a", None),
    ("model:a≠", "runs", "a≠", None),
    ("cat:a", "category_key", "cat:", None),
    ("a OR order:len", "order_inside", "order:len", None),
    ("order:len OR a", "order_inside", "order:len", None),
    ("-order:len", "order_inside", "order:len", None),
    ("(a order:len)", "order_inside", "order:len", None),
    ("order:len order:number", "order_twice", "order:number", None),
    ("order:foo", "choice_unknown", "foo", None),
]


@pytest.mark.parametrize(("text", "code", "word", "suggestion"), WRONG, ids=[each[0] for each in WRONG])
def test_a_wrong_filter_names_its_place(text: str, code: str, word: str, suggestion: str | None) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    values = caught.value.problem.values
    start, end = caught.value.place
    assert (caught.value.problem.code, text[start:end]) == (f"query_{code}", word)
    assert values.get("suggestion") == suggestion
    for lang in LANGS:
        told = describe(caught.value, lang)
        assert "{" not in told and (suggestion is None or suggestion in told)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a" * 3000, "long"),
        ("a " * 101, "many"),
        ("(" * 31 + "a" + ")" * 31, "deep"),
        ("text:/" + "a" * 201 + "/", "pattern_long"),
    ],
)
def test_a_filter_has_limits(text: str, code: str) -> None:
    with pytest.raises(QueryError, match=f"query_{code}"):
        parse(text)


def test_every_complaint_has_its_words() -> None:
    folder = Path(__file__).parents[2] / "studio" / "query"
    source = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    codes = set(re.findall(r'wrong\(\s*"(\w+)"', source)) | set(re.findall(r'_wrong\("(\w+)"', source))
    codes |= set(re.findall(r'BadInput\("query_(\w+)"', source))
    assert len(codes) > 20 and not {code for code in codes if f"error.query_{code}" not in CATALOGUE}
