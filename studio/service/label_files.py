"""Labels as files: CSV that a spreadsheet opens without running it, or JSON lines; written, and read back.

A sample is named by its task and key, its answer by a hash of the text: labels so find their answers in another
database, and never speak of an answer that the reviewer has not seen.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from studio.core.errors import BadInput
from studio.core.label import Imported, Label, NewLabel
from studio.report.spreadsheet import plain, safe
from studio.store import Store
from studio.store.labels import Named

COLUMNS = (
    "task",
    "sample",
    "number",
    "reviewer",
    "verdict",
    "note",
    "tags",
    "criteria",
    "blind",
    "sealed",
    "at",
    "answer",
)
NEEDED = ("task", "sample", "reviewer", "verdict")
LARGEST_FILE = 64 * 2**20


def write(store: Store, run_id: str, labels: Sequence[Label], path: Path) -> int:
    """Writes the labels; `.jsonl` are JSON lines, all else CSV. How many. Raises BadInput where it cannot write."""
    names = store.labels.names(run_id, [label.sample_id for label in labels])
    rows = [_row(label, names[label.sample_id]) for label in labels]
    text = _lines(rows) if path.suffix == ".jsonl" else _table(rows)
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise BadInput("cli_cannot_write", file=str(path), reason=error.strerror or str(error)) from error
    return len(rows)


def read(store: Store, run_id: str, path: Path) -> tuple[list[tuple[int, NewLabel]], Imported]:
    """The file's labels that fit the run's latest answers, and how many do not. Raises BadInput."""
    known = store.labels.named(run_id)
    found, unknown, other = [], 0, 0
    for row in _rows(path):
        named = known.get((str(row["task"]), str(row["sample"])))
        if named is None or named.attempt is None:
            unknown += 1
        elif row.get("answer") and row["answer"] != answer_hash(named.text):
            other += 1
        else:
            found.append((named.sample_id, _label(row, named.attempt)))
    return found, Imported(0, 0, other, unknown)


def answer_hash(text: str | None) -> str:
    """Names an answer by its text."""
    return hashlib.sha256((text or "").encode()).hexdigest()[:16]


def _row(label: Label, named: Named) -> dict[str, object]:
    return {
        "task": named.task,
        "sample": named.key,
        "number": named.number,
        "reviewer": label.reviewer,
        "verdict": label.verdict,
        "note": label.note,
        "tags": list(label.tags),
        "criteria": label.criteria,
        "blind": int(label.blind),
        "sealed": "" if label.sealed is None else int(label.sealed),
        "at": datetime.fromtimestamp(label.at, UTC).isoformat(timespec="microseconds"),
        "answer": answer_hash(named.text),
    }


def _lines(rows: Iterable[Mapping[str, object]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _table(rows: Iterable[Mapping[str, object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_safe(row[name]) for name in COLUMNS] for row in rows)
    return out.getvalue()


def _safe(value: object) -> str:
    text = "; ".join(str(item) for item in value) if isinstance(value, list) else str(value)
    return safe(text)


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    """The rows of a file, each with what it must have. Raises BadInput with the row's number."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadInput("labels_file_large", file=str(path), most=LARGEST_FILE // 2**20)
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput("labels_file", file=str(path), reason=reason) from error
    rows = _of_lines(text, path) if path.suffix == ".jsonl" else _of_table(text)
    for place, row in rows:
        lacking = [name for name in NEEDED if not str(row.get(name) or "").strip()]
        if lacking:
            raise BadInput("labels_file_row", file=str(path), row=place, names=", ".join(lacking))
        yield row


def _of_lines(text: str, path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for place, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise BadInput("labels_file", file=str(path), reason=f"{place}: {error}") from error
        yield place, row if isinstance(row, dict) else {}


def _of_table(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    head = text.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    for place, row in enumerate(reader, 2):
        yield place, {str(name).strip(): plain(value or "") for name, value in row.items() if name}


def _label(row: Mapping[str, Any], attempt: int) -> NewLabel:
    tags = row.get("tags") or ()
    named = (tags,) if isinstance(tags, str) else tuple(str(tag) for tag in tags)
    keys = [str(row.get(name) or "") for name in ("task", "sample", "reviewer", "verdict", "note", "at")]
    return NewLabel(
        reviewer=str(row["reviewer"]),
        verdict=str(row["verdict"]).strip(),  # type: ignore[arg-type]
        note=str(row.get("note") or ""),
        tags=named,
        attempt=attempt,
        client_id="file:" + hashlib.sha256("\0".join(keys).encode()).hexdigest()[:32],
        at=_moment(str(row.get("at") or "")),
        blind=str(row.get("blind", 1)) != "0",
        sealed={"0": False, "1": True}.get(str(row.get("sealed", "")).strip()),
    )


def _moment(text: str) -> float | None:
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError:
        return None
