"""CSV that a spreadsheet opens without running it, and that comes back as it was.

A text that a spreadsheet would take for a formula gets an apostrophe before it, and so does one that begins with an
apostrophe: whoever reads takes one apostrophe off those. Plain numbers stay as they are, -5 too.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

# What makes a cell a formula in Excel, LibreOffice and Google Sheets, the full-width forms too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_BOM = "\ufeff"  # Excel takes a file without it for one in the system's old encoding


def safe(text: str) -> str:
    """The text as a cell that no spreadsheet runs."""
    runs = text.startswith(FORMULA) and not _NUMBER.fullmatch(text)
    return f"'{text}" if runs or text.startswith("'") else text


def plain(cell: str) -> str:
    """What `safe` was given; of a cell that others wrote an apostrophe goes only where `safe` puts one."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith((*FORMULA, "'")) else cell


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file: UTF-8 with a mark that Excel knows it by, commas, a heading. None is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out)  # its \r\n has it quote either of the two inside a cell
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return (_BOM + out.getvalue()).encode()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    return repr(value) if isinstance(value, float) else safe(str(value))
