"""Texts of metrics, task scores and totals."""

TEXTS: dict[str, tuple[str, str]] = {
    # --- score
    "cli.option.profile_scored": (
        "правила Exact Match: studio (по умолчанию), а для чужих чисел head, squad, paper",
        "rules of Exact Match: studio (default); head, squad, paper to reproduce published numbers",
    ),
    "cli.option.ignore_case": (
        "профиль head: не различать регистр (иначе как в задаче)",
        "profile head: case does not matter (else as the task says)",
    ),
    "cli.option.ignore_punctuation": (
        "профиль head: выбросить знаки препинания ASCII (иначе как в задаче)",
        "profile head: delete ASCII punctuation (else as the task says)",
    ),
    "cli.option.normaliser": (
        "профиль paper: чем сравнивать, squad (по умолчанию) или head",
        "profile paper: compare as squad (default) or head does",
    ),
    "cli.score.erased": (
        "Строк, где профиль стёр эталон целиком (буква A для него артикль, «-» — знак): {n}. Там верен и пустой ответ.",
        "Lines whose gold the profile erased (the letter A is an article to it, “-” is punctuation): {n}. "
        "An empty answer is right there.",
    ),
}
