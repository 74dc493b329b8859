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
    # --- metrics of their own
    "error.no_group_id": (
        "В записи {sample} нет номера группы: meta.group_id = {found}.",
        "The record {sample} has no group id: meta.group_id = {found}.",
    ),
    "error.no_group_id.hint": (
        "ruHHH оценивают группами (медиа и вопрос), «всё или ничего»: без номера группы оценки не посчитать.",
        "ruHHH is scored by groups (a medium and a question), all or nothing: without the id there is no score.",
    ),
    "error.no_turn_number": (
        "Номер записи {sample} — не целое число: по нему не узнать, в каком она диалоге.",
        "The id of the record {sample} is no whole number: it does not tell which dialogue the record is of.",
    ),
    "error.unknown_slots_rule": ("Нет правила «{name}» для RuSLUn.", "There is no rule “{name}” for RuSLUn."),
    "error.unknown_slots_rule.hint": ("Известны: {known}.", "Known: {known}."),
    "error.slots_gold_broken": (
        "Эталон RuSLUn не читается ({reason}): {gold}",
        "The gold of RuSLUn cannot be read ({reason}): {gold}",
    ),
}
