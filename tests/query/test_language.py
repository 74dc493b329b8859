"""The language of filters: what its words mean, and that its canonical text means the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.core.run import SampleFilter
from studio.query import FIELDS, canonical, confined_to, joined, parse, split, tells
from studio.query.fields import choice_named, field_named
from studio.query.tree import (
    And,
    Anything,
    Apart,
    Comparison,
    Glob,
    Node,
    Not,
    Nothing,
    Number,
    Or,
    Order,
    Pattern,
    Query,
    Range,
    Term,
    Whole,
    Word,
    all_of,
    any_of,
    none_of,
)

SAYS = [
    ("task:ruclevr", Term("task", (Word("ruclevr"),))),
    ("task:a,b", Term("task", (Word("a"), Word("b")))),
    ("task:ru*", Term("task", (Glob("ru*"),))),
    ('task:"ru*"', Term("task", (Word("ru*"),))),
    ("em:0", Term("em", (Word("0"),))),
    ("em:верно", Term("em", (Word("1"),))),
    ("em=0.5", Term("em", (Number(0.5),))),
    ("em:none", Term("em", (Nothing(),))),
    ("judge_p<0.6", Comparison("judge_p", "<", 0.6)),
    ("judge_p:<0.6", Comparison("judge_p", "<", 0.6)),
    ("judge_p≤.6", Comparison("judge_p", "<=", 0.6)),
    ("len > 200", Comparison("len", ">", 200)),
    ("len:10..200", Term("len", (Range(10, 200),))),
    ("len:..200", Term("len", (Range(None, 200),))),
    ("prompt:3,5", Term("prompt", (Number(3), Number(5)))),
    ("finish!=length", Not(Term("finish", (Word("length"),)))),
    ('tag:"формат"', None),
    ("text:/шар|куб/", Term("text", (Pattern("шар|куб"),))),
    (r"/a\/b/", Term("text", (Pattern("a/b"),))),
    ("кот", Term("text", (Word("кот"),))),
    ("«красный куб»", Term("text", (Word("красный куб"),))),
    ('"сказал \\"да\\""', Term("text", (Word('сказал "да"'),))),
    ("answer=да", Whole("answer", (Word("да"),))),
    ("answer:*", Term("answer", (Anything(),))),
    ("model:a≠b", Term("model", (Apart("a", "b"),))),
    ("model:a!=b", Term("model", (Apart("a", "b"),))),
    ("em:≠b", Term("em", (Apart("", "b"),))),
    ("model:a=b", Term("model", (Apart("a", "b", same=True),))),
    ('model:vllm:Qwen/Q-2≠"c d"', Term("model", (Apart("vllm:Qwen/Q-2", "c d"),))),
    ("answer:x=5", Term("answer", (Word("x=5"),))),
    ("cat.kind:чётный", Term("cat", (Word("чётный"),), "kind")),
    ('cat."тип вопроса":место', Term("cat", (Word("место"),), "тип вопроса")),
    ("a b", And((Term("text", (Word("a"),)), Term("text", (Word("b"),))))),
    ("a AND b", And((Term("text", (Word("a"),)), Term("text", (Word("b"),))))),
    ("a | b", Or((Term("text", (Word("a"),)), Term("text", (Word("b"),))))),
    ("a|b", Or((Term("text", (Word("a"),)), Term("text", (Word("b"),))))),
    ("a ИЛИ b", Or((Term("text", (Word("a"),)), Term("text", (Word("b"),))))),
    ("-a", Not(Term("text", (Word("a"),)))),
    ("НЕ a", Not(Term("text", (Word("a"),)))),
    ("NOT (a OR b)", Not(Or((Term("text", (Word("a"),)), Term("text", (Word("b"),)))))),
    ("--a", Term("text", (Word("a"),))),
    ("12:30", Term("text", (Word("12:30"),))),
    ("2+2=4", Term("text", (Word("2+2=4"),))),
    ("<b>", Term("text", (Word("<b>"),))),
    ("-", Term("text", (Word("-"),))),
    ("или", Term("text", (Word("или"),))),
]


@pytest.mark.parametrize(
    ("text", "node"), [each for each in SAYS if each[1]], ids=lambda value: str(value)[:40]
)
def test_a_filter_says(text: str, node: Node) -> None:
    assert parse(text) == Query(node)


def test_side_by_side_binds_closer_than_or() -> None:
    a, b, c = (Term("text", (Word(word),)) for word in "abc")
    assert parse("a b OR c").node == Or((And((a, b)), c))
    assert parse("a (b OR c)").node == And((a, Or((b, c))))


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("order:informative", Order("informative")),
        ("em:0 order:-len", Order("len", descending=True)),
        ("порядок:длина-desc кот", Order("len", descending=True)),
        ("order:judge_p", Order("judge_p")),
        ("order:number", Order()),
    ],
)
def test_an_order_is_for_the_whole_filter(text: str, order: Order) -> None:
    assert parse(text).order == order


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("задача:weird", "task:weird"),
        ("судья:1 длина>200", "js:1 len>200"),
        ("ЗАДАЧА:weird", "task:weird"),
        ("ефылЖкгсдумк", "task:ruclevr"),
        ("дутЮ200", "len>200"),
        ("pflfxf:weird", "task:weird"),
        ("человек:верно", "human:right"),
    ],
)
def test_russian_names_and_the_wrong_layout_are_understood(said: str, meant: str) -> None:
    assert canonical(parse(said)) == meant


def test_no_two_fields_share_a_name() -> None:
    for known in FIELDS.values():
        assert field_named(known.name) is known
    names = [name for known in FIELDS.values() for name in (known.name, *known.also)]
    shared = {name for name in names if names.count(name) > 1}
    assert not shared
    for known in FIELDS.values():
        assert all(choice_named(known, choice) == choice for choice in known.choices)


@pytest.mark.parametrize("known", FIELDS.values(), ids=FIELDS)
def test_the_example_of_a_field_is_a_filter_by_it(known) -> None:
    query = parse(known.example)
    assert canonical(query) == known.example or known.kind == "verdict"
    assert parse(canonical(query)) == query


# --- text and tree are two forms of one thing

words = st.text(min_size=1, max_size=12).filter(lambda text: text.strip())
reals = st.one_of(
    st.integers(-1000, 10**6).map(float), st.decimals(-5, 5, places=4).map(float).map(lambda n: n + 0.0)
)
shares = st.decimals(0, 1, places=4).map(float)
signs = st.sampled_from(["<", "<=", ">", ">="])


def ranges(ends: tuple[float, float]) -> Range:
    return Range(min(ends), max(ends))


def values(name: str) -> st.SearchStrategy:
    known = FIELDS[name]
    numbers = shares if known.share else reals
    choices = st.sampled_from([Word(choice) for choice in known.choices] or [Word("x")])
    kinds = {
        "name": st.one_of(
            words.map(Word),
            st.sampled_from(["ru*", "*a", "a*b*"]).map(Glob),
            st.sampled_from(["a/b", r"\\", "[а-я]+", r"\/x".replace(r"\/", "/")]).map(Pattern),
            st.just(Nothing()),
            st.just(Anything()),
        ),
        "choice": st.one_of(choices, st.just(Nothing()), st.just(Anything())),
        "flag": choices,
        "number": st.one_of(numbers.map(Number), st.tuples(numbers, numbers).map(ranges), st.just(Nothing())),
        "verdict": st.one_of(choices, st.builds(Apart, words, words, st.booleans())),
        "text": st.one_of(words.map(Word), st.just(Pattern("a|b/c")), st.just(Anything())),
        "runs": st.builds(Apart, st.one_of(words, st.just("")), words, st.booleans()),
    }
    return kinds[known.kind]


def term(name: str) -> st.SearchStrategy:
    several = st.lists(values(name), min_size=1, max_size=3, unique=True).map(tuple)
    key = words if name == "cat" else st.just("")
    return st.builds(Term, st.just(name), several, key)


leaf = st.one_of(
    st.sampled_from([name for name in FIELDS if name != "order"]).flatmap(term),
    st.builds(Comparison, st.just("len"), signs, reals),
    st.builds(Comparison, st.sampled_from(["judge_p", "em"]), signs, shares),
    st.builds(
        Whole,
        st.sampled_from(["answer", "gold"]),
        st.lists(words.map(Word), min_size=1, max_size=2, unique=True).map(tuple),
    ),
)
trees = st.recursive(
    leaf,
    lambda inner: st.one_of(
        inner.map(none_of),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: all_of(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: any_of(tuple(parts))),
    ),
    max_leaves=6,
)
orders = st.builds(Order, st.sampled_from(list(FIELDS["order"].choices)), st.booleans())
queries = st.builds(Query, st.one_of(st.none(), trees), orders)


@settings(max_examples=600)
@given(queries)
def test_the_canonical_text_of_a_tree_is_read_as_that_tree(query: Query) -> None:
    assert parse(canonical(query)) == query


@settings(max_examples=400)
@given(st.text(alphabet='ab кЖ:<>=≠!,()|/"«»\\-*.10emtask', max_size=24))
def test_whatever_is_typed_is_read_or_refused_with_a_place(text: str) -> None:
    from studio.core.errors import QueryError

    try:
        query = parse(text)
    except QueryError as error:
        start, end = error.place
        assert 0 <= start <= end <= len(text)
        return
    assert parse(canonical(query)) == query


# --- the selects of a page and the text in its box

TASKS, CATEGORIES = ("ruCLEVR", "WEIRD"), ("kind=чётный",)


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("", SampleFilter()),
        ("task:ruclevr", SampleFilter(task="ruCLEVR")),
        ("task:нет", SampleFilter(where="task:нет")),
        ("task:a,b len>5", SampleFilter(where="task:a,b len>5")),
        ("cell:js_only кот", SampleFilter(cell="js_only", where="кот")),
        ("truncated:1", SampleFilter(cell="truncated")),
        ("cat.kind:чётный", SampleFilter(category="kind=чётный")),
        ("cell:both cell:neither", SampleFilter(cell="both", where="cell:neither")),
        ("-cell:both", SampleFilter(where="-cell:both")),
        ("cell:both OR len>5", SampleFilter(where="cell:both OR len>5")),
        ("cell:both order:-len", SampleFilter(cell="both", where="order:-len")),
    ],
)
def test_selects_take_the_plainest_terms_out_of_the_text(text: str, chosen: SampleFilter) -> None:
    assert split(text, TASKS, CATEGORIES) == chosen
    again = joined(chosen)
    assert split(again, TASKS, CATEGORIES) == chosen


def test_a_filter_of_every_shortcut_is_one_text() -> None:
    chosen = SampleFilter("ruCLEVR", "disagree", "красный куб", "kind=чётный", "len>5 OR em:1 ")
    assert joined(chosen) == 'task:ruCLEVR cell:disagree cat.kind:чётный "красный куб" (len>5 OR em:1)'


# --- what a filter would tell


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("кот", set()),
        ("question:кот task:a prompt:3", set()),
        ("em:1", {"gold"}),
        ("-(len>5 OR em:1)", {"gold", "answer"}),
        ("cell:failed", set()),
        ("cell:failed,both", {"gold"}),
        ("gold:кот", {"gold"}),
        ("answer:≠b", {"gold"}),
        ("order:judge_p", {"gold"}),
        ("order:informative", {"gold"}),
        ("len>5", {"answer"}),
        ("failed:1", set()),
    ],
)
def test_a_filter_tells(text: str, told: set[str]) -> None:
    assert tells(parse(text)) == told


def test_a_filter_is_confined_to_the_tasks_that_all_it_keeps_must_have() -> None:
    assert confined_to(parse("task:ruCLEVR,b em:1")) == {"ruclevr", "b"}
    for text in ("em:1", "task:a OR em:1", "-task:a em:1", "task:a* em:1"):
        assert confined_to(parse(text)) is None
