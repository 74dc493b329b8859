"""Texts of answers that are not asked for anew: taken from earlier runs, or asked again to see whether they hold."""

TEXTS: dict[str, tuple[str, str]] = {
    "run.reuse": ("Не спрашивать то, что уже спрошено", "Do not ask again what was asked before"),
    "run.reuse.info": (
        "Ответ на такой же вопрос той же модели берётся из прежнего прогона и помечается; только при температуре 0",
        "The same model's answer to the same question is taken from an earlier run and marked; at temperature 0 only",
    ),
    "repeat.temperature": ("температура {value}", "temperature {value}"),
    "repeat.seed": ("зерно {seed}", "seed {seed}"),
    "repeat.invariant": (
        "соседи по пакету на ответ не влияют",
        "whatever shares a batch changes no answer",
    ),
    "repeat.variant": (
        "соседи по пакету могут изменить ответ",
        "whatever shares a batch may change an answer",
    ),
    "repeat.unknown": (
        "влияют ли на ответ соседи по пакету, движок не сообщает",
        "the engine does not tell whether what shares a batch may change an answer",
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
    "cli.verify": (
        "Задаёт часть вопросов прогона заново и считает, сколько ответов изменилось.",
        "Asks some of a run's questions again and counts how many answers come out otherwise.",
    ),
    "cli.verify.more": (
        "Модель и настройки те же, что у прогона; с --server та же модель спрашивается там. Прежние ответы никогда\n"
        "не берутся. Код выхода: 0 — все ответы совпали, 1 — есть другие или неудачные (неудача — не отличие) или\n"
        "проверка не дошла до конца, 2 — проверить нельзя. В `answers` объекта JSON — только другие и неудачные.",
        "The model and the settings are the run's; with --server the same model is asked there. Earlier answers are\n"
        "never taken. Exit code: 0 all answers are the same, 1 some differ or failed (a failure is no difference) or\n"
        "it did not come to its end, 2 it cannot be done.",
    ),
    "cli.verify.example": (
        "  python -m studio verify r1121-5f2a9c\n"
        "  python -m studio verify r1121-5f2a9c --k 200 --server http://127.0.0.1:8000/v1 --json",
        "  python -m studio verify r1121-5f2a9c\n"
        "  python -m studio verify r1121-5f2a9c --k 200 --server http://127.0.0.1:8000/v1 --json",
    ),
    "cli.verify.progress": ("Спрошено заново: {done} из {total}", "Asked again: {done} of {total}"),
    "cli.verify.found": (
        "Спрошено заново: {total}. Совпало: {same}, отличается: {differ} (EM изменился у {em}), не удалось: {failed}.",
        "Asked again: {total}. The same: {same}, different: {differ} (EM of {em} changed), failed: {failed}.",
    ),
    "cli.verify.interval": (
        "Доля отличающихся во всём прогоне: от {low} до {high} % (95 %, Уилсон).",
        "Share of the whole run that would differ: {low} to {high} % (95 %, Wilson).",
    ),
    "cli.verify.was": ("было   [EM {em}]", "before [EM {em}]"),
    "cli.verify.now": ("теперь [EM {em}]", "now    [EM {em}]"),
    "cli.option.verify_k": (
        "сколько ответов спросить заново, поровну по долям задач (по умолчанию 50)",
        "how many answers to ask for again, spread over the tasks in proportion (50 by default)",
    ),
    "cli.option.verify_seed": (
        "зерно выбора: какие именно ответы (по умолчанию 1234)",
        "seed of the choice: which answers (1234 by default)",
    ),
    "cli.option.verify_model": (
        "под каким именем ту же модель знает --server (иначе имя из прогона)",
        "the name that --server knows the same model by (else the run's)",
    ),
    "verify.chance": (
        "Прогон сделан при температуре {temperature}: его ответы случайны и отличаются сами по себе.",
        "The run was made at temperature {temperature}: its answers are up to chance and differ by themselves.",
    ),
    "verify.do": ("Проверить ответы", "Verify answers"),
    "verify.going": (
        "Проверяю: спрошено заново {done} из {total}",
        "Verifying: {done} of {total} asked again",
    ),
    "verify.queued": ("Проверка ждёт очереди", "The verification waits for its turn"),
    "verify.line": (
        "Проверено: {total}, отличаются {differ}",
        "Verified: {total}, {differ} differ",
    ),
    "verify.failed_some": ("не удалось спросить {n}", "{n} could not be asked"),
    "verify.interval": ("95 %: от {low} до {high} прогона", "95 %: {low} to {high} of the run"),
    "verify.em": ("EM изменился у {n}", "EM of {n} changed"),
    "verify.broken": ("Проверка не дошла до конца.", "The verification did not come to its end."),
    "verify.which": ("Какие отличаются", "Which ones differ"),
    "verify.was": ("было", "before"),
    "verify.now": ("теперь", "now"),
    "error.unknown_verification": (
        "Проверки «{verification}» нет.",
        "There is no verification “{verification}”.",
    ),
    "error.unknown_verification.hint": (
        "Возможно, её прогон удалён.",
        "Perhaps its run was deleted.",
    ),
    "error.verify_kind": (
        "«{run}» отвечала не модель этой студии: спросить заново некого.",
        "No model of this studio answered “{run}”: there is nobody to ask again.",
    ),
    "error.verify_kind.hint": ("Выберите прогон модели.", "Choose a run of a model."),
    "error.verify_active": (
        "Прогон «{run}» уже проверяется.",
        "The run “{run}” is being verified already.",
    ),
    "error.verify_active.hint": ("Дождитесь конца проверки.", "Wait for its end."),
    "error.verify_key": (
        "Ключ «{name}» некому послать: модель прогона работает здесь, а не на сервере.",
        "There is nobody to send the key “{name}” to: the run's model works here, not on a server.",
    ),
    "error.verify_key.hint": (
        "Назовите сервер: --server АДРЕС --key-env {name}; или уберите --key-env.",
        "Name a server: --server ADDRESS --key-env {name}; or leave --key-env out.",
    ),
    "error.verify_nothing": (
        "В прогоне «{run}» нет ни одного ответа: проверять нечего.",
        "The run “{run}” has no answer: there is nothing to verify.",
    ),
    "error.verify_nothing.hint": (
        "Сначала продолжите его: python -m studio resume {run}",
        "Resume it first: python -m studio resume {run}",
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
