"""Texts: runs."""

TEXTS: dict[str, tuple[str, str]] = {}
