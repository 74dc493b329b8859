"""CSV that a spreadsheet opens without running it, and that comes back as it was."""

import csv
import io

import pandas
import pytest

from studio.report.spreadsheet import plain, safe, table

TEXTS = [
    '=HYPERLINK("http://a")', "+7 999", "-2+3", "@SUM(A1)", "\tтаб", "\rвозврат", "\nстрока", "＝1",
    "'уже с апострофом", "''", "-5", "-5,25", "+7", "12.50", "", "кот", "да; =1", 'a"b,c\nвторая строка', "—",
    "0012", "NA", "nan", "None", "TRUE",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    assert plain(safe(text)) == text


@pytest.mark.parametrize("text", TEXTS)
def test_no_cell_is_a_formula_and_numbers_stay_readable(text: str) -> None:
    cell = safe(text)
    number = text.lstrip("+-").replace(",", "").replace(".", "").isdigit()
    assert cell == text if number else not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))


def test_pandas_reads_the_values_back() -> None:
    data = table(["text", "n"], [[text, n] for n, text in enumerate(TEXTS)])
    assert data.startswith(b"\xef\xbb\xbf"), "Excel knows UTF-8 by its mark"
    read = pandas.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)
    assert [plain(cell) for cell in read["text"]] == TEXTS and list(read.columns) == ["text", "n"]


def test_numbers_and_what_is_unknown_are_written_as_they_are() -> None:
    data = table(["a", "b", "c", "d"], [[True, None, 0.1 + 0.2, -3]])
    assert next(csv.DictReader(io.StringIO(data.decode("utf-8-sig")))) == {
        "a": "1", "b": "", "c": repr(0.1 + 0.2), "d": "-3",
    }  # fmt: skip


def test_what_others_wrote_with_an_apostrophe_keeps_it() -> None:
    assert plain("'тись") == "'тись"
