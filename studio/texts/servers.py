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
    "error.server_silent": ("Сервер {url} не отвечает: {words}", "The server {url} does not answer: {words}"),
    "error.server_silent.hint": (
        "Проверьте адрес и что сервер запущен; vLLM готов, когда открывается его /health.",
        "Check the address and that the server is up; vLLM is ready once its /health opens.",
    ),
    "error.servers_silent": (
        "Ни один сервер так и не ответил ({urls}): {words}",
        "None of the servers has answered in the end ({urls}): {words}",
    ),
    "error.servers_silent.hint": (
        "Полученные ответы целы. Когда сервер снова заработает, продолжите прогон: спросим только недостающее.",
        "The answers so far are safe. When a server is up again, resume the run: only what is missing is asked.",
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
        "Сервер {url} раз за разом обрывал связь на этом вопросе: {words}",
        "The server {url} dropped the connection at this question again and again: {words}",
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
