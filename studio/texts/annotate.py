"""Texts: annotate."""

TEXTS: dict[str, tuple[str, str]] = {}
