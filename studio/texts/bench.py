"""Texts that the pages of the workbench share: the names of its tabs (`bench.<page>`), its common keys."""

TEXTS: dict[str, tuple[str, str]] = {
    "bench.link": ("Ссылка", "Link"),
    "bench.link.hint": ("Скопировать ссылку на этот вид (L)", "Copy the link to this view (L)"),
    "bench.copied": ("Скопировано", "Copied"),
    "bench.keys": ("Клавиши (?)", "Keys (?)"),
    "bench.keys.views": ("предыдущий и следующий вид прогона", "the previous and the next view of the run"),
    "bench.keys.link": ("скопировать ссылку на этот вид", "copy the link to this view"),
    "bench.keys.report": ("отчёт одним файлом", "a report in one file"),
    "bench.keys.leave": (
        "уйти из поля; закрыть снимок или подсказку",
        "leave a field; close a picture or this help",
    ),
    "bench.keys.help": ("эта подсказка", "this help"),
    "bench.label": ("Прогон с разных сторон", "Views of the run"),
    "bench.inspect": ("Ответы", "Answers"),
    "bench.whatif": ("Что если", "What if"),
    "bench.health": ("Судья и люди", "Judge and people"),
}
