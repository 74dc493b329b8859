"""Texts about models behind servers: addresses, keys, silence, refusals."""

TEXTS: dict[str, tuple[str, str]] = {
    "error.server_address": (
        "«{url}» — не адрес сервера.",
        "“{url}” is no address of a server.",
    ),
    "error.server_address.hint": (
        "Нужен адрес вида http://127.0.0.1:8000/v1.",
        "It should look like http://127.0.0.1:8000/v1.",
    ),
    "error.server_password": (
        "В адресе сервера {url} записан пароль, а адреса хранятся вместе с прогоном.",
        "The address of {url} holds a password, and addresses are kept with the run.",
    ),
    "error.server_password.hint": (
        "Положите ключ в переменную окружения и назовите её: --key-env ИМЯ.",
        "Put the key into an environment variable and name it: --key-env NAME.",
    ),
    "error.server_key_name": (
        "«{name}» — не имя переменной окружения. Здесь пишут имя, а не сам ключ.",
        "“{name}” is no name of an environment variable. It is the name that belongs here, not the key itself.",
    ),
    "error.server_key_missing": (
        "Переменная окружения {name}, в которой должен лежать ключ сервера, не задана.",
        "The environment variable {name}, which should hold the server's key, is not set.",
    ),
    "error.server_key": (
        "Сервер {url} не принял ключ ({status}): {words}",
        "The server {url} did not accept the key ({status}): {words}",
    ),
    "error.server_key.hint": (
        "Назовите переменную окружения с ключом: --key-env ИМЯ.",
        "Name the environment variable that holds the key: --key-env NAME.",
    ),
    "error.server_silent": (
        "Сервер {url} не отвечает: {reason}",
        "The server {url} does not answer: {reason}",
    ),
    "error.server_silent.hint": (
        "Проверьте адрес и что сервер запущен; vLLM готов, когда открывается его /health.",
        "Check the address and that the server is up; vLLM is ready once its /health opens.",
    ),
    "error.servers_silent": (
        "Ни один сервер так и не ответил ({urls}): {reason}",
        "None of the servers has answered in the end ({urls}): {reason}",
    ),
    "error.servers_silent.hint": (
        "Полученные ответы целы. Когда сервер снова заработает, продолжите прогон: спросим только недостающее.",
        "The answers so far are safe. When a server is up again, resume the run: only what is missing is asked.",
    ),
    "servers.silent": (
        "нет ответа от {urls}, ждём до {until}",
        "no answer from {urls}, waiting until {until}",
    ),
    "servers.silent.some": (
        "нет ответа от {urls}, спрашиваем остальных",
        "no answer from {urls}, the others are asked",
    ),
    "servers.silent.page": (
        "Нет ответа от {urls}. Ждём ещё {left}, потом прогон остановится; его можно будет продолжить.",
        "No answer from {urls}. Waiting for another {left}; then the run stops and can be resumed.",
    ),
    "servers.silent.page.some": (
        "Нет ответа от {urls}. Пока спрашиваем остальные серверы.",
        "No answer from {urls}. Meanwhile the other servers are asked.",
    ),
    "servers.busy": (
        "занято с {since}: {urls}, спрашиваем снова",
        "busy since {since}: {urls}, asking again",
    ),
    "servers.busy.page": (
        "Занято: {urls}. Уже {time} в ответ просят подождать (429 или 503); спрашиваем снова. Если так и останется, "
        "прогон остановится; его можно будет продолжить.",
        "Busy: {urls}. For {time} the answer has been to wait (429 or 503); we ask again. If it stays so, the run "
        "stops and can be resumed.",
    ),
    "servers.judge.silent": (
        "судья не отвечает ({urls}), ждём до {until}",
        "the judge does not answer ({urls}), waiting until {until}",
    ),
    "servers.judge.silent.some": (
        "судья не отвечает ({urls}), спрашиваем остальные его серверы",
        "the judge does not answer ({urls}), its other servers are asked",
    ),
    "servers.judge.silent.over": (
        "судья не ответил ({urls}), ответы остаются без его оценки",
        "the judge has not answered ({urls}), answers stay without its score",
    ),
    "servers.judge.busy": (
        "судья занят с {since} ({urls}), спрашиваем снова",
        "the judge is busy since {since} ({urls}), asking again",
    ),
    "servers.judge.silent.page": (
        "Судья не отвечает: {urls}. Ждём ещё {left}, потом ответы останутся без его оценки; её можно будет получить, "
        "продолжив прогон.",
        "The judge does not answer: {urls}. Waiting for another {left}; then answers stay without its score, and get "
        "it when the run is resumed.",
    ),
    "servers.judge.silent.page.some": (
        "Судья не отвечает: {urls}. Пока спрашиваем остальные его серверы.",
        "The judge does not answer: {urls}. Meanwhile its other servers are asked.",
    ),
    "servers.judge.silent.page.over": (
        "Судья так и не ответил: {urls}. Ответы остаются без его оценки; когда сервер заработает, продолжите прогон.",
        "The judge has not answered in the end: {urls}. Answers stay without its score; resume the run when the server "
        "is up.",
    ),
    "servers.judge.busy.page": (
        "Судья занят: {urls}. Уже {time} в ответ просят подождать (429 или 503); спрашиваем снова. Если так и "
        "останется, ответы будут без его оценки; её можно будет получить, продолжив прогон.",
        "The judge is busy: {urls}. For {time} the answer has been to wait (429 or 503); we ask again. If it stays so, "
        "answers stay without its score, and get it when the run is resumed.",
    ),
    "error.server_foreign": (
        "По адресу {url} отвечает не сервер с API OpenAI.",
        "What answers at {url} is no server with OpenAI's API.",
    ),
    "error.server_foreign.hint": (
        "Обычно адрес кончается на /v1.",
        "The address usually ends in /v1.",
    ),
    "error.server_no_such_model": (
        "Сервер {url} не знает модели «{model}». Он предлагает: {offered}.",
        "The server {url} does not know the model “{model}”. It offers: {offered}.",
    ),
    "error.server_model_unnamed": (
        "Назовите модель: серверы предлагают {offered}.",
        "Name the model: the servers offer {offered}.",
    ),
    "error.server_embedded": (
        "Встроенная модель работает в самой студии, а не на сервере.",
        "The embedded model works in the studio itself, not on a server.",
    ),
    "error.server_embedded.hint": (
        "Выберите модель сервера или уберите адрес.",
        "Pick a model of the server, or remove the address.",
    ),
    "error.server_no_model": (
        "Сервер {url} ответил, что такой модели или такого пути нет ({status}): {words}",
        "The server {url} says that there is no such model or path ({status}): {words}",
    ),
    "error.server_dropped": (
        "Сервер {url} раз за разом обрывал связь на этом вопросе: {reason}",
        "The server {url} dropped the connection at this question again and again: {reason}",
    ),
    "error.server_timeout": (
        "Сервер {url} не ответил на этот вопрос вовремя.",
        "The server {url} did not answer this question in time.",
    ),
    "error.server_busy": (
        "Сервер {url} был занят всё время, что мы ждали ({status}): {words}",
        "The server {url} was busy for as long as we waited ({status}): {words}",
    ),
    "error.server_failed": (
        "Сервер {url} не справился с вопросом ({status}): {words}",
        "The server {url} failed at the question ({status}): {words}",
    ),
    "error.server_refused": (
        "Сервер {url} отказался отвечать ({status}): {words}",
        "The server {url} refused to answer ({status}): {words}",
    ),
    "error.server_gibberish": (
        "Сервер {url} ответил не по протоколу: {words}",
        "The server {url} did not keep to the protocol: {words}",
    ),
    "error.judge_address": (
        "«{name}» — не судья на сервере.",
        "“{name}” is no judge on a server.",
    ),
    "error.judge_address.hint": (
        "Пишите classify:http://адрес#модель или llm:http://адрес/v1?repeats=3#модель.",
        "Write classify:http://address#model or llm:http://address/v1?repeats=3#model.",
    ),
    "error.judge_not_serving": (
        "Модель «{model}» на сервере не отвечает как судья: {words}",
        "The model “{model}” on the server does not answer as a judge: {words}",
    ),
    "error.judge_not_serving.hint": (
        "Классификатор запускают так: vllm serve МОДЕЛЬ --runner pooling.",
        "A classifier is started with: vllm serve MODEL --runner pooling.",
    ),
    "error.judge_split": (
        "Голоса судьи разделились поровну ({n}).",
        "The judge's votes were split evenly ({n}).",
    ),
    "error.vllm_not_named": (
        "Студия не знает, где vLLM: у него своё окружение.",
        "The studio does not know where vLLM is: it lives in an environment of its own.",
    ),
    "error.vllm_not_named.hint": (
        "Назовите папку окружения: STUDIO_VLLM=/opt/vllm. Или запустите vllm serve сами и дайте адрес: --server.",
        "Name the environment's folder: STUDIO_VLLM=/opt/vllm. Or start vllm serve yourself and give --server.",
    ),
    "error.vllm_not_installed": (
        "Команды «{command}» нет: в STUDIO_VLLM должна быть папка окружения с vLLM или команда.",
        "There is no command “{command}”: STUDIO_VLLM should be the folder of an environment with vLLM, or a command.",
    ),
    "error.vllm_args": (
        "Параметры vLLM «{text}» не читаются: {words}",
        "The options of vLLM “{text}” cannot be read: {words}",
    ),
    "error.vllm_no_memory": (
        "Для «{model}» не хватило памяти: {words}",
        "There is too little memory for “{model}”: {words}",
    ),
    "error.vllm_no_memory.hint": (
        "Уменьшите --max-model-len, возьмите больше GPU (-tp) или модель меньше. Журнал: {log}",
        "Lower --max-model-len, take more GPUs (-tp) or a smaller model. Log: {log}",
    ),
    "error.vllm_port_taken": ("Порт для vLLM занят: {words}", "The port for vLLM is taken: {words}"),
    "error.vllm_port_taken.hint": ("Запустите прогон ещё раз.", "Start the run again."),
    "error.vllm_unknown_architecture": (
        "Этот vLLM не знает архитектуры модели «{model}»: {words}",
        "This vLLM does not know the architecture of “{model}”: {words}",
    ),
    "error.vllm_unknown_architecture.hint": (
        "Обновите vLLM или прогоните модель без него: --model {model}.",
        "Update vLLM, or run the model without it: --model {model}.",
    ),
    "error.vllm_model_missing": (
        "vLLM не нашёл модель «{model}»: {words}",
        "vLLM did not find the model “{model}”: {words}",
    ),
    "error.vllm_bad_option": (
        "vLLM не принял параметры: {words}",
        "vLLM did not take its options: {words}",
    ),
    "error.vllm_too_few_gpus": (
        "GPU не хватает для такого деления модели: {words}",
        "There are too few GPUs for splitting the model so: {words}",
    ),
    "error.vllm_failed": ("vLLM не запустился: {words}", "vLLM did not start: {words}"),
    "error.vllm_failed.hint": ("Весь журнал: {log}", "The whole log: {log}"),
    "error.vllm_slow": (
        "vLLM загружает «{model}» дольше часа; он остановлен.",
        "vLLM has been loading “{model}” for more than an hour; it was stopped.",
    ),
    "error.gpus_taken": (
        "Нужно GPU: {wanted}, свободно: {free} из {n}. Один GPU не отдаётся двум серверам.",
        "GPUs wanted: {wanted}, free: {free} of {n}. One GPU is never given to two servers.",
    ),
    "error.gpus_taken.hint": (
        "Дождитесь конца другого прогона или возьмите меньше GPU.",
        "Wait for the other run to end, or take fewer GPUs.",
    ),
    "error.visitor_server": (
        "Обращаться к серверам может только владелец студии.",
        "Only the owner of the studio may call servers.",
    ),
    "error.revision_of_server": (
        "У модели на сервере нельзя выбрать ревизию: работает та, с которой запущен сервер.",
        "A model on a server has no choice of revision: it is the one that the server was started with.",
    ),
    "error.unknown_load": (
        "Способа передачи медиа «{load}» нет. Можно: {known}.",
        "There is no way “{load}” of handing media over. Use: {known}.",
    ),
}
