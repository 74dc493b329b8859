"""A row of lm-eval's samples: what was asked, what came back, what was right, what the harness made of it."""

import ast
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from studio.core.content import MODALITIES, Modality
from studio.core.errors import BadInput, Problem
from studio.core.logs import LoggedMedium, LoggedSample
from studio.core.task import Gold
from studio.logs.reader import Source
from studio.logs.record import Record, medium, read_document
from studio.logs.rows import Line, json_file_rows, json_lines, numbers
from studio.submission.logs import record_id

# Fields that a LoggedSample holds, and hashes over them.
_HELD = {"doc_id", "doc", "target", "arguments", "resps", "filtered_resps", "filter", "metrics", "doc_hash",
         "prompt_hash", "target_hash", "bypass"}  # fmt: skip
_HELD_OF_RECORD = {"instruction", "inputs", "outputs", "meta"}
_PLACEHOLDERS = {"image_url": "image", "image": "image", "input_audio": "audio", "audio": "audio",
                 "audio_url": "audio", "video_url": "video", "video": "video"}  # fmt: skip
_VISUAL: dict[str, Modality] = {"visual": "image", "audio": "audio", "video": "video"}


@dataclass(frozen=True)
class Rules:
    """What the task's configuration says of its rows. `choices` are those of all documents, or the name of the
    document's field that holds them."""

    choice: bool | None = None  # whether the answer is a choice by likelihood; None: not known
    choices: Sequence[str] | str | None = None

    @staticmethod
    def of(config: Mapping[str, Any]) -> "Rules":
        kind = config.get("output_type")
        choices = config.get("doc_to_choice")
        known = isinstance(choices, str) or (
            isinstance(choices, list) and all(isinstance(each, str) for each in choices)
        )
        return Rules(kind == "multiple_choice" if isinstance(kind, str) else None, choices if known else None)


@dataclass(frozen=True)
class Samples:
    """The samples of a file, in the order of their first rows; each pass reads the file anew."""

    source: Source
    rules: Rules

    def __iter__(self) -> Iterator[LoggedSample]:
        found: dict[Any, LoggedSample] = {}
        further: dict[Any, list[Line]] = {}
        seen: dict[tuple[Any, Any], int] = {}
        keys: dict[str, int] = {}
        for line in self._lines():
            doc_id, name = line.value.get("doc_id", line.number), line.value.get("filter")
            first = seen.setdefault((doc_id, name), line.number)
            if first != line.number:
                raise self._duplicate(line, f"doc_id {doc_id}", first)
            if doc_id in found:
                further.setdefault(doc_id, []).append(line)
                continue
            sample = read_row(line, self.source, self.rules)
            first = keys.setdefault(sample.key, line.number)
            if first != line.number:
                raise self._duplicate(line, sample.key, first)
            found[doc_id] = sample
        for doc_id, sample in found.items():
            yield merged(sample, further[doc_id]) if doc_id in further else sample

    def _lines(self) -> Iterator[Line]:
        is_list = self.source.head.lstrip().startswith(b"[")  # as lm-eval before 0.4.3 wrote them
        return json_file_rows(self.source) if is_list else json_lines(self.source)

    def _duplicate(self, line: Line, key: str, first: int) -> BadInput:
        return BadInput("log_duplicate", file=self.source.name, row=line.number, key=key, first=first)


def read_row(line: Line, source: Source, rules: Rules) -> LoggedSample:
    """One row as a sample. Raises BadInput that names the row and the field."""
    row, where = line.value, (source.name, line.number)
    doc = row.get("doc")
    doc = doc if isinstance(doc, dict) else {}
    record = read_document(doc)
    requests = _requests(row.get("arguments"))
    choices = _choices(requests, row, rules)
    if choices is None and _is_likelihood(requests, row):
        raise BadInput("log_no_answers_row", file=where[0], row=where[1])
    prompt, media = _prompt(requests[0][0] if requests else None)
    if choices is None:
        answer, found = _answer(row)
        gold = _gold(row, doc, record, rules)
    else:
        answer, found = _chosen(row, choices, where), {"answer": "choice"}
        gold = _gold_choice(row, choices, answer)
    sample = record.sample
    return LoggedSample(
        key=_key(row, doc, record, line.number),
        place=f"{source.name}:{line.number}",
        raw=line.text,
        prompt=prompt,
        question=record.question,
        instruction=sample.instruction if sample else None,
        inputs=sample.inputs if sample else {},
        options=sample.options if sample else {},
        gold=gold,
        answer=answer,
        problem=None if answer is not None else Problem("no_answer"),
        media=_media(media, record, requests),
        own_scores=_scores(row),
        own_extracted=_extracted(row, answer),
        found=found,
        categories=sample.categories if sample else {},
        meta=_meta(sample.meta if sample else {}, doc),
    )


def merged(sample: LoggedSample, lines: Sequence[Line]) -> LoggedSample:
    """The sample with the further rows of its document: the same answer through other filters."""
    scores, extracted = dict(sample.own_scores), dict(sample.own_extracted)
    for line in lines:
        scores |= _scores(line.value)
        extracted |= _extracted(line.value, sample.answer)
    raw = ",".join([sample.raw, *(line.text for line in lines)])
    return replace(sample, raw=f"[{raw}]", own_scores=scores, own_extracted=extracted)


def rest(raw: Any) -> Mapping[str, Any]:
    """What of a sample's row (or rows) no part of it holds: how it was asked, unknown fields of row and document."""
    rows = [row for row in (raw if isinstance(raw, list) else [raw]) if isinstance(row, Mapping)]
    if not rows:
        return {}
    first = rows[0]
    requests = _requests(first.get("arguments"))
    asked = requests[0][1] if requests and len(requests[0]) > 1 else None
    doc = first.get("doc")
    is_record = isinstance(doc, dict) and read_document(doc).sample is not None
    told: dict[str, Any] = {"gen_kwargs": asked} if isinstance(asked, Mapping) else {}
    if isinstance(doc, dict):
        told |= {
            f"doc.{key}": value for key, value in doc.items() if not (is_record and key in _HELD_OF_RECORD)
        }
    for row in rows:
        told |= {key: value for key, value in row.items() if key not in _HELD and not _is_number(value)}
    if choices := _choices(requests, first, Rules()):
        told["loglikelihood"] = dict(zip(choices, _likelihoods(first), strict=False))
    return told


def _key(row: Mapping[str, Any], doc: Mapping[str, Any], record: Record, number: int) -> str:
    """The record's id; for a turn of ruTiE, whose id the harness takes out, the one that its place means."""
    if record.sample and record.sample.meta.get("id") not in (None, ""):
        return record.sample.id
    if record.sample and (found := record_id(doc)) is not None:
        return str(found)
    return str(row.get("doc_id", number))


def _meta(meta: Mapping[str, Any], doc: Mapping[str, Any]) -> dict[str, Any]:
    places = {key: doc[key] for key in ("question_id", "dialog_id") if isinstance(doc.get(key), int)}
    return {**meta, **places}


def _requests(arguments: Any) -> list[list[Any]]:
    """The requests of a row, each a list of its arguments: `{"gen_args_0": {"arg_0": …}}`, or lists before 0.4.3."""
    if isinstance(arguments, Mapping):
        values = [value for key, value in sorted(arguments.items(), key=lambda item: _last(item[0]))]
        return [
            [part for _, part in sorted(value.items(), key=lambda item: _last(item[0]))]
            for value in values
            if isinstance(value, Mapping)
        ]
    if isinstance(arguments, list):
        return [value for value in arguments if isinstance(value, list) and value]
    return []


def _last(key: str) -> int:
    number = key.rpartition("_")[2]
    return int(number) if number.isdecimal() else 0


def _choices(requests: Sequence[Sequence[Any]], row: Mapping[str, Any], rules: Rules) -> list[str] | None:
    """The texts that the likelihoods are of, or None where the model wrote an answer."""
    if rules.choice is False or len(requests) < 2 or not _pairs(row.get("filtered_resps")):
        return None
    if not all(len(request) > 1 and isinstance(request[1], str) for request in requests):
        return None
    n = len(requests) // 2 if "acc_mutual_info" in (row.get("metrics") or ()) else len(requests)
    endings = [str(request[1]).strip() for request in requests[:n]]
    # Where all endings are one (Winogrande), the beginnings are what is chosen between.
    return endings if len(set(endings)) > 1 else [str(request[0]).strip() for request in requests[:n]]


def _pairs(found: Any) -> bool:
    """Whether responses are (log-likelihood, is it greedy), as numbers or as their texts."""
    return bool(isinstance(found, list) and found) and all(
        isinstance(each, list) and len(each) == 2 and str(each[1]) in {"True", "False"} for each in found
    )


def _is_likelihood(requests: Sequence[Sequence[Any]], row: Mapping[str, Any]) -> bool:
    """A row of likelihoods alone: of one ending, or (a request without settings) of a whole text."""
    if len(requests) != 1:
        return False
    return _pairs(row.get("filtered_resps")) or len(requests[0]) == 1


def _likelihoods(row: Mapping[str, Any]) -> list[float]:
    return [float(each[0]) for each in row["filtered_resps"]]


def _chosen(row: Mapping[str, Any], choices: Sequence[str], where: tuple[str, int]) -> str:
    """The likeliest choice, the first of equals: as the harness takes it for `acc`."""
    try:
        values = _likelihoods(row)[: len(choices)]
    except ValueError as error:
        raise BadInput(
            "log_field", file=where[0], row=where[1], field="filtered_resps", expected="number", found=error
        ) from error
    return choices[max(range(len(values)), key=lambda index: values[index])]


def _gold_choice(row: Mapping[str, Any], choices: Sequence[str], answer: str) -> Gold | None:
    """The right choice as its text. `target` holds its number, or (where the dataset does) the text itself."""
    target = str(row.get("target", ""))
    numbered = _index(target)
    if isinstance(numbered, list):
        return tuple(choices[index] for index in numbered if 0 <= index < len(choices)) or None
    by_number = choices[numbered] if numbered is not None and 0 <= numbered < len(choices) else None
    by_text = target.strip() if target.strip() in choices else None
    if by_number is None or by_text is None:
        return by_number if by_text is None else by_text
    # Both can be meant where the choices are numbers: the harness's own verdict tells which was.
    acc = row.get("acc")
    disagrees = isinstance(acc, int | float) and (by_number == answer) != (acc >= 1)
    return by_text if disagrees and (by_text == answer) == (acc or 0) >= 1 else by_number


def _index(target: str) -> int | list[int] | None:
    try:
        found = ast.literal_eval(target)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    if isinstance(found, int) and not isinstance(found, bool):
        return found
    if isinstance(found, list) and found and all(isinstance(each, int) for each in found):
        return found
    return None


def _answer(row: Mapping[str, Any]) -> tuple[str | None, dict[str, str]]:
    """What the model wrote, before any filter; of several attempts the first."""
    responses = _texts(row.get("resps"))
    if responses:
        return responses[0], {"answer": "first"} if len(responses) > 1 else {}
    filtered = _texts(row.get("filtered_resps"))
    return (filtered[0], {"answer": "filtered"}) if filtered else (None, {})


def _texts(found: Any) -> list[str]:
    """The texts of the first request: `[["a", "b"]]`, `["a"]`."""
    if isinstance(found, list) and found and isinstance(found[0], list):
        found = found[0]
    return [text for text in found if isinstance(text, str)] if isinstance(found, list) else []


def _gold(row: Mapping[str, Any], doc: Mapping[str, Any], record: Record, rules: Rules) -> Gold | None:
    """The record's own gold: `target` is only its rendering (a list as text; of ruTiE a mark to be filled)."""
    if record.sample:
        return record.sample.gold
    target = row.get("target")
    if not isinstance(target, str) or not target.strip():
        return None if not isinstance(target, list) else tuple(map(str, target)) or None
    choices = doc.get(rules.choices) if isinstance(rules.choices, str) else rules.choices
    if rules.choices is not None:
        number = _index(target)
        if isinstance(number, int):
            listed = isinstance(choices, list) and 0 <= number < len(choices)
            return str(choices[number]) if listed and choices else None
    return _listed(target, doc)


def _listed(target: str, doc: Mapping[str, Any]) -> Gold:
    """Several golds are logged as the text of a Python list; a gold that is such a text stands so in the document."""
    if not (target.startswith("[") and target.endswith("]")) or target in doc.values():
        return target
    try:
        found = ast.literal_eval(target)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return target
    texts = isinstance(found, list) and found and all(isinstance(each, str) for each in found)
    return tuple(found) if texts else target


def _prompt(context: Any) -> tuple[str | None, list[LoggedMedium]]:
    """The text that was sent, and media inside it. A chat is JSON text (in a list), or a list of messages; of several
    messages it is the last one of the user."""
    if isinstance(context, list) and len(context) == 1 and isinstance(context[0], str):
        context = context[0]
    if isinstance(context, str) and context.startswith('[{"role"'):
        try:
            context = json.loads(context)
        except ValueError:
            return context, []
    if isinstance(context, str):
        return context, []
    messages = [each for each in context if isinstance(each, Mapping)] if isinstance(context, list) else []
    asked = [each for each in messages if each.get("role") == "user"]
    # The fork sends the media as a message of their own before the text.
    last = [asked[-1]] if asked else messages[-1:]
    return _content(last[0].get("content")) if last else (None, [])


def _content(content: Any) -> tuple[str | None, list[LoggedMedium]]:
    if isinstance(content, str):
        return content, []
    texts: list[str] = []
    media: list[LoggedMedium] = []
    for part in content if isinstance(content, list) else ():
        if not isinstance(part, Mapping):
            continue
        kind = str(part.get("type"))
        if kind == "text":
            texts.append(str(part.get("text", "")))
        elif kind in _PLACEHOLDERS:
            modality: Modality = next(each for each in MODALITIES if each == _PLACEHOLDERS[kind])
            media.append(medium(f"{modality}_{len(media) + 1}", modality, part.get(kind, "")))
            texts.append(f"<{modality}>")
    return "".join(texts) if texts else None, media


def _media(
    sent: Sequence[LoggedMedium], record: Record, requests: Sequence[Sequence[Any]]
) -> tuple[LoggedMedium, ...]:
    """The media where the log holds them; else those that the document names, else the request."""
    if any(each.data for each in sent):
        return tuple(sent)
    if record.media:
        return record.media
    beside = requests[0][2] if requests and len(requests[0]) > 2 else None
    found = [
        medium(modality if number == 0 else f"{modality}_{number + 1}", modality, value)
        for key, modality in _VISUAL.items()
        if isinstance(beside, Mapping) and isinstance(beside.get(key), list)
        for number, value in enumerate(beside[key])
    ]
    return tuple(found) or tuple(sent)


def _scores(row: Mapping[str, Any]) -> dict[str, float]:
    """The metrics of the row, named as in the results file: `exact_match,none`."""
    names = row.get("metrics")
    named = set(names) if isinstance(names, list) else row.keys() - _HELD
    found = numbers({name: row.get(name) for name in row if name in named})
    mark = f",{row['filter']}" if row.get("filter") else ""
    return {f"{name}{mark}": value for name, value in found.items() if name not in _HELD}


def _extracted(row: Mapping[str, Any], answer: str | None) -> dict[str, str]:
    """What a filter left of the answer, where it is something else."""
    texts = _texts([row.get("filtered_resps")])
    if not texts or texts[0] == answer:
        return {}
    return dict.fromkeys(_scores(row), texts[0])


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float)
