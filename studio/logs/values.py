"""Values out of JSON whose form somebody else chose: what is not as expected is absent, and nothing raises."""

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from studio.core.task import Gold


def part(value: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """The object under a key; {} for anything else."""
    found = value.get(key)
    return found if isinstance(found, Mapping) else {}


def whole(value: Any) -> int | None:
    """A whole number; true and false are none."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def number(value: Any) -> float | None:
    """A number, or a text that writes one; neither NaN nor infinite."""
    try:
        found = float(value) if isinstance(value, int | float | str) else None
    except (ValueError, OverflowError):
        return None
    return found if found is not None and math.isfinite(found) else None


def seconds(text: Any) -> float | None:
    """A moment in ISO form, in seconds since the epoch; None where it names no zone."""
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return moment.timestamp() if moment and moment.tzinfo else None


def gold_of(target: Any) -> Gold | None:
    """A target, or several of which any is right; blank ones are none."""
    if isinstance(target, list):
        texts = tuple(str(each) for each in target if each is not None and str(each).strip())
        return texts if len(texts) > 1 else (texts[0] if texts else None)
    return target if isinstance(target, str) and target.strip() else None
