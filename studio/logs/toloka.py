"""Assignments of Toloka as its web page and toloka-kit save them: TSV with columns INPUT:, OUTPUT:, GOLDEN:, HINT: and
ASSIGNMENT:; a row an answer, the rows of one page share their ASSIGNMENT:assignment_id. Times are UTC without a
zone."""

import csv
import io
from collections import Counter
from collections.abc import Mapping

from studio.core.crowd import CrowdAnswer, CrowdFile
from studio.core.errors import BadInput, Problem
from studio.logs.crowd_values import LONGEST, MOST_ROWS, chosen, lasting, moment

_WORKER, _STATUS = "ASSIGNMENT:worker_id", "ASSIGNMENT:status"
_ANSWERED = {"", "SUBMITTED", "ACCEPTED", "APPROVED"}
_CELL = 1_000_000  # characters: csv refuses longer ones


def read(text: str, name: str, digest: str, column: str) -> CrowdFile:
    """Raises BadInput for a table that is none, without workers or without an output to take."""
    rows = _rows(text, name)
    head = list(rows[0]) if rows else []
    if _WORKER not in head:
        raise BadInput("crowd_no_rows" if not rows else "crowd_no_worker", file=name, column=_WORKER)
    output = chosen(
        [each.removeprefix("OUTPUT:") for each in head if each.startswith("OUTPUT:")], column, name
    )
    pages = Counter(row.get("ASSIGNMENT:assignment_id", "") for row in rows)
    left: Counter[str] = Counter()
    answers, odd = [], []
    for number, row in enumerate(rows, 2):
        place, status = str(number), row.get(_STATUS, "").upper()
        said = row.get(f"OUTPUT:{output}", "")
        if not row[_WORKER] or status in {"ACTIVE", "EXPIRED"}:
            left["golden" if not row[_WORKER] else "unfinished"] += 1
        elif status == "REJECTED":
            left["rejected"] += 1
        elif status not in _ANSWERED | {"SKIPPED"}:
            odd.append((place, Problem("crowd_status", {"status": status[:40]})))
        elif len(said) > LONGEST:
            odd.append((place, Problem("long_answer", {"limit": LONGEST})))
        else:
            answers.append(_answer(row, place, said, f"GOLDEN:{output}", pages))
    return CrowdFile("toloka", digest, tuple(answers), left, tuple(odd))


def _answer(
    row: Mapping[str, str], place: str, said: str, golden: str, pages: Mapping[str, int]
) -> CrowdAnswer:
    """A page's time is shared evenly by its questions: the file tells no more."""
    page = row.get("ASSIGNMENT:assignment_id", "")
    began, ended = moment(row.get("ASSIGNMENT:started", "")), moment(row.get("ASSIGNMENT:submitted", ""))
    spent = lasting((ended - began) / max(1, pages[page])) if began and ended else None
    skipped = row.get(_STATUS, "").upper() == "SKIPPED" or not said.strip()
    task = row.get("ASSIGNMENT:task_id", "")
    return CrowdAnswer(
        place,
        row[_WORKER],
        f"{page}/{task}" if page and task else "",
        {name.removeprefix("INPUT:"): value for name, value in row.items() if name.startswith("INPUT:")},
        "skip" if skipped else "answer",
        "" if skipped else said,
        row.get(golden, ""),
        ended,
        spent,
    )


def _rows(text: str, name: str) -> list[dict[str, str]]:
    before = csv.field_size_limit(_CELL)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter="\t", strict=True)
        found = []
        for row in reader:
            if None in row or None in row.values():
                raise BadInput("crowd_table", file=name, row=reader.line_num)
            found.append(row)
            if len(found) > MOST_ROWS:
                raise BadInput("crowd_rows", file=name, most=MOST_ROWS)
    except csv.Error as error:
        raise BadInput("crowd_table", file=name, row=reader.line_num) from error
    finally:
        csv.field_size_limit(before)
    return found
