"""VLMEvalKit's logs: `<model>_<dataset>.xlsx` (or tsv, json) with the predictions, and beside it what it made of them.

A table of results (`<model>_<dataset>_<judge>_result.xlsx`) adds columns such as `hit`; `status.json` tells the model's
name and the scores of the whole. Predictions hold no pictures: those are in the dataset's own table (`<dataset>.tsv`,
base64 in the column `image`), which may be given along. The prompt as sent is in none of them.
"""

import ast
import base64
import binascii
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studio.core.errors import BadInput, Problem
from studio.core.logs import Log, LoggedMedium, LoggedSample, LoggedTask
from studio.logs.reader import Reader, Source
from studio.logs.rows import Once, json_file, numbers
from studio.logs.tables import CELL, TableRow, columns, header, is_xlsx, rows
from studio.logs.values import number, part, seconds

TOOL = "vlmevalkit"
FAILED = "Failed to obtain answer"  # vlmeval.smp.file.INFER_FAIL_MSG
INDEX, PREDICTION, IMAGE = "index", "prediction", "image"
SHORTEST_PICTURE = 64  # characters: a shorter cell is the index of the row that has the picture
_CATEGORIES = ("category", "l2-category", "l2_category")
_HELD = {INDEX, PREDICTION, IMAGE, "question", "answer", *_CATEGORIES}
_STATUS = (b'"datasets"', b'"prediction_file"', b'"model_name"')
_SCORES = ("split", "Overall")  # columns of a `_acc.csv`


@dataclass
class _Found:
    """All files that were claimed, by what they are."""

    predictions: list[Source] = field(default_factory=list)
    data: dict[str, Source] = field(default_factory=dict)
    status: dict[Path, tuple[Source, Mapping[str, Any]]] = field(default_factory=dict)
    scores: list[Source] = field(default_factory=list)
    other: dict[str, tuple[str, ...]] = field(default_factory=dict)  # tables with other columns


@dataclass(frozen=True)
class _Set:
    """The files of one dataset under one model: predictions, their results, and the dataset's own table."""

    model: str
    dataset: str
    predictions: Source
    results: tuple[Source, ...]
    data: Source | None
    status: tuple[Source, Mapping[str, Any]] | None
    scores: Source | None

    @property
    def sources(self) -> list[Source]:
        status = self.status[0] if self.status else None
        return [
            each
            for each in (self.predictions, *self.results, self.data, status, self.scores)
            if each is not None
        ]


@dataclass(frozen=True)
class Samples:
    """The samples of a dataset; each pass reads its files anew."""

    files: _Set

    def __iter__(self) -> Iterator[LoggedSample]:
        results = [_by_index(source) for source in self.files.results]
        pictures = _Pictures(self.files.data)
        once = Once(self.files.predictions)
        for row in rows(self.files.predictions):
            key = _index(row, self.files.predictions)
            once.add(key, row.number)
            yield _sample(
                self.files.predictions, key, row, [each.pop(key, None) for each in results], pictures
            )
        for source, left in zip(self.files.results, results, strict=True):
            for key, row in left.items():
                other = self.files.predictions.name
                raise BadInput("log_no_pair", file=source.name, row=row.number, key=key, other=other)


def claims(source: Source) -> bool:
    """Any xlsx; a tsv, csv or JSON list with an index and predictions (or pictures); a run's status; its scores."""
    if is_xlsx(source):
        return True
    named = header(source)
    if named:
        return (INDEX in named and (PREDICTION in named or "question" in named)) or named[:2] == _SCORES
    head = source.head.lstrip()
    if head.startswith(b"["):
        return all(f'"{key}"'.encode() in head for key in (INDEX, PREDICTION))
    return head.startswith(b"{") and all(key in head for key in _STATUS)


def read(sources: Sequence[Source]) -> Iterator[Log]:
    """A log a model and folder. Raises BadInput when no table has predictions."""
    found = _sorted(sources)
    sets = list(_sets(found))
    if not sets:
        if found.other:
            file, named = next(iter(found.other.items()))
            raise BadInput(
                "log_columns", file=file, needed=f"{INDEX}, {PREDICTION}", found=", ".join(named) or "—"
            )
        raise BadInput("log_no_predictions_at_all", file=", ".join(source.name for source in sources))
    remarks = [Problem("log_other_table", {"file": file}) for file in found.other]
    groups: dict[tuple[str, Path], list[_Set]] = {}
    for each in sets:
        groups.setdefault((each.model, each.predictions.path.parent), []).append(each)
    for group in groups.values():
        yield _log(group, remarks)


def rest(raw: Any) -> Mapping[str, Any]:
    """The cells of a row, and of its results, that no other part of the sample holds."""
    listed = [cells for cells in (raw if isinstance(raw, list) else [raw]) if isinstance(cells, Mapping)]
    scores = _own_scores(listed[0], listed[1:]) if listed else {}
    kept: dict[str, Any] = {}
    for cells in listed:
        kept |= {key: cell for key, cell in cells.items() if key not in _HELD and key not in scores}
    return {key: cell for key, cell in kept.items() if not _is_option(key) and cell not in (None, "")}


def _sorted(sources: Sequence[Source]) -> _Found:
    found = _Found()
    for source in sources:
        if not is_xlsx(source) and source.head.lstrip().startswith(b"{"):
            found.status[source.path.parent] = (source, json_file(source))
        elif header(source)[:2] == _SCORES:
            found.scores.append(source)
        else:
            named = columns(source)
            if INDEX in named and PREDICTION in named:
                found.predictions.append(source)
            elif INDEX in named and "question" in named:
                found.data[source.path.stem] = source
            else:
                found.other[source.name] = named
    return found


def _sets(found: _Found) -> Iterator[_Set]:
    """Each table of predictions with what goes with it: tables of the same folder whose names go on from its own."""
    for source in found.predictions:
        folder = source.path.parent
        beside = [each for each in found.predictions if each.path.parent == folder and each is not source]
        if any(_goes_on(source, each) for each in beside):
            continue
        status = found.status.get(folder)
        model, dataset = _names(source, status[1] if status else {})
        yield _Set(
            model=model,
            dataset=dataset,
            predictions=source,
            results=tuple(each for each in beside if _goes_on(each, source)),
            data=found.data.get(dataset),
            status=status,
            scores=next((each for each in found.scores if _goes_on(each, source)), None),
        )


def _goes_on(source: Source, base: Source) -> bool:
    return source.path.parent == base.path.parent and source.path.stem.startswith(f"{base.path.stem}_")


def _names(source: Source, status: Mapping[str, Any]) -> tuple[str, str]:
    """The model and the dataset: as the run's status has them, else by a folder that is called as the file begins."""
    stem = source.path.stem
    for dataset, about in part(status, "datasets").items():
        if isinstance(about, Mapping) and about.get("prediction_file") == source.path.name:
            return str(status.get("model_name") or ""), str(dataset)
    folders = [part for part in source.path.parent.parts if stem.startswith(f"{part}_")]
    model = max(folders, key=len, default="")
    return model, stem[len(model) + 1 :] if model else stem


def _log(group: Sequence[_Set], remarks: Sequence[Problem]) -> Log:
    sources = {source.name: source for each in group for source in each.sources}
    status = next((each.status[1] for each in group if each.status), {})
    return Log(
        tool=TOOL,
        files=tuple(source.facts() for _, source in sorted(sources.items())),
        tasks=tuple(_task(each) for each in group),
        model=group[0].model,
        revision="",
        created_at=seconds(status.get("created_at")),
        settings=_arguments(status.get("argv")),
        remarks=tuple(remarks),
        rest={
            key: value for key, value in status.items() if key not in {"datasets", "model_name", "created_at"}
        },
    )


def _task(files: _Set) -> LoggedTask:
    about = part(part(files.status[1], "datasets"), files.dataset) if files.status else {}
    scores = numbers(part(about, "metrics")) or (dict(_score_file(files.scores)) if files.scores else {})
    return LoggedTask(
        name=files.dataset,
        samples=Samples(files),
        scores=scores,
        rest={key: value for key, value in about.items() if key != "metrics"},
    )


def _score_file(source: Source) -> Iterator[tuple[str, float]]:
    """The scores of a `_acc.csv`, under the names that a status gives them."""
    for row in rows(source):
        split = row.cells.get("split")
        for key, cell in row.cells.items():
            score = number(cell)
            if key != "split" and score is not None:
                yield f"split={split}|{key}", score


def _by_index(source: Source) -> dict[str, TableRow]:
    once = Once(source)
    found: dict[str, TableRow] = {}
    for row in rows(source):
        key = _index(row, source)
        once.add(key, row.number)
        found[key] = row
    return found


def _index(row: TableRow, source: Source) -> str:
    key = _text(row.cells.get(INDEX))
    if key is None:
        raise BadInput(
            "log_field", file=source.name, row=row.number, field=INDEX, expected="number", found="null"
        )
    return key


def _sample(
    source: Source, key: str, row: TableRow, results: Sequence[TableRow | None], pictures: "_Pictures"
) -> LoggedSample:
    cells = row.cells
    answer = _text(cells.get(PREDICTION))
    problem = None
    if answer is None:
        problem = Problem("log_no_text")
    elif answer.startswith(FAILED):
        problem = Problem("log_tool_error", {"tool": TOOL, "message": answer})
    made = [each.cells for each in results if each]
    media = pictures.of(key, cells)
    question = _text(cells.get("question"))
    return LoggedSample(
        key=key,
        place=f"{source.name}:{row.number}",
        raw=json.dumps([_light(each) for each in (cells, *made)], ensure_ascii=False),
        question=question,
        options={name: text for name, cell in cells.items() if _is_option(name) and (text := _text(cell))},
        gold=_text(cells.get("answer")),
        answer=None if problem else answer,
        problem=problem,
        media=media,
        own_scores=_own_scores(cells, made),
        found={"answer": "cell"} if answer and is_xlsx(source) and len(answer) >= CELL else {},
        categories={name: text for name in _CATEGORIES if (text := _text(cells.get(name)))},
    )


def _own_scores(cells: Mapping[str, Any], results: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Numbers in the columns that a table of results has beyond the predictions; of a lone table, `hit` and `score`."""
    found: dict[str, float] = {}
    tables = results or [{name: cell for name, cell in cells.items() if name in ("hit", "score")}]
    for table in tables:
        for name, cell in table.items():
            score = number(cell)
            if score is not None and (name not in cells or not results) and not _is_option(name):
                found[name] = score
    return found


class _Pictures:
    """The pictures of a dataset by index, out of its table. Without one, what a row's own cell holds."""

    def __init__(self, source: Source | None) -> None:
        self._cells: dict[str, Any] = {}
        self._followed: dict[str, list[bytes]] = {}  # a picture that many rows name is in memory once
        if source:
            self._cells = {_index(row, source): row.cells.get(IMAGE) for row in rows(source)}

    def of(self, key: str, cells: Mapping[str, Any]) -> tuple[LoggedMedium, ...]:
        """The pictures of a row, or the names of those that the log does not hold."""
        found = self._follow(cells.get(IMAGE) or self._cells.get(key))
        names = _listed(cells.get("image_path"))
        several = max(len(found), len(names)) > 1
        if found:
            return tuple(
                LoggedMedium(f"{IMAGE}_{place}" if several else IMAGE, "image", data)
                for place, data in enumerate(found, 1)
            )
        return tuple(
            LoggedMedium(f"{IMAGE}_{place}" if several else IMAGE, "image", None, name)
            for place, name in enumerate(names, 1)
        )

    def _follow(self, cell: Any) -> list[bytes]:
        """A cell that is another row's index stands for that row's picture."""
        text = _text(cell)
        if text is not None and len(text) <= SHORTEST_PICTURE and text in self._cells:
            if text not in self._followed:
                self._followed[text] = _pictures(self._cells[text])
            return self._followed[text]
        return _pictures(cell)


def _listed(cell: Any) -> list[str]:
    """A cell with one text, or with a list of them as Python or JSON writes it."""
    text = _text(cell)
    if text is None:
        return []
    if text.startswith("[") and text.endswith("]"):
        try:
            listed = ast.literal_eval(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            return [text]
        return [str(each) for each in listed] if isinstance(listed, list) else [text]
    return [text]


def _pictures(cell: Any) -> list[bytes]:
    return [data for each in _listed(cell) if (data := _decoded(each))]


def _decoded(text: str) -> bytes | None:
    if len(text) <= SHORTEST_PICTURE:
        return None
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def _light(cells: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: f"base64, {len(str(cell))} characters"
        if name == IMAGE and len(str(cell)) > SHORTEST_PICTURE
        else cell
        for name, cell in cells.items()
    }


def _is_option(name: str) -> bool:
    return len(name) == 1 and "A" <= name <= "Z"


def _text(cell: Any) -> str | None:
    """A cell's text; whole numbers without a decimal part, as they stood before a table made them floats."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, float):
        return None if cell != cell else str(int(cell)) if cell.is_integer() else str(cell)
    return cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False)


def _arguments(argv: Any) -> dict[str, Any]:
    """The command's options as they were given: {"temperature": "0", "keep-failed": True, "data": ["a", "b"]}."""
    found: dict[str, Any] = {}
    name = ""
    for word in argv[1:] if isinstance(argv, list) else ():
        if str(word).startswith("--"):
            name = str(word)[2:]
            found[name] = True
        elif name:
            known = found[name]
            found[name] = word if known is True else [*(known if isinstance(known, list) else [known]), word]
    return {key: value for key, value in found.items() if key not in {"key", "judge-key"}}


READER = Reader(TOOL, claims, read, rest)
