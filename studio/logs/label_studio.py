"""Annotations of Label Studio as it exports them by the name of JSON: a list of tasks, each with `data` and
`annotations`; of an annotation the results of choices, text areas, numbers and ratings are answers."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from studio.core.crowd import CrowdAnswer, CrowdFile
from studio.core.errors import BadInput, Problem
from studio.logs.crowd_values import LONGEST, MOST_ROWS, chosen, lasting, moment

_KINDS = {"choices": "choices", "textarea": "text", "number": "number", "rating": "rating"}
_MOST_FIELDS = 200


def read(text: str, name: str, digest: str, column: str) -> CrowdFile:
    """Raises BadInput for what is no such JSON, or has several outputs and none is named."""
    try:
        tasks = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput("crowd_json", file=name) from error
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        raise BadInput("crowd_json", file=name)
    found = [(str(place), task, each) for place, task in enumerate(tasks, 1) for each in _annotations(task)]
    if not found:
        raise BadInput("crowd_no_rows", file=name, column="annotations")
    if len(found) > MOST_ROWS:
        raise BadInput("crowd_rows", file=name, most=MOST_ROWS)
    outputs = dict.fromkeys(str(result.get("from_name")) for _, _, each in found for result in _results(each))
    output = chosen(list(outputs), column, name) if outputs else ""
    golden = {place: _said(each, output)[0] for place, _, each in found if each.get("ground_truth") is True}
    left: Counter[str] = Counter()
    answers, odd = [], []
    for place, task, each in found:
        if each.get("ground_truth") is True:
            left["golden"] += 1
            continue
        where = f"{place}/{each.get('id', '?')}"
        said, problem = _said(each, output)
        if not _worker(each):
            odd.append((where, Problem("crowd_nobody")))
        elif problem:
            odd.append((where, problem))
        else:
            answers.append(_answer(task, each, where, said, golden.get(place, "")))
    return CrowdFile("label-studio", digest, tuple(answers), left, tuple(odd))


def _annotations(task: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    listed = task.get("annotations", task.get("completions"))
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, dict):
            yield each


def _results(annotation: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The results that can be an answer."""
    listed = annotation.get("result")
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, dict) and each.get("type") in _KINDS and isinstance(each.get("value"), dict):
            yield each


def _said(annotation: Mapping[str, Any], output: str) -> tuple[str, Problem | None]:
    """The answer of an annotation: "" where it has none, a problem where it has several."""
    if annotation.get("was_cancelled") is True:
        return "", None
    texts = []
    for result in _results(annotation):
        if str(result.get("from_name")) == output:
            value = result["value"].get(_KINDS[result["type"]])
            texts += [
                _text(part) for part in (value if isinstance(value, list) else [value]) if part is not None
            ]
    if len(texts) > 1:
        return "", Problem("crowd_several", {"n": len(texts)})
    if texts and len(texts[0]) > LONGEST:
        return "", Problem("long_answer", {"limit": LONGEST})
    return (texts[0] if texts else ""), None


def _text(value: object) -> str:
    """A number as a person would write it: 3, not 3.0."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _answer(
    task: Mapping[str, Any], annotation: Mapping[str, Any], place: str, said: str, golden: str
) -> CrowdAnswer:
    data = task.get("data")
    fields = list(data.items())[:_MOST_FIELDS] if isinstance(data, dict) else []
    at = moment(str(annotation.get("updated_at") or annotation.get("created_at") or ""))
    return CrowdAnswer(
        place,
        _worker(annotation),
        str(annotation.get("id", "")),
        {str(name): str(value) for name, value in fields if isinstance(value, str | int | float)},
        "answer" if said.strip() else "skip",
        said,
        golden,
        at,
        lasting(annotation.get("lead_time")),
    )


def _worker(annotation: Mapping[str, Any]) -> str:
    """Who it was: a number, or an object with one and an address."""
    who = annotation.get("completed_by")
    if isinstance(who, dict):
        who = who.get("id", who.get("email"))
    return "" if who is None else str(who)
