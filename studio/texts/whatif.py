"""«What if», versions of the scorer, on the page and in commands."""

TEXTS: dict[str, tuple[str, str]] = {
    "whatif.left": (
        "Не понято в ссылке и не учтено: {what}.",
        "Not understood in the link and left out: {what}.",
    ),
    "error.whatif_nothing": (
        "В прогоне «{run}» нет ответов, которые можно оценить заново.",
        "The run “{run}” has no answers that could be scored anew.",
    ),
    "error.unknown_variant": ("Варианта «{name}» у судьи нет.", "The judge has no variant “{name}”."),
    "error.unknown_variant.hint": ("Есть: {known}.", "There are: {known}."),
    "error.unknown_scorer": ("Версии «{name}» нет.", "There is no version “{name}”."),
    "error.unknown_scorer.hint": (
        "Есть: {known}. Сохранить новую: python -m studio scorers --save ИМЯ --off ПРАВИЛО.",
        "There are: {known}. To keep a new one: python -m studio scorers --save NAME --off RULE.",
    ),
    "error.scorer_taken": ("Версия «{name}» уже есть.", "There is a version “{name}” already."),
    "error.scorer_taken.hint": (
        "Её имя стоит в метках оценок, поэтому правила под ним не меняются. Возьмите другое.",
        "Its name stands in labels of scores, so the rules under it never change. Take another.",
    ),
    "error.scorer_used": (
        "Версией «{name}» сейчас оценён прогон «{run}».",
        "The run “{run}” is scored by the version “{name}” now.",
    ),
    "error.scorer_used.hint": (
        "Сначала верните его: python -m studio rescore {run} --scorer own.",
        "Switch it back first: python -m studio rescore {run} --scorer own.",
    ),
    "error.rescore_active": (
        "Прогон «{run}» уже переоценивается версией «{scorer}».",
        "The run “{run}” is already being scored anew by “{scorer}”.",
    ),
    "error.rescore_active.hint": ("Дождитесь конца.", "Wait until it is over."),
    "error.rescore_lacking": (
        "В прогоне «{run}» без оценки по этой версии: {n}.",
        "In the run “{run}” {n} answers have no score of this version.",
    ),
    "error.rescore_lacking.hint": (
        "Переоцените его ещё раз: недостающее будет добавлено.",
        "Score it anew once more: what is missing will be added.",
    ),
    "error.rules_not_json": (
        "«{text}» — не набор правил: {reason}",
        "“{text}” is no set of rules: {reason}",
    ),
    "error.rules_not_json.hint": (
        'Нужно имя версии или JSON, например {{"yo": false}}.',
        'Give the name of a version, or JSON such as {{"yo": false}}.',
    ),
    "whatif.together": ("только вместе", "only together"),
    # the page
    "whatif.lead": (
        "Переключите правила EM или порог судьи и увидите, что станет с оценками и с какими ответами. "
        "Всё считается из сохранённых ответов; сам прогон не меняется, пока вы не сохраните версию.",
        "Turn rules of EM or the judge’s threshold and see what becomes of the scores, and of which answers. "
        "All of it comes from stored answers; the run itself stays as it is until you keep a version.",
    ),
    "whatif.form": ("Что изменить", "What to change"),
    "whatif.lost": (
        "Сервер не отвечает. Ответы и оценки целы.",
        "The server is silent. Answers and scores are safe.",
    ),
    "whatif.retry": ("Повторить", "Try again"),
    "whatif.counting": ("Считаю…", "Counting…"),
    "whatif.as_judge": ("как решил судья", "as the judge decided"),
    "whatif.kept": ("Версия сохранена.", "The version is kept."),
    "whatif.rescoring": ("Переоцениваю ответы…", "Scoring the answers anew…"),
    "whatif.keys.threshold": ("к порогу судьи", "to the judge’s threshold"),
    "whatif.keys.switches": ("к правилам EM", "to the rules of EM"),
    "whatif.keys.next": ("к следующему переключателю", "to the next switch"),
    "whatif.keys.turn": ("переключить", "turn it"),
    "whatif.keys.slide": ("ниже или выше порог", "a lower or a higher threshold"),
    "whatif.keys.reset": ("вернуть как в прогоне", "back to the run’s own"),
    "whatif.profile": ("Правила", "Rules"),
    "whatif.profile.ours": ("studio: наши, по переключателям ниже", "studio: ours, by the switches below"),
    "whatif.profile.head": ("head: открытый код MERA", "head: MERA’s open code"),
    "whatif.profile.squad": ("squad: новый код MERA", "squad: MERA’s newer code"),
    "whatif.profile.paper": ("paper: по статье", "paper: as in the article"),
    "whatif.rules": ("Правила EM", "Rules of EM"),
    "whatif.reset": ("Как в прогоне", "The run’s own"),
    "whatif.turns": (
        "сколько ответов станут верными и неверными, если повернуть только это",
        "how many answers turning this alone makes right and wrong",
    ),
    "whatif.turns_none": ("0", "0"),
    "whatif.judge": ("Порог судьи", "The judge’s threshold"),
    "whatif.judge.says": (
        "Ответ верен, если судья согласен с вероятностью не ниже порога.",
        "An answer is right if the judge agrees with at least this probability.",
    ),
    "whatif.no_judge": ("Этот прогон судья не оценивал.", "No judge scored this run."),
    "whatif.histogram": (
        "Сколько ответов с какой вероятностью судьи; высота — корень из числа",
        "How many answers have which probability of the judge; heights are square roots",
    ),
    "whatif.threshold": ("Порог вероятности", "Threshold of probability"),
    "whatif.em_right": ("EM верен", "EM right"),
    "whatif.em_wrong": ("EM неверен", "EM wrong"),
    "whatif.variants": ("Какие тексты судьи считать", "Which of the judge’s texts count"),
    "whatif.variant.full": ("весь ответ", "the whole answer"),
    "whatif.variant.after_marker": ("после «ОТВЕТ»", "after ОТВЕТ"),
    "whatif.variant.straight": ("прямой порядок", "straight order"),
    "whatif.variant.swapped": ("обратный порядок", "swapped order"),
    "whatif.versions": ("Версии правил", "Versions of the rules"),
    "whatif.version.now": ("сейчас", "now"),
    "whatif.version.use": ("Переоценить", "Score by it"),
    "whatif.version.back": ("Вернуть исходные оценки", "Back to the first scores"),
    "whatif.keep": ("Сохранить переключатели под именем", "Keep the switches under a name"),
    "whatif.keep.do": ("Сохранить", "Keep"),
    "whatif.keep.rescore": ("и сразу переоценить прогон", "and score the run by it at once"),
    "whatif.keep.first": (
        "Поверните правило, и набор можно будет сохранить как версию.",
        "Turn a rule, and the set can be kept as a version.",
    ),
    "whatif.hidden": (
        "Без задач со скрытым эталоном: {tasks}.",
        "Without tasks whose gold is hidden: {tasks}.",
    ),
    "whatif.interval": ("95 %:", "95 %:"),
    "whatif.same": ("без изменений", "no change"),
    "whatif.cells": ("EM × судья: было → стало", "EM × judge: was → is"),
    "whatif.by": ("Что поворачивает каждое правило само", "What each rule turns by itself"),
    "whatif.em": ("EM", "EM"),
    "whatif.js": ("JS", "JS"),
    "whatif.difference": ("разность", "difference"),
    "whatif.turned": ("изменилось", "changed"),
    "whatif.changed": ("Изменившиеся ответы", "Answers that change"),
    "whatif.changed.inspect": ("— открыть на «Разборе»", "— open on Inspect"),
    "cli.whatif.where": ("Их же: queue {run} --where '{where}'", "The same: queue {run} --where '{where}'"),
    "whatif.changed.none": (
        "Ни одна оценка не меняется. Поверните правило или сдвиньте порог.",
        "No score changes. Turn a rule or move the threshold.",
    ),
    "whatif.why_judge": ("судья: {p}", "judge: {p}"),
    # the commands
    "cli.whatif": (
        "Показывает, что было бы с EM и судьёй при других правилах и пороге, не спрашивая модель.",
        "Tells what EM and the judge would be under other rules and another threshold, asking no model.",
    ),
    "cli.whatif.more": (
        "Всё считается из сохранённых ответов и вызовов судьи и ничего не меняет. Правила по именам — "
        "python -m studio whatif ПРОГОН --switches.",
        "Everything is worked out of stored answers and the judge’s stored calls; nothing changes. The rules by name: "
        "python -m studio whatif RUN --switches.",
    ),
    "cli.whatif.example": (
        "  python -m studio whatif r1122-abc123 --off case --on endings\n"
        "  python -m studio whatif r1122-abc123 --threshold 0,8 --variant full\n"
        "  python -m studio whatif r1122-abc123 --profile paper --json",
        "  python -m studio whatif r1122-abc123 --off case --on endings\n"
        "  python -m studio whatif r1122-abc123 --threshold 0.8 --variant full\n"
        "  python -m studio whatif r1122-abc123 --profile paper --json",
    ),
    "cli.scorers": (
        "Перечисляет версии правил EM; сохраняет набор под именем, удаляет.",
        "Lists versions of the rules of EM; keeps a set under a name, deletes one.",
    ),
    "cli.scorers.example": (
        "  python -m studio scorers\n  python -m studio scorers --save окончания --on endings\n"
        "  python -m studio scorers --delete окончания",
        "  python -m studio scorers\n  python -m studio scorers --save endings --on endings\n"
        "  python -m studio scorers --delete endings",
    ),
    "cli.rescore": (
        "Оценивает прогон заново версией правил; прежние оценки остаются.",
        "Scores a run anew by a version of the rules; the scores it had are kept.",
    ),
    "cli.rescore.more": (
        "Имя версии встаёт в метку оценок: studio-2+имя. Вернуть прежние сразу: --scorer own.",
        "The version’s name stands in the label of the scores: studio-2+name. To switch back at once: --scorer own.",
    ),
    "cli.rescore.example": (
        "  python -m studio rescore r1122-abc123 --scorer окончания\n"
        "  python -m studio rescore r1122-abc123 --scorer own",
        "  python -m studio rescore r1122-abc123 --scorer endings\n"
        "  python -m studio rescore r1122-abc123 --scorer own",
    ),
    "cli.option.on": ("включить правила", "switch rules on"),
    "cli.option.off": ("выключить правила", "switch rules off"),
    "cli.option.rules": (
        "правила: имя сохранённой версии или JSON вида '{\"yo\": false}'",
        "the rules: the name of a kept version, or JSON such as '{\"yo\": false}'",
    ),
    "cli.option.tolerance": (
        "допуск чисел: доля эталона, от 0 до 0,5",
        "tolerance of numbers: a share of gold, 0 to 0.5",
    ),
    "cli.option.threshold": (
        "с какой вероятности судья согласен, от 0 до 1",
        "from which probability the judge agrees, 0 to 1",
    ),
    "cli.option.variant": (
        "какие тексты судьи считать: full, after_marker; у голосов straight, swapped",
        "which of the judge’s texts count: full, after_marker; of votes straight, swapped",
    ),
    "cli.option.profile_whole": (
        "опубликованный профиль целиком вместо правил",
        "a published profile as a whole instead of rules",
    ),
    "cli.option.switches": (
        "показать правила и сколько ответов поворачивает каждое",
        "show the rules and how many answers each turns",
    ),
    "cli.option.save_scorer": ("сохранить набор под именем", "keep the set under a name"),
    "cli.option.delete_scorer": (
        "удалить версию, которой ничто не оценено",
        "delete a version that nothing is scored by",
    ),
    "cli.option.scorer": (
        "имя версии; own — профиль, с которым прогон начат",
        "the version’s name; own: the profile that the run began with",
    ),
    "cli.option.limit_changed": (
        "сколько изменившихся примеров показать",
        "how many changed samples to show",
    ),
    "cli.metavar.rule": ("ПРАВИЛО", "RULE"),
    "cli.metavar.rules": ("НАБОР", "SET"),
    "cli.metavar.scorer": ("ВЕРСИЯ", "VERSION"),
    "cli.metavar.share": ("ДОЛЯ", "SHARE"),
    "cli.metavar.variant": ("ВАРИАНТ", "VARIANT"),
    "cli.whatif.now": ("Сейчас: {label}. Ответов: {n}.", "Now: {label}. Answers: {n}."),
    "cli.whatif.task": ("задача", "task"),
    "cli.whatif.em": ("EM: было → стало", "EM: was → is"),
    "cli.whatif.em_difference": ("разность", "difference"),
    "cli.whatif.js": ("судья: было → стало", "judge: was → is"),
    "cli.whatif.js_difference": ("разность", "difference"),
    "cli.whatif.turned": ("+ / −", "+ / −"),
    "cli.whatif.by": (
        "Правило «{name}» само: +{gained} / −{lost}",
        "The rule “{name}” alone: +{gained} / −{lost}",
    ),
    "cli.whatif.changed": ("Изменилось: {n}, показано: {shown}", "Changed: {n}, shown: {shown}"),
    "cli.whatif.hidden": ("Без закрытых задач: {tasks}", "Without hidden tasks: {tasks}"),
    "cli.switches.rule": ("правило", "rule"),
    "cli.switches.on": ("сейчас", "now"),
    "cli.switches.title": ("что это", "what it is"),
    "cli.switches.turned": ("если повернуть: + / −", "if turned: + / −"),
    "cli.switch.on": ("вкл", "on"),
    "cli.switch.off": ("выкл", "off"),
    "cli.scorers.none": (
        "Сохранённых версий нет. Сохранить: python -m studio scorers --save ИМЯ --off ПРАВИЛО.",
        "No versions are kept. To keep one: python -m studio scorers --save NAME --off RULE.",
    ),
    "cli.scorers.name": ("версия", "version"),
    "cli.scorers.rules": ("отличия от профиля", "differs from the profile"),
    "cli.scorers.runs": ("прогонов", "runs"),
    "cli.rescore.progress": ("Переоценено: {done} из {total}", "Scored anew: {done} of {total}"),
    "cli.rescore.done": (
        "Прогон {run} теперь оценён как {label}.",
        "The run {run} is now scored as {label}.",
    ),
}
