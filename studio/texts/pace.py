"""Texts of a run's pace: figures, the timeline, what holds the run up, what it costs."""

TEXTS: dict[str, tuple[str, str]] = {
    "pace.title": ("Темп", "Pace"),
    "pace.worked": (
        "{answers} за {time} работы модели, без судьи",
        "{answers} in {time} of the model’s work, without the judge",
    ),
    "pace.failed": ("без ответа: {n}", "without an answer: {n}"),
    "pace.recalled": ("ещё {n} из прежних прогонов", "{n} more from earlier runs"),
    # figures
    "pace.per_second": ("Ответы", "Answers"),
    "pace.per_second.hint": (
        "Ответы в секунду от первого запроса до последнего ответа; загрузка модели, паузы и время судьи не считаются.",
        "Answers a second from the first request to the last answer; loading, pauses and the judge’s time left out.",
    ),
    "pace.tokens": ("Токены ответов", "Answer tokens"),
    "pace.tokens.hint": (
        "Токены ответов в секунду по всем запросам вместе.",
        "Tokens of answers a second, all requests together.",
    ),
    "pace.tokens.least": (
        "не меньше: токены известны у {n} из {of}",
        "at least: {n} of {of} told their tokens",
    ),
    "pace.tokens.unknown": ("токены не сообщались", "tokens were not told"),
    "pace.ttft": ("До первого токена", "First token"),
    "pace.ttft.hint": (
        "От начала запроса до первого токена ответа: половина ответов быстрее первого числа, 95 % — быстрее второго.",
        "From the start of a request to the first token: half of the answers are faster than the first number, 95 % "
        "than the second.",
    ),
    "pace.ttft.unknown": ("не измерялось", "not measured"),
    "pace.per_token": ("На токен", "Per token"),
    "pace.per_token.hint": (
        "(Время ответа − время до первого токена) / (токены − 1).",
        "(Time of the answer − time to the first token) / (tokens − 1).",
    ),
    "pace.latency": ("Весь ответ", "Whole answer"),
    "pace.latency.hint": (
        "От начала запроса до конца ответа.",
        "From the start of a request to the end of its answer.",
    ),
    "pace.p95": ("95 % до {value}", "95 % within {value}"),
    "pace.p50_p95": (
        "половина до {p50}, 95 % до {p95} (измерено ответов: {n})",
        "half within {p50}, 95 % within {p95} (answers measured: {n})",
    ),
    # the stages
    "pace.stages": ("Сейчас по этапам", "The stages now"),
    "pace.stage.read": ("Чтение", "Reading"),
    "pace.stage.prepare": ("Подготовка", "Preparing"),
    "pace.stage.request": ("Запросы", "Requests"),
    "pace.stage.write": ("Запись", "Writing"),
    "pace.stage.judge": ("Судья", "Judge"),
    "pace.stage.inside": ("{n} в работе", "{n} inside"),
    "pace.stage.inside_of": ("{n} из {room}", "{n} of {room}"),
    "pace.stage.waiting": ("ждут: {n}", "waiting: {n}"),
    # what holds it up
    "pace.finding.server": (
        "Узкое место — сервер: в среднем за прогон запросы занимают {share} мест из {room}. Ускорит ещё один сервер, "
        "а если этот не загружен — больше запросов сразу.",
        "The server is the bottleneck: on average over the run requests take {share} of {room} places. Another server "
        "would help, or, if this one has power to spare, more requests at once.",
    ),
    "pace.finding.model": (
        "Узкое место — сама модель: в среднем за прогон она занята {share} времени. Ускорит видеокарта побыстрее или "
        "сервер, который отвечает на многие вопросы сразу.",
        "The model itself is the bottleneck: on average over the run it is at work {share} of the time. A faster GPU "
        "would help, or a server that answers many questions at once.",
    ),
    "pace.finding.starved": (
        "Узкое место — {stage}: сервер в среднем за прогон простаивает на {share}.",
        "The bottleneck is {stage}: on average over the run the server idles {share}.",
    ),
    "pace.finding.starved_model": (
        "Узкое место — {stage}: модель в среднем за прогон простаивает на {share}.",
        "The bottleneck is {stage}: on average over the run the model idles {share}.",
    ),
    "pace.of.read": ("чтение вопросов", "reading the questions"),
    "pace.of.prepare": ("подготовка медиа", "preparing the media"),
    "pace.of.request": ("запросы к модели", "requests to the model"),
    "pace.of.write": ("запись ответов", "writing the answers"),
    "pace.finding.judge_behind": ("Судья отстаёт на {n}.", "The judge is {n} behind."),
    "pace.finding.judge_waited": (
        "Модель ответила на всё; судье осталось {n}.",
        "The model has answered everything; the judge has {n} left.",
    ),
    "pace.finding.judge_last": (
        "Судья закончил на {time} позже модели — это {share} всей работы.",
        "The judge ended {time} after the model: {share} of all the work.",
    ),
    "pace.batched": (
        "Ответы пакета приходят вместе: время отсчитано от начала пакета.",
        "Answers of a batch come together: times count from the batch’s start.",
    ),
    # the timeline
    "pace.chart": ("Темп по времени", "Pace over time"),
    "pace.chart.desc": (
        "Время работы: {time}, шаг {step}. Ответов: {answered}, наибольший темп {top}. Числа — в таблице ниже.",
        "Time of work: {time} in steps of {step}. Answers: {answered}, at most {top}. The numbers are in the table"
        " below.",
    ),
    "pace.lane.answers": ("Ответы в секунду", "Answers a second"),
    "pace.lane.under_way": ("Запросы в работе", "Requests under way"),
    "pace.lane.judged": ("Отвечено и оценено", "Answered and judged"),
    "pace.lane.answered": ("Отвечено", "Answered"),
    "pace.lane.top": ("до {n}", "up to {n}"),
    "pace.legend.answered": ("отвечено", "answered"),
    "pace.legend.judged": ("оценено судьёй", "judged"),
    "pace.pause": ("пауза {time}", "pause of {time}"),
    "pace.point": (
        "{at}: {rate}, в работе {under_way}, ждут судью {backlog}",
        "{at}: {rate}, {under_way} under way, {backlog} wait for the judge",
    ),
    "pace.point.plain": ("{at}: {rate}, в работе {under_way}", "{at}: {rate}, {under_way} under way"),
    "pace.table": ("Те же числа таблицей", "The same numbers as a table"),
    "pace.table.at": ("С начала", "From the start"),
    "pace.table.answered": ("Ответов", "Answers"),
    "pace.table.rate": ("В секунду", "A second"),
    "pace.table.failed": ("Без ответа", "No answer"),
    "pace.table.under_way": ("В работе", "Under way"),
    "pace.table.judged": ("Оценено", "Judged"),
    "pace.table.backlog": ("Ждут судью", "Wait for the judge"),
    # where there is nothing to tell
    "pace.untimed.imported": (
        "Темп неизвестен: прогон прочитан из журнала, а когда приходили ответы, там не записано.",
        "The pace is unknown: the run was read from a log, which does not say when the answers came.",
    ),
    "pace.untimed.human": ("Темп человека не измеряется.", "A person’s pace is not measured."),
    "pace.untimed.recalled": (
        "Все ответы взяты из прежних прогонов: измерять нечего.",
        "All answers were taken from earlier runs: nothing to measure.",
    ),
    "pace.untimed.early": (
        "Ответов ещё нет: измерять нечего.",
        "There are no answers yet: nothing to measure.",
    ),
    # what it costs
    "pace.cost": ("Сколько стоит 1000 ответов", "What 1,000 answers cost"),
    "pace.cost.hint": (
        "Цены остаются в этом браузере.",
        "Prices stay in this browser.",
    ),
    "pace.price.hour": ("Час машины", "An hour of the machine"),
    "pace.price.prompt": ("Млн токенов вопроса", "1M tokens of prompts"),
    "pace.price.completion": ("Млн токенов ответа", "1M tokens of answers"),
    "pace.cost.hours": ("{amount} ч", "{amount} h"),
    "pace.cost.tokens": ("{amount} млн", "{amount}M"),
    "pace.cost.total": ("{total} за 1000 ответов", "{total} per 1,000 answers"),
    "pace.cost.unknown.hour": ("время работы неизвестно", "the time of work is unknown"),
    "pace.cost.unknown.prompt": ("токены вопросов неизвестны", "tokens of prompts are unknown"),
    "pace.cost.unknown.completion": ("токены ответов неизвестны", "tokens of answers are unknown"),
    # the command
    "cli.pace": (
        "Показывает темп прогона: ответы и токены в секунду, задержки, узкое место, стоимость.",
        "Shows a run's pace: answers and tokens a second, latencies, the bottleneck, the cost.",
    ),
    "cli.pace.more": (
        "Всё выводится из сохранённых ответов, поэтому годится и для прогона, который идёт в другом процессе\n"
        "или давно закончен. Паузы между остановкой и продолжением и загрузка модели не считаются.\n"
        "С --json в timeline лежат не больше 120 отрезков времени.",
        "All of it is worked out of the stored answers, so that it also serves for a run of another process\n"
        "and for one long over. Pauses between a stop and a resume and the loading of the model do not count.\n"
        "With --json `timeline` holds at most 120 steps of time.",
    ),
    "cli.pace.example": (
        "  python -m studio pace r1121-5f2a9c\n"
        "  python -m studio pace r1121-5f2a9c --price-hour 250\n"
        "  python -m studio pace r1121-5f2a9c --price-in 40 --price-out 120 --json",
        "  python -m studio pace r1121-5f2a9c\n"
        "  python -m studio pace r1121-5f2a9c --price-hour 2.5\n"
        "  python -m studio pace r1121-5f2a9c --price-in 0.4 --price-out 1.2 --json",
    ),
    "cli.option.price_hour": (
        "цена часа машины: посчитать стоимость 1000 ответов",
        "price of an hour of the machine: tell what 1,000 answers cost",
    ),
    "cli.option.price_in": ("цена миллиона токенов вопросов", "price of a million tokens of prompts"),
    "cli.option.price_out": ("цена миллиона токенов ответов", "price of a million tokens of answers"),
}
