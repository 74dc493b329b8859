"""What the files say in words."""

from studio.core.leaderboard import BoardRow
from studio.texts.board import conditions, remark_text, row_names

# Where the published rows come from, as the files name it.
SOURCES = {
    "published": "published: arXiv 2511.15552v3, Tables 6, 18-21 (CC BY 4.0)",
    "baseline": "published: people's scores of arXiv 2511.15552v3 or of the benchmark's repository",
    "measured": "measured",
    "person": "person",
    "imported": "imported log, scored here",
}


def source_of(row: BoardRow) -> str:
    return SOURCES[row.kind]


__all__ = ["conditions", "remark_text", "row_names", "source_of"]
