"""Measures as JSON and back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from studio.core.errors import Problem
from studio.core.measures import DatasetMeasure, RunMeasure
from studio.core.outcome import Estimate
from studio.core.totals import Measure, Part


def to_json(found: RunMeasure) -> dict[str, Any]:
    return asdict(found)


def from_json(data: Mapping[str, Any]) -> RunMeasure:
    """The same value that `to_json` was given. Raises KeyError or TypeError for anything else."""
    return RunMeasure(tuple(_dataset(dataset) for dataset in data["datasets"]), *_estimates(data))


def _dataset(data: Mapping[str, Any]) -> DatasetMeasure:
    em, js, final = _estimates(data)
    parts = tuple(_part(part) for part in data["parts"])
    problem = Problem.from_json(data["problem"]) if data["problem"] else None
    return DatasetMeasure(**{**data, "em": em, "js": js, "final": final, "parts": parts, "problem": problem})


def _estimates(data: Mapping[str, Any]) -> tuple[Estimate, Estimate, Estimate]:
    return Estimate(**data["em"]), Estimate(**data["js"]), Estimate(**data["final"])


def _part(data: Mapping[str, Any]) -> Part:
    measures = {name: Measure(**data[name]) if data[name] else None for name in ("score", "first", "second")}
    clusters = {name: Measure(**measure) for name, measure in data["clusters"].items()}
    return Part(**{**data, **measures, "clusters": clusters})
