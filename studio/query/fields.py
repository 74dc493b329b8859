"""The fields that a filter knows: their names, the values that they take, and what each would tell.

The page, the command line, completion and the table in the manual all read this one list.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from studio.core.keyboard import in_english, in_russian

# What a field takes: a name (exactly, with `*`, or an expression), one of a few words, a number, 1 or 0 (or a number),
# a text that is looked for inside, yes or no, or two runs to compare.
Kind = Literal["name", "choice", "number", "verdict", "text", "flag", "runs", "order"]
# What a filter by the field tells of a sample, whoever may not see it: its gold, or what was answered.
Tells = Literal["", "answer", "gold"]

NOTHING = ("none", "нет")
ANYTHING = "*"


@dataclass(frozen=True)
class Field:
    """`also` are other names (Russian, and what other tools say); `choices` the known words with their other names."""

    name: str
    kind: Kind
    also: tuple[str, ...]
    tells: Tells = ""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    apart: bool = False  # also compares two runs: `em:a≠b`
    example: str = ""
    share: bool = False  # a number from 0 to 1

    @property
    def measured(self) -> bool:
        """Whether it can be compared with a number."""
        return self.kind in {"number", "verdict"}


_YES_NO = {"1": ("yes", "true", "да"), "0": ("no", "false", "нет")}
_RIGHT_WRONG = {"1": ("right", "верно", "да"), "0": ("wrong", "неверно")}
CATEGORY = "cat"
GROUP = "group"

_FIELDS = (
    Field("task", "name", ("задача",), example="task:ruclevr,weird"),
    Field("split", "name", ("часть", "сплит"), example="split:test"),
    Field("modality", "choice", ("модальность", "медиа"), choices={
        "image": ("картинка", "изображение"), "audio": ("звук", "аудио"), "video": ("видео",), "text": ("текст",),
    }, example="modality:audio"),
    Field("type", "choice", ("тип",), choices={"letter": ("буква",), "short": ("короткий",)}, example="type:letter"),
    Field("prompt", "number", ("промпт", "промт"), example="prompt:3"),
    Field("em", "verdict", ("ем", "точное"), "gold", _RIGHT_WRONG, apart=True, example="em:0", share=True),
    Field("js", "verdict", ("судья", "judge"), "gold", _RIGHT_WRONG, apart=True, example="js:1", share=True),
    Field("judge_p", "number", ("p", "вероятность", "уверенность"), "gold", example="judge_p:0.4..0.6",
          share=True),
    Field("cell", "choice", ("ячейка", "клетка"), "gold", {
        "both": (), "em_only": (), "js_only": (), "neither": (), "unscored": (), "failed": (), "pending": (),
        "disagree": ("расходятся", "спор"),
    }, example="cell:disagree"),
    Field("human", "choice", ("человек", "люди"), "gold", {
        "right": ("верно", "1"), "wrong": ("неверно", "0"), "unsure": ("неясно",), "bad": ("брак",),
        "hidden": ("скрыто", "скрыта"),
    }, example="human:none"),
    Field("reviewer", "name", ("разметчик", "рецензент"), "gold", example="reviewer:anna"),
    Field("tag", "name", ("метка", "тег"), "gold", example="tag:формат"),
    Field("note", "text", ("заметка",), "gold", example="note:опечатка"),
    Field(GROUP, "name", ("группа", "причина"), "gold", example="group:3"),
    Field("draw", "number", ("выборка",), example="draw:1"),
    Field("text", "text", ("текст",), example="text:/шар|куб/"),
    Field("question", "text", ("вопрос",), example="question:цвет"),
    Field("answer", "text", ("ответ",), "answer", apart=True, example="answer=да"),
    Field("gold", "text", ("эталон",), "gold", example="gold:куб"),
    Field("reason", "text", ("почему", "обоснование"), "gold", example="reason:порядок"),
    Field("decided", "name", ("правило",), "gold", example="decided:no_letter"),
    Field("changed", "name", ("изменилось", "еслибы"), "gold", example='changed:"+endings em+"'),
    Field("len", "number", ("длина", "length"), "answer", example="len>200"),
    Field("finish", "name", ("конец", "finish_reason"), "answer", example="finish:length"),
    Field("tokens", "number", ("токены", "токенов"), "answer", example="tokens>=512"),
    Field("latency", "number", ("время", "задержка"), "answer", example="latency>10"),
    Field("state", "choice", ("состояние", "is"), choices={
        "answered": ("отвечен",), "failed": ("сбой",), "pending": ("ждёт",), "skipped": ("пропущен",),
    }, example="state:failed"),
    Field("failed", "flag", ("сбой",), choices=_YES_NO, example="failed:1"),
    Field("unscored", "flag", ("без_оценки",), choices=_YES_NO, example="unscored:1"),
    Field("truncated", "flag", ("обрезан", "оборван"), choices=_YES_NO, example="truncated:1"),
    Field(CATEGORY, "name", ("категория",), example="cat.question_type:place"),
    Field("number", "number", ("номер", "n"), example="number:1..100"),
    Field("key", "name", ("ключ", "id"), example="key:10*"),
    Field("model", "runs", ("модель", "модели", "run"), "gold", apart=True, example="model:a≠b"),
    Field("order", "order", ("порядок", "sort"), choices={
        "number": ("номер",), "informative": ("полезные", "информативные"), "judge_p": ("вероятность",),
        "len": ("длина",),
    }, example="order:informative"),
)  # fmt: skip

FIELDS: Mapping[str, Field] = {each.name: each for each in _FIELDS}


def folded(text: str) -> str:
    """Text as it is compared: case folded, ё as е."""
    return text.casefold().replace("ё", "е")


_NAMES = {folded(name): each for each in _FIELDS for name in (each.name, *each.also)}


def field_named(name: str) -> Field | None:
    """A field by any of its names, also typed on the other keyboard layout."""
    folded_name = folded(name)
    for spelled in (folded_name, folded(in_english(name)), folded(in_russian(name))):
        if spelled in _NAMES:
            return _NAMES[spelled]
    return None


def all_names() -> tuple[str, ...]:
    """Every name of every field."""
    return tuple(_NAMES)


def choice_named(known: Field, word: str) -> str | None:
    """One of a field's own words, by any of its names."""
    wanted = folded(word)
    for choice, also in known.choices.items():
        if wanted == choice or wanted in map(folded, also):
            return choice
    return None
