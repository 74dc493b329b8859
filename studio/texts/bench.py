"""Texts that the pages of the workbench share: the names of its tabs (`bench.<page>`)."""

TEXTS: dict[str, tuple[str, str]] = {
    "bench.label": ("Прогон с разных сторон", "Views of the run"),
    "bench.inspect": ("Ответы", "Answers"),
    "bench.whatif": ("Что если", "What if"),
    "bench.health": ("Судья и люди", "Judge and people"),
}
