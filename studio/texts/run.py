"""Texts: run."""

TEXTS: dict[str, tuple[str, str]] = {}
