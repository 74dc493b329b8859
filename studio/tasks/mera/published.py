"""The published results that the studio holds: Tables 6 and 18-21 of the paper, as printed. A part of their rows."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from studio.core.content import MODALITIES, Modality

PUBLISHED_TABLES = Path(__file__).parent / "published.json"
SOURCE = "arXiv 2511.15552v3"
TABLES = "18–21"  # of tasks, by modality
TOTALS_TABLE = "6"


@dataclass(frozen=True)
class PrintedTotals:
    """A row of Table 6."""

    total: float
    attempted: float
    coverage: float
    modalities: Mapping[Modality, float]


@dataclass(frozen=True)
class PublishedModel:
    """A model's printed numbers, shares in [0, 1]. `tasks` are pairs: EM and JS, of ruHHH of groups, of RuSLUn intents
    and slots; `modalities` the totals printed beside them. What our part of the tables does not hold is not there."""

    name: str
    tasks: Mapping[str, tuple[float, float]]
    modalities: Mapping[Modality, float]
    totals: PrintedTotals | None


@cache
def published_models() -> tuple[PublishedModel, ...]:
    """Models of Table 6 first, in its order."""
    tables = _tables()
    names = [*tables["table6"], *(name for modality in MODALITIES for name in tables[modality])]
    return tuple(
        _model(tables, name) for name in dict.fromkeys(tables["same"].get(name, name) for name in names)
    )


@cache
def people_by_modality() -> Mapping[Modality, float]:
    """The paper's human baseline of each modality."""
    return {modality: float(_tables()["people"][modality]) for modality in MODALITIES}


def _model(tables: Mapping[str, Any], name: str) -> PublishedModel:
    names = {name, *(other for other, same in tables["same"].items() if same == name)}
    rows = {
        modality: tables[modality][found]
        for modality in MODALITIES
        for found in sorted(names & tables[modality].keys())
    }
    pairs = {task: (pair[0], pair[1]) for row in rows.values() for task, pair in row["tasks"].items()}
    printed = {modality: float(row["total_reported"]) for modality, row in rows.items()}
    row = tables["table6"].get(name)
    return PublishedModel(name, pairs, printed, _totals(tables["table6_columns"], row) if row else None)


def _totals(columns: list[str], row: list[float]) -> PrintedTotals:
    found = dict(zip(columns, row, strict=True))
    modalities = {modality: found[f"{modality}_total"] for modality in MODALITIES}
    return PrintedTotals(found["total"], found["attempted"], found["coverage"], modalities)


@cache
def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = json.loads(PUBLISHED_TABLES.read_text(encoding="utf-8"))
    return tables
