"""Tables of rows, in the three forms that VLMEvalKit writes: xlsx, tsv (or csv), and a JSON list of objects."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple

from studio.core.errors import BadInput
from studio.logs.reader import Source
from studio.logs.rows import json_file_rows, opened

_NAME_AT = 30  # bytes of a zip before the name of its first file
_OFFICE = (b"[Content_Types].xml", b"_rels/.rels", b"docProps/", b"xl/")  # what an xlsx begins with
CELL = 32_767  # characters that a cell of Excel holds; a longer text loses its end
_LONGEST = 2**27  # characters of a field of a tsv, which may be a picture in base64


class TableRow(NamedTuple):
    """A row: its 1-based number in the file (the header is row 1; in JSON the first object is 1), and its cells."""

    number: int
    cells: dict[str, Any]


def is_xlsx(source: Source) -> bool:
    """Also one that was cut off: the parts of an office file stand at the beginning of the zip."""
    return source.head.startswith(b"PK\x03\x04") and source.head[_NAME_AT:].startswith(_OFFICE)


def columns(source: Source) -> tuple[str, ...]:
    """The names of the columns; () when there is no row. Raises BadInput."""
    first = next(rows(source), None)
    return tuple(first.cells) if first else ()


def rows(source: Source) -> Iterator[TableRow]:
    """The rows under the header; those that are empty throughout are left out. Raises BadInput with file and row."""
    if is_xlsx(source):
        found = _xlsx(source)
    elif source.head.lstrip().startswith(b"["):
        found = _json(source)
    else:
        found = _delimited(source)
    return (row for row in found if any(cell not in (None, "") for cell in row.cells.values()))


def header(source: Source) -> tuple[str, ...]:
    """The columns of a tsv or csv, out of the file's first bytes; () for anything else. Never raises."""
    delimiter = _delimiter(source)
    if delimiter is None:
        return ()
    line = source.head.partition(b"\n")[0].decode("utf-8", "replace").strip("\r")
    return tuple(next(csv.reader([line], delimiter=delimiter), []))


def _delimiter(source: Source) -> str | None:
    line = source.head.partition(b"\n")[0]
    if line.startswith((b"{", b"[", b"PK")) or b"\0" in line:
        return None
    return "\t" if b"\t" in line else "," if b"," in line else None


def _delimited(source: Source) -> Iterator[TableRow]:
    csv.field_size_limit(_LONGEST)  # of the whole process; nothing here reads a smaller one
    with opened(source) as file:
        text = io.TextIOWrapper(file, "utf-8-sig", newline="")
        reader = csv.DictReader(text, delimiter=_delimiter(source) or "\t", strict=True, restkey="")
        last = 1
        try:
            for last, cells in enumerate(reader, 2):
                if "" in cells or None in cells.values():
                    found = sum(cell is not None for cell in cells.values())
                    raise BadInput("log_table_row", file=source.name, row=last, found=found)
                yield TableRow(last, cells)
        except UnicodeDecodeError as error:
            position = error.start
            raise BadInput("log_not_utf8", file=source.name, row=last + 1, position=position) from error
        except csv.Error as error:
            raise BadInput("log_cut", file=source.name, row=last + 1, reason=str(error)) from error


def _json(source: Source) -> Iterator[TableRow]:
    return (TableRow(line.number, line.value) for line in json_file_rows(source))


def _xlsx(source: Source) -> Iterator[TableRow]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(
            source.path, read_only=True
        )  # an answer that begins with = is a formula
        sheet = book.worksheets[0]
        listed = sheet.iter_rows(values_only=True)
        names = [str(name) if name is not None else "" for name in next(listed, ())]
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, SyntaxError, IndexError) as error:
        reason = str(error) or type(error).__name__
        raise BadInput("log_xlsx_broken", file=source.name, reason=reason) from error
    try:
        for number, cells in enumerate(listed, 2):
            pairs = zip(names, map(_cell, cells), strict=False)
            yield TableRow(number, {name: cell for name, cell in pairs if name})
    except (zipfile.BadZipFile, ValueError, SyntaxError, EOFError) as error:
        raise BadInput("log_xlsx_broken", file=source.name, reason=str(error)) from error
    finally:
        book.close()


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # a control character in a cell: ECMA-376, ST_Xstring


def _cell(value: Any) -> Any:
    """A cell as JSON has it: dates are their text, escaped control characters themselves."""
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value) if "_x" in value else value
    return value if value is None or isinstance(value, bool | int | float) else str(value)
