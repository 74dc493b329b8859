"""The texts that people read: each in Russian and English, with the same values, and each one that code asks for."""

import ast
import json
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.core.errors import BadInput, Problem, TaskError
from studio.tasks import suite_tasks
from studio.texts import CATALOGUE, describe, plural, raw_reason, t

ROOT = Path(__file__).parent.parent


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", CATALOGUE)
def test_both_languages_are_there_and_take_the_same_values(key: str) -> None:
    russian, english = CATALOGUE[key]
    assert russian.strip() and english.strip()
    assert slots(russian) == slots(english)
    if key not in {"nav.language", "cli.page.note"} and not key.endswith(".example"):
        left = re.findall("[а-яё]{3,}", QUOTED.sub("", english), re.I)
        assert not left, f"Russian left in the English of {key}: {left}"


# English may quote Russian: an answer, a word of a demo question, the marker ОТВЕТ.
QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"|\bОТВЕТ\b")


def sources() -> list[Path]:
    folders = [ROOT / "studio", ROOT / "components"]
    return [path for folder in folders for path in folder.rglob("*.py")] + [
        path for path in [ROOT / "app.py"] if path.exists()
    ]


def calls(names: set[str]) -> Iterator[tuple[Path, ast.Call]]:
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if name in names:
                    yield path, node


def literal(call: ast.Call) -> str | None:
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def test_every_text_that_code_asks_for_by_name_exists() -> None:
    missing = {
        f"{path.relative_to(ROOT)}:{call.lineno} {key}"
        for path, call in calls({"t"})
        if (key := literal(call)) is not None and key not in CATALOGUE
    }
    assert not missing


RAISED = {"BadInput", "TaskError", "MediaError", "ModelError", "StoreError", "EngineFailed", "NotAllowed", "Cancelled",
          "StudioError", "Problem", "QueryError"}  # fmt: skip


def test_every_error_that_code_raises_has_its_words() -> None:
    missing = {
        f"{path.relative_to(ROOT)}:{call.lineno} error.{code}"
        for path, call in calls(RAISED)
        if (code := literal(call)) is not None and f"error.{code}" not in CATALOGUE
    }
    assert not missing


def test_an_error_raised_with_all_its_values_leaves_no_slot_open() -> None:
    lacking = {
        f"{path.relative_to(ROOT)}:{call.lineno} error.{code} lacks {sorted(lack)}"
        for path, call in calls(RAISED - {"Problem"})
        if (code := literal(call)) is not None
        and f"error.{code}" in CATALOGUE
        and None not in (given := {keyword.arg for keyword in call.keywords})
        and (
            lack := slots("".join(CATALOGUE[f"error.{code}"] + CATALOGUE.get(f"error.{code}.hint", ("", ""))))
            - given
        )
    }
    assert not lacking


def test_a_hint_belongs_to_an_error() -> None:
    hints = [key for key in CATALOGUE if key.startswith("error.") and key.endswith(".hint")]
    assert all(key.removesuffix(".hint") in CATALOGUE for key in hints)


@pytest.mark.parametrize(
    ("n", "form"),
    [(0, "записей"), (1, "запись"), (2, "записи"), (4, "записи"), (5, "записей"), (11, "записей"), (12, "записей"),
     (21, "запись"), (22, "записи"), (111, "записей"), (1001, "запись")],
)  # fmt: skip
def test_russian_counts_take_their_form(n: int, form: str) -> None:
    assert plural(n, "запись", "записи", "записей") == form


def test_an_error_is_described_with_its_value_and_a_hint() -> None:
    error = BadInput("unknown_task", name="котики", known="a, b")
    assert describe(error) == "Нет задачи «котики». Известны: a, b. Или укажите путь к папке задачи."
    assert describe(error, "en").startswith("There is no task “котики”.")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("no such key", "(401): no such key. Назовите"),
        ("No such key.", "(401): No such key. Назовите"),
        ("what key?", "(401): what key? Назовите"),
        ("say “please.”", "(401): say “please.” Назовите"),
        ("", "(401). Назовите"),
    ],
)
def test_what_a_server_said_is_parted_from_what_to_do(words: str, said: str) -> None:
    assert said in describe(BadInput("server_key", url="http://a", status=401, words=words))


def test_a_sentence_around_somebodys_words_ends_once() -> None:
    told = describe(Problem("log_zip_broken", {"file": "a.zip", "reason": "File is not a zip file."}), "en")
    assert told.endswith("not a zip file.") and not told.endswith("..")


def test_a_problem_without_words_or_values_is_still_described() -> None:
    assert describe(Problem("never_heard_of", {"x": 1})) == "never_heard_of: x=1"
    assert "unknown_task" in describe(Problem("unknown_task"), "ru") or "Нет задачи" in describe(
        Problem("unknown_task")
    )


def test_an_unknown_text_is_an_error_and_not_a_blank() -> None:
    with pytest.raises(KeyError):
        t("no.such.text")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("HF_HUB_OFFLINE=1", "запрещает выходить в сеть"),
        ("[Errno -2] Name or service not known", "адрес не найден"),
        ("[Errno -3] Temporary failure in name resolution", "адрес не найден"),
        ("[Errno 111] Connection refused", "ничего не запущено"),
        ("The read operation timed out", "не дождались"),
        ("[Errno 101] Network is unreachable", "сеть недоступна"),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed", "сертификат"),
        ("[Errno 28] No space left on device", "кончилось место"),
        ("[Errno 13] Permission denied: '/x'", "нет прав"),
    ],
)
def test_what_a_system_says_is_told_in_words_and_kept_as_it_was(raw: str, said: str) -> None:
    error = TaskError("hub_unreachable", name="hub:x", repo="x", reason=raw)
    told, english = describe(error, "ru"), describe(error, "en")
    assert said in told and raw not in told and raw not in english and raw_reason(error) == raw


def test_a_reason_that_nobody_knows_stays_as_it_was_said() -> None:
    error = TaskError("hub_unreachable", name="hub:x", repo="x", reason="the cat is on the keyboard")
    assert "the cat is on the keyboard" in describe(error, "ru") and raw_reason(error) == ""


@pytest.mark.parametrize("text", ['{"a": ', '{"a": 1 "b": 2}', '{"a" 1}', "{a: 1}", "{} {}", '{"a": "b'])
def test_what_is_wrong_with_a_json_file_is_said_in_the_readers_language(text: str) -> None:
    with pytest.raises(json.JSONDecodeError) as raised:
        json.loads(text)
    values = {"file": "test.json", "line": 1, "column": 2, "reason": raised.value.msg}
    told = describe(Problem("task_file_broken", values), "ru")
    assert not re.search("[A-Za-z]", told.removeprefix("Файл test.json").replace("JSON", ""))


def test_every_skill_of_meras_tasks_and_of_the_demo_is_named_in_russian() -> None:
    demo = [
        json.loads(file.read_text("utf-8")) for file in (ROOT / "data" / "demo").glob("*/dataset_meta.json")
    ]
    skills = {skill for card in suite_tasks() for skill in card.skills}
    skills |= {skill for each in demo for skill in each["skills"]}
    assert "Object recognition" in skills
    lacking = {skill for skill in skills if CATALOGUE.get(f"skill.{skill}", ("", ""))[1] != skill}
    assert not lacking


# What people of a project are called, and what comes before the work: one word each, whoever writes the text.
OTHER_WORDS = re.compile(r"разметчик|тренировоч|тренировк|учебны[ех]|знаток|проверяющ", re.I)


def test_an_annotator_and_training_have_one_word_each() -> None:
    other = {key: said for key, (said, _) in CATALOGUE.items() if OTHER_WORDS.search(said)}
    assert not other, "the words are: аннотатор, обучение, эксперты, рецензент, руководитель"


def test_examples_of_commands_can_be_copied_into_a_shell() -> None:
    for key, pair in CATALOGUE.items():
        for text in pair:
            for line in text.splitlines():
                if line.strip().startswith("python -m studio"):
                    assert not set(line) & set("«»“”„"), f"{key}: {line}"
