"""One pair of answer and gold for every switch: the verdict that it turns. Shown beside the switch; tests turn it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from studio.core.task import AnswerType

_OPTIONS = {"A": "в аэропорту", "B": "на причале", "C": "на вокзале"}


@dataclass(frozen=True)
class Example:
    """An answer that equals gold where the switch is on."""

    answer: str
    gold: str
    kind: AnswerType = "short"
    options: Mapping[str, str] = field(default_factory=dict)


def _letter(answer: str, gold: str = "A") -> Example:
    return Example(answer, gold, "letter", _OPTIONS)


EXAMPLES: Mapping[str, Example] = {
    "visible": Example("\u200bнет", "нет"),
    "tags": Example("<b>нет</b>", "нет"),
    "marker": Example("Предметов три. ОТВЕТ 3", "3"),
    "title_marker": Example("Предметов три. Правильный ответ: 3", "3"),
    "earlier_marker": Example("ОТВЕТ 3\nОТВЕТ", "3"),
    "reasoning": Example("ОТВЕТ 3 РАССУЖДЕНИЕ Считаем шары…", "3"),
    "thought": Example("Считаю: раз, два, три.</think>3", "3"),
    "look_alike": _letter("А"),
    "alphabet": _letter("B", "Б"),
    "prefix": _letter("вариант A"),
    "letter_and_text": _letter("A. Слышны объявления"),
    "letter_and_own_text": _letter("A в аэропорту"),
    "borrowed": Example("B) медь", "B"),
    "option_text": _letter("в аэропорту"),
    "letter_inside_text": _letter("A это верно"),
    "markup": Example("$\\boxed{5}$", "5"),
    "bullet": Example("— нет", "нет"),
    "dashes": Example("юго–запад", "юго-запад"),
    "quotes": Example("«Брат» и «Сёстры»", "Брат и Сёстры"),
    "edges": Example("нет.", "нет"),
    "spaces": Example("красный  куб", "красный куб"),
    "case": Example("Нет", "нет"),
    "yo": Example("зелёный", "зеленый"),
    "decimal_comma": Example("12,5", "12.5"),
    "thousands": Example("10 000", "10000"),
    "spaced_signs": Example("5 %", "5%"),
    "first_line": Example("ОТВЕТ: нет\n\nПредметов нет.", "нет"),
    "word": Example("Ответ 5", "5"),
    "punctuation": Example("да конечно", "да, конечно"),
    "twins": Example("Mосква", "Москва"),
    "number_words": Example("двадцать пять", "25"),
    "number_value": Example("12,50", "12.5"),
    "units": Example("5 см", "5"),
    "endings": Example("красного шара", "красный шар"),
    "any_order": Example("пёс, кот", "кот, пёс"),
    "contains": Example("это большой кот", "кот"),
    "tolerance": Example("3,14", "3.1416"),
}
