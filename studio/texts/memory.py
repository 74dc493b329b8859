"""Texts of answers that are not asked for anew: taken from earlier runs, or asked again to see whether they hold."""

TEXTS: dict[str, tuple[str, str]] = {
    "run.reuse": ("Не спрашивать то, что уже спрошено", "Do not ask again what was asked before"),
    "run.reuse.info": (
        "Ответ на такой же вопрос той же модели берётся из прежнего прогона и помечается; только при температуре 0",
        "The same model's answer to the same question is taken from an earlier run and marked; at temperature 0 only",
    ),
    "run.summary.recalled": (
        "Из прежних прогонов взято ответов: {n} из {total}",
        "Answers taken from earlier runs: {n} of {total}",
    ),
    "runs.recalled": ("из прежних прогонов {n}", "{n} from earlier runs"),
    "inspect.say.recalled": (
        "Ответ взят из прогона {run} ({when}): там модели задали тот же самый вопрос.",
        "The answer was taken from the run {run} ({when}), where the model was asked the very same.",
    ),
    "inspect.tech.recalled": ("Взят из прогона", "Taken from the run"),
    "cli.run.recalled": (
        "Из прежних прогонов взято ответов: {n}.",
        "Answers taken from earlier runs: {n}.",
    ),
    "cli.option.reuse": (
        "не спрашивать заново то, что эту модель уже спрашивали с теми же данными и настройками: ответ берётся из "
        "прежнего прогона и помечается (см. docs/repeatability.md)",
        "do not ask again what this model was asked before with the same media and settings: the answer is taken from "
        "the earlier run and marked (see docs/repeatability.en.md)",
    ),
    "cli.cache": (
        "Показывает, сколько ответов могут взять следующие прогоны (run --reuse), или забывает их.",
        "Shows how many answers later runs may take (run --reuse), or forgets them.",
    ),
    "cli.cache.more": (
        "Отдельной копии ответов нет: при каждом ответе, данном при температуре 0, хранится хеш всего, от чего он\n"
        "зависит. clear стирает эти хеши; сами ответы остаются в своих прогонах. Удалённый прогон забыт вместе с ними.",
        "There is no copy of the answers: beside each one that was given at temperature 0 stands a hash of all that\n"
        "it depends on. clear erases these hashes, the answers stay in their runs; a deleted run is forgotten.",
    ),
    "cli.cache.example": (
        "  python -m studio cache --json\n  python -m studio cache clear --run r1121-5f2a9c\n"
        "  python -m studio cache clear",
        "  python -m studio cache --json\n  python -m studio cache clear --run r1121-5f2a9c\n"
        "  python -m studio cache clear",
    ),
    "cli.cache.size": (
        "Ответов: {n}, прогонов: {runs}. Хеши занимают {bytes} байт, тексты самих ответов — {texts}.",
        "Answers: {n}, runs: {runs}. The hashes take {bytes} bytes, the texts of the answers {texts}.",
    ),
    "cli.cache.cleared": ("Забыто ответов: {n}.", "Answers forgotten: {n}."),
    "cli.option.cache_action": ("clear — забыть", "clear: forget them"),
    "cli.option.cache_run": (
        "вместе с clear: забыть ответы только этого прогона",
        "with clear: forget the answers of this run alone",
    ),
    "error.cache_of_run": (
        "--run понятен только вместе с clear.",
        "--run means something with clear alone.",
    ),
    "error.cache_of_run.hint": (
        "Например: python -m studio cache clear --run r1121-5f2a9c",
        "Say: python -m studio cache clear --run r1121-5f2a9c",
    ),
    "error.reuse_of_chance": (
        "При температуре {temperature} ответ случаен: брать его из прежнего прогона нельзя.",
        "At temperature {temperature} an answer is up to chance: it cannot be taken from an earlier run.",
    ),
    "error.reuse_of_chance.hint": (
        "Поставьте температуру 0 или спросите заново.",
        "Set the temperature to 0, or ask anew.",
    ),
}
