"""Texts: inspect."""

TEXTS: dict[str, tuple[str, str]] = {}
