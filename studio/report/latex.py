"""The leaderboard as a LaTeX table: booktabs, escaped names, intervals as indices."""

import re
from collections.abc import Iterator

from studio.core.leaderboard import Board, BoardRow
from studio.core.totals import Measure
from studio.report.words import conditions, row_names
from studio.texts import Lang, t
from studio.texts.figures import decimal

# booktabs for the rules, graphicx for \rotatebox and \resizebox; Cyrillic names need a Cyrillic font encoding.
PREAMBLE = "% \\usepackage[T2A]{fontenc}\n% \\usepackage{booktabs,graphicx}\n"
SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    '"': r"\char34{}",  # babel's Russian takes a bare one for a command
}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def latex_text(board: Board, lang: Lang) -> str:
    """One `table*`: totals, modalities, then tasks under headings on their side. Published rows are in italics."""
    heads = [*_total_heads(board, lang), *(_turned(column.name) for column in board.columns)]
    words = {key: escaped(value) for key, value in conditions(board, lang).items()}
    body = "".join(f"{' & '.join(line)} \\\\\n" for line in _lines(board, lang))
    return (
        f"{PREAMBLE}\\begin{{table*}}\n\\centering\n\\resizebox{{\\textwidth}}{{!}}{{%\n"
        f"\\begin{{tabular}}{{l{'r' * len(heads)}}}\n\\toprule\n"
        f"{' & '.join([escaped(t('board.model', lang)), *heads])} \\\\\n\\midrule\n{body}\\bottomrule\n"
        f"\\end{{tabular}}}}\n\\caption{{{t('board.latex.caption', lang, **words)}}}\n\\end{{table*}}\n"
    )


def escaped(text: str) -> str:
    """Text that LaTeX prints and does not obey."""
    return "".join(SPECIAL.get(char, char) for char in _CONTROL.sub(" ", text))


def _total_heads(board: Board, lang: Lang) -> list[str]:
    if not board.totalled:
        return []
    names = [t("board.total", lang), "n", t("board.attempted", lang), t("board.coverage", lang)]
    names += [t(f"board.modality.{modality}", lang) for modality in board.modalities]
    return [escaped(name) for name in names]


def _turned(name: str) -> str:
    return f"\\rotatebox{{90}}{{{escaped(name)}}}"


def _lines(board: Board, lang: Lang) -> Iterator[list[str]]:
    names = row_names(board, lang)
    for row in board.rows:
        name = escaped(names[row.key])
        values = [*_totals(board, row), *(_cell(row, column.name) for column in board.columns)]
        yield [f"\\textit{{{name}}}" if row.kind in {"published", "baseline"} else name, *values]


def _totals(board: Board, row: BoardRow) -> list[str]:
    if not board.totalled:
        return []
    coverage = "--" if row.coverage is None else _decimal(row.coverage)
    modalities = [_number(row.modalities.get(modality)) for modality in board.modalities]
    n = "--" if row.total is None or row.total.n is None else str(row.total.n)
    return [_number(row.total), n, _number(row.attempted), coverage, *modalities]


def _cell(row: BoardRow, task: str) -> str:
    cell = row.cells.get(task)
    return _number(cell.measure if cell else None)


def _number(measure: Measure | None) -> str:
    """`$0.712_{\\pm.031}$`; where the interval is lopsided, `$0.712^{+.040}_{-.025}$`."""
    if measure is None:
        return "--"
    if measure.low is None or measure.high is None:
        return f"${_decimal(measure.mean)}$"
    above, below = (_short(abs(bound - measure.mean)) for bound in (measure.high, measure.low))
    index = f"_{{\\pm{above}}}" if above == below else f"^{{+{above}}}_{{-{below}}}"
    return f"${_decimal(measure.mean)}{index}$"


def _decimal(value: float) -> str:
    """With a point in any language: LaTeX takes a comma for punctuation."""
    return decimal(value, "en", 3)


def _short(value: float) -> str:
    return _decimal(value).removeprefix("0")
