"""A filter keeps exactly the samples that it speaks of, beside other runs, labels and tasks that hide something."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.core.engine import Completion
from studio.core.errors import BadInput, Problem
from studio.core.judge import JudgeCall, Verdict
from studio.core.label import NewLabel
from studio.core.outcome import Score
from studio.core.run import RunSpec, SampleFilter
from studio.query import parse, tree
from studio.store import Store
from studio.store.answers import Answered
from studio.store.lists import ORDER_RESTS_S, Lists
from studio.store.sight import Sight
from studio.tasks import load_folder
from tests.support import write_task

TEXTS = ["Ёжик в тумане", "кот\nи пёс", '"кавычки" 100%', "да", "", "красный шар", "Красный  ШАР", "x" * 300]
N = 20  # samples of a task


def sample_of(number: int) -> dict[str, Any]:
    """What sample `number` of the run is by the rules below."""
    task, place = ("A", number) if number <= N else ("B", number - N)
    answered, failed = number % 10 != 0, number % 10 == 5
    scored = answered and not failed
    label = number % 3 == 0 if scored and number % 11 else None
    return {
        "number": number,
        "task": task,
        "kind": "чётный" if place % 2 else "нечётный",
        "question": f"что на картинке номер {place - 1}?",
        "gold": f"эталон{place}",
        "key": str(place),
        "answer": TEXTS[number % 8] if scored else None,
        "em": float(number % 2) if scored else None,
        "p": (number % 7) / 7 if label is not None else None,
        "js": float(label) if label is not None else None,
        "state": "failed" if failed else "answered" if answered else "pending",
        "finish": "length" if number % 4 == 0 else "stop",
        "decided": "letter" if number % 4 == 1 else "text",
        "reason": "Порядок слов другой" if label is not None and number % 6 == 0 else "",
        "other": float(number % 3 == 0) if scored else None,
        "human": {1: "right", 2: "wrong"}.get(number),
    }


SAMPLES = [sample_of(number) for number in range(1, 2 * N + 1)]


def fill(store: Store, folder) -> None:
    pairs = []
    for name in ("A", "B"):
        task = load_folder(write_task(folder / name, [f"Эталон{n}" for n in range(1, N + 1)]), "test")
        ids = list(store.tasks.save(task).values())
        task_id = store.tasks.samples(ids[:1])[0].task_id
        pairs += [(sample_id, task_id) for sample_id in ids]
    for run_id, model in (("r2", "org/Other"), ("r1", "org/Mine")):
        store.runs.create(run_id, "model", RunSpec(model, ("A", "B")), title="")
        store.runs.plan(run_id, pairs, ["A", "B"])
        for (sample_id, _), said in zip(pairs, SAMPLES, strict=True):
            store.answers.record(run_id, list(answered(run_id, sample_id, said)))
    for item in store.answers.unjudged("r1", 1000):
        said = SAMPLES[[pair[0] for pair in pairs].index(item.sample_id)]
        calls = (JudgeCall("full", said["p"], said["js"], "0" * 64, reason=said["reason"]),)
        label = None if said["js"] is None else int(said["js"])
        problem = Problem("no_gold") if label is None else None
        store.answers.judged("r1", "j@1", [(item, Verdict(label, said["p"], calls, problem))])
    for run_id in ("r1", "r2"):
        store.runs.finish(run_id, "done")
    for place, (verdict, tags, note) in enumerate([("right", ("формат",), "Опечатка"), ("wrong", (), "")]):
        store.labels.add(
            "r1", pairs[place][0], NewLabel("Анна", verdict, note=note, tags=tags, client_id=verdict)
        )


def answered(run_id: str, sample_id: int, said: dict[str, Any]):
    if said["state"] == "failed":
        yield Answered(sample_id, Problem("no_answer"), None)
    elif said["state"] == "answered":
        value = said["em"] if run_id == "r1" else said["other"]
        text = said["answer"] if run_id == "r1" or said["number"] % 5 else "иначе"
        em = Score("em", "studio-1", "scored", value, detail={"decided": said["decided"]})
        completion = Completion(text, said["finish"], 1, said["number"], 0.0, said["number"] / 10)
        yield Answered(sample_id, completion, em)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("query")
    store = Store(folder / "s.sqlite")
    fill(store, folder)
    yield store
    store.close()


def numbers(store: Store, where: str, **more: Any) -> list[int]:
    page = store.queues.page("r1", SampleFilter(where=where), 0, 500, **more)
    assert page.total == len(page.rows)
    return [row.number for row in page.rows]


Holds = Callable[[dict[str, Any]], Any]


def said(text: str) -> Holds:
    return lambda s: text in (s["answer"] or "").casefold().replace("ё", "е")


KEEPS: list[tuple[str, Holds]] = [
    ("task:a", lambda s: s["task"] == "A"),
    ("task:A,b", lambda s: True),
    ("task:*", lambda s: True),
    ("task:/^[bc]$/", lambda s: s["task"] == "B"),
    ("task:нет_такой", lambda s: False),
    ("split:test", lambda s: True),
    ("modality:image", lambda s: True),
    ("modality:audio,video", lambda s: False),
    ("type:short", lambda s: True),
    ("prompt:none", lambda s: True),
    ("prompt:1", lambda s: False),
    ("em:1", lambda s: s["em"] == 1),
    ("em:0", lambda s: s["em"] == 0),
    ("em:none", lambda s: s["em"] is None),
    ("em:*", lambda s: s["em"] is not None),
    ("em<0.5", lambda s: s["em"] == 0),
    ("js:1 em:0", lambda s: s["js"] == 1 and s["em"] == 0),
    ("judge_p<0.5", lambda s: s["p"] is not None and s["p"] < 0.5),
    ("-judge_p<0.5", lambda s: not (s["p"] is not None and s["p"] < 0.5)),
    ("judge_p:0.2..0.5", lambda s: s["p"] is not None and 0.2 <= s["p"] <= 0.5),
    ("cell:disagree", lambda s: s["js"] is not None and s["em"] != s["js"]),
    ("cell:failed,pending", lambda s: s["state"] != "answered"),
    ("human:right", lambda s: s["human"] == "right"),
    ("human:none", lambda s: s["human"] is None),
    ("human:*", lambda s: s["human"]),
    ("tag:формат", lambda s: s["number"] == 1),
    ("tag:фор*", lambda s: s["number"] == 1),
    ("tag:none", lambda s: s["number"] != 1),
    ("note:опечат", lambda s: s["number"] == 1),
    ("note:/^опеч.тка$/", lambda s: s["number"] == 1),
    ("note=опечат", lambda s: False),
    ("note=ОПЕЧАТКА", lambda s: s["number"] == 1),
    ("reviewer:анна", lambda s: s["number"] in {1, 2}),
    ("-reviewer:анна", lambda s: s["number"] not in {1, 2}),
    ("draw:1", lambda s: False),
    ("answer:ЁЖИК", said("ежик")),
    ("answer:кот,кавычки", lambda s: said("кот")(s) or said("кавычки")(s)),
    ("answer:да", said("да")),
    ("answer=ДА", lambda s: s["answer"] == "да"),
    ('answer="красный шар"', lambda s: (s["answer"] or "").casefold().split() == ["красный", "шар"]),
    ('answer=""', lambda s: s["answer"] == ""),
    ("answer:*", lambda s: s["answer"]),
    ("answer:/крас.ый|ежик/", lambda s: said("красный")(s) or said("ежик")(s)),
    ("answer:/ежик|кавычки/", lambda s: said("ежик")(s) or said("кавычки")(s)),
    ("answer:/^x+$/", lambda s: s["answer"] == "x" * 300),
    ("-answer:/x/ task:b", lambda s: s["task"] == "B" and not said("x")(s)),
    ("question:/номер [12]\\?/", lambda s: s["question"].endswith((" 1?", " 2?"))),
    ("номер", lambda s: True),
    ("эталон7", lambda s: s["gold"] == "эталон7"),
    ("gold=эталон7", lambda s: s["gold"] == "эталон7"),
    ("gold=эталон", lambda s: False),
    ("gold:/^эталон1?3$/", lambda s: s["gold"] in {"эталон3", "эталон13"}),
    ("text:/эталон7|ежик/", lambda s: s["gold"] == "эталон7" or said("ежик")(s)),
    ("reason:порядок", lambda s: s["reason"]),
    ("reason:*", lambda s: s["reason"]),
    ("decided:letter", lambda s: s["em"] is not None and s["decided"] == "letter"),
    ("decided:le*", lambda s: s["em"] is not None and s["decided"] == "letter"),
    ("len>200", lambda s: len(s["answer"] or "") > 200),
    ("len:0", lambda s: s["answer"] == ""),
    ("len:none", lambda s: s["answer"] is None),
    ("finish:length", lambda s: s["em"] is not None and s["finish"] == "length"),
    ("finish≠length", lambda s: not (s["em"] is not None and s["finish"] == "length")),
    ("truncated:1", lambda s: s["em"] is not None and s["finish"] == "length"),
    ("truncated:0", lambda s: not (s["em"] is not None and s["finish"] == "length")),
    ("tokens:3..8", lambda s: s["em"] is not None and 3 <= s["number"] <= 8),
    ("latency>=2", lambda s: s["em"] is not None and s["number"] >= 20),
    ("state:failed", lambda s: s["state"] == "failed"),
    ("failed:1", lambda s: s["state"] == "failed"),
    ("unscored:1", lambda s: s["state"] == "answered" and s["js"] is None),
    ("cat.kind:чётный", lambda s: s["kind"] == "чётный"),
    ("cat.KIND:/^не/", lambda s: s["kind"] == "нечётный"),
    ("cat.kind:none", lambda s: False),
    ("cat.нет:*", lambda s: False),
    ("number:3..5,9", lambda s: s["number"] in {3, 4, 5, 9}),
    ("key:1*", lambda s: s["key"].startswith("1")),
    ("key:/^.$/", lambda s: len(s["key"]) == 1),
    ("em:≠other", lambda s: s["em"] is not None and s["em"] != s["other"]),
    ("em:r1≠r2", lambda s: s["em"] is not None and s["em"] != s["other"]),
    ("em:r2≠mine", lambda s: s["em"] is not None and s["em"] != s["other"]),
    ("em:mine=org/other", lambda s: s["em"] is not None and s["em"] == s["other"]),
    ("js:≠r2", lambda s: False),
    ("answer:≠other", lambda s: s["em"] is not None and s["number"] % 5 == 0),
    ("model:≠other", lambda s: s["em"] is not None and (s["em"] != s["other"] or s["number"] % 5 == 0)),
    ("task:a OR (em:1 len>200)", lambda s: s["task"] == "A" or (s["em"] == 1 and len(s["answer"]) > 200)),
]


@pytest.mark.parametrize(("where", "holds"), KEEPS, ids=[where for where, _ in KEEPS])
def test_a_filter_keeps_what_it_says(store, where, holds):
    assert numbers(store, where) == [s["number"] for s in SAMPLES if holds(s)]


some = st.sampled_from(KEEPS)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(some, some, some, st.sampled_from(["{0} {1}", "{0} OR {1}", "-({0} {1}) {2}", "{2} ({0} OR -({1}))"]))
def test_filters_combine_as_logic_does(store, a, b, c, form):
    by_form: dict[str, Holds] = {
        "{0} {1}": lambda s: a[1](s) and b[1](s),
        "{0} OR {1}": lambda s: a[1](s) or b[1](s),
        "-({0} {1}) {2}": lambda s: not (a[1](s) and b[1](s)) and c[1](s),
        "{2} ({0} OR -({1}))": lambda s: c[1](s) and (a[1](s) or not b[1](s)),
    }
    where = form.format(*(f"({each[0]})" for each in (a, b, c)))
    assert numbers(store, where) == [s["number"] for s in SAMPLES if by_form[form](s)]


def test_an_unknown_run_is_named_and_the_nearest_suggested(store):
    with pytest.raises(BadInput, match=r"query_run_like.*org/Other"):
        numbers(store, "em:≠othr")
    with pytest.raises(BadInput, match="query_run_unknown"):
        numbers(store, "em:≠совсем_другой")


# --- what is hidden is told by nothing


HIDDEN = Sight(no_gold=frozenset("A"), no_answers=frozenset("A"))
TELLING = [where for where, _ in KEEPS if "task" not in where]


@pytest.mark.parametrize("where", TELLING)
def test_what_is_hidden_is_the_same_for_all_samples_of_the_task(store, where):
    """All that a filter may tell of task A is what its questions and the state of its samples tell."""
    open_fields = {"number", "key", "cat", "question", "text", "state", "failed", "unscored", "human", "draw", "prompt",
                   "modality", "split", "type", "cell", "truncated"}  # fmt: skip
    node = parse(where).node
    if {leaf.field for leaf in tree.leaves(node)} & open_fields:
        return
    kept = [n for n in numbers(store, where, sight=HIDDEN) if n <= N]
    assert kept in ([], list(range(1, N + 1)))


def test_text_is_searched_where_it_may_be_seen(store):
    assert numbers(store, "эталон7", sight=HIDDEN) == [N + 7]
    assert all(n > N for n in numbers(store, "ежик", sight=HIDDEN))
    assert numbers(store, '"номер 3"', sight=HIDDEN) == [4, N + 4]
    assert all(n > N for n in numbers(store, "text:/еж.к/", sight=HIDDEN))


@pytest.mark.parametrize("order", ["judge_p", "-judge_p", "len", "informative"])
def test_an_order_does_not_tell_what_is_hidden(store, order):
    kept = [n for n in numbers(store, f"order:{order} state:answered", sight=HIDDEN) if n <= N]
    assert kept == sorted(kept)


# --- orders


def by(key: Callable[[dict[str, Any]], Any]) -> list[int]:
    return [s["number"] for s in sorted(SAMPLES, key=key)]


def test_orders_by_a_number_leave_what_is_unknown_to_the_end(store):
    big = 10**6
    assert numbers(store, "order:judge_p") == by(lambda s: (s["p"] is None, s["p"] or 0, s["number"]))
    assert numbers(store, "order:-judge_p") == by(lambda s: (s["p"] is None, -(s["p"] or 0), s["number"]))
    length = {s["number"]: big if s["answer"] is None else len(s["answer"]) for s in SAMPLES}
    assert numbers(store, "order:len") == by(lambda s: (length[s["number"]], s["number"]))
    assert numbers(store, "order:-number task:b") == list(range(2 * N, N, -1))


def informative(s: dict[str, Any]) -> tuple[bool, bool, float, int]:
    near = 0.0 if s["p"] is None else round(1 - 2 * abs(s["p"] - 0.5), 6)
    apart = s["js"] is not None and s["em"] != s["js"]
    models = s["em"] is not None and s["em"] != s["other"]
    return (s["state"] != "answered", s["human"] is not None, -(near + apart + models), s["number"])


def test_the_most_informative_come_first_and_the_labelled_later(store):
    assert numbers(store, "order:informative") == by(informative)
    assert numbers(store, "em:0 order:informative") == [
        n for n in by(informative) if SAMPLES[n - 1]["em"] == 0
    ]


@pytest.mark.parametrize("where", ["order:informative", "em:1 order:-len", "len>3 order:judge_p", "кот"])
def test_pages_and_neighbours_agree_in_any_order(store, where):
    chosen = SampleFilter(where=where)
    rows = store.queues.page("r1", chosen, 0, 500).rows
    paged = [
        row.number
        for start in range(0, len(rows), 4)
        for row in store.queues.page("r1", chosen, start, 4).rows
    ]
    assert paged == [row.number for row in rows]
    ids = [row.sample_id for row in rows]
    for place in random.Random(2).sample(range(len(ids)), min(6, len(ids))):
        found = store.queues.neighbours("r1", chosen, ids[place])
        assert (found.index, found.total) == (place, len(ids))
        assert found.previous == (ids[place - 1] if place else None)
        assert found.following == (ids[place + 1] if place + 1 < len(ids) else None)


def test_a_sample_outside_the_filter_has_neighbours_in_the_order(store):
    whole = numbers(store, "order:-len")
    kept = numbers(store, "em:1 order:-len")
    outside = next(n for n in whole if n not in kept and whole.index(n) > whole.index(kept[0]))
    sample = store.db.scalar(
        "SELECT sample_id FROM run_samples WHERE run_id = 'r1' AND number = ?", (outside,)
    )
    found = store.queues.neighbours("r1", SampleFilter(where="em:1 order:-len"), sample)
    before = [n for n in kept if whole.index(n) < whole.index(outside)]
    previous = store.db.scalar(
        "SELECT number FROM run_samples WHERE run_id='r1' AND sample_id=?", (found.previous,)
    )
    assert (found.index, previous) == (None, before[-1])


@pytest.fixture
def fresh(tmp_path):
    store = Store(tmp_path / "s.sqlite")
    fill(store, tmp_path)
    yield store
    store.close()


def test_a_label_leaves_its_filter_and_keeps_its_place_in_the_order(fresh):
    before = numbers(fresh, "order:informative")
    first = before[0]
    sample = fresh.db.scalar("SELECT sample_id FROM run_samples WHERE run_id = 'r1' AND number = ?", (first,))
    assert numbers(fresh, "human:none order:informative")[0] == first
    fresh.labels.add("r1", sample, NewLabel("Анна", "right", client_id="x"))
    assert numbers(fresh, "order:informative") == before
    assert numbers(fresh, "human:none order:informative") == [n for n in before if n not in {1, 2, first}]
    found = fresh.queues.neighbours("r1", SampleFilter(where="human:none order:informative"), sample)
    assert found.index is None and found.following is not None
    fresh.queues.lists.forget("r1")
    assert numbers(fresh, "order:informative")[0] != first


def test_an_order_at_which_nobody_looked_for_a_while_is_drawn_up_anew(fresh):
    now = 0.0
    lists = Lists(fresh.db, clock=lambda: now)
    query = parse("order:informative")
    first = lists.of("r1", query, Sight()).numbers(0, 1)[0]
    sample = fresh.db.scalar("SELECT sample_id FROM run_samples WHERE run_id = 'r1' AND number = ?", (first,))
    fresh.labels.add("r1", sample, NewLabel("Анна", "right", client_id="x"))
    now = ORDER_RESTS_S - 1
    assert lists.of("r1", query, Sight()).numbers(0, 1) == [first]
    now = 3 * ORDER_RESTS_S
    assert lists.of("r1", query, Sight()).numbers(0, 1) != [first]


def test_a_list_does_not_outlive_a_change_of_the_run_or_of_the_other(fresh):
    assert 5 not in numbers(fresh, "len:3")
    sample = fresh.db.scalar("SELECT sample_id FROM run_samples WHERE run_id = 'r1' AND number = 5")
    differ = numbers(fresh, "em:≠r2")
    em = Score("em", "studio-1", "scored", 1.0)
    fresh.answers.record("r1", [Answered(sample, Completion("кит", "stop", 1, 1, 0.0, 0.0), em)])
    assert 5 in numbers(fresh, "len:3") and numbers(fresh, "кит") == [5]
    wrong = Score("em", "studio-1", "scored", 0.0)
    fresh.answers.record("r2", [Answered(sample, Completion("кит", "stop", 1, 1, 0.0, 0.0), wrong)])
    assert numbers(fresh, "em:≠r2") == sorted([*differ, 5])
