"""Numbers written in words, Russian in any case and English: «двадцатью пятью» is 25."""

import re

_THOUSAND = 1000
_STEMS: dict[int, str] = {
    0: "ноль нуль ноля нуля нолю нулю нолем нулем ноле нуле zero",
    1: "один одна одно одного одной одному одну одним одном one",
    2: "два две двух двум двумя two",
    3: "три трех трем тремя three",
    4: "четыре четырех четырем четырьмя four",
    5: "пять пяти пятью five",
    6: "шесть шести шестью six",
    7: "семь семи семью seven",
    8: "восемь восьми восьмью восемью eight",
    9: "девять девяти девятью nine",
    10: "десять десяти десятью ten",
    11: "одиннадцать одиннадцати одиннадцатью eleven",
    12: "двенадцать двенадцати двенадцатью twelve",
    13: "тринадцать тринадцати тринадцатью thirteen",
    14: "четырнадцать четырнадцати четырнадцатью fourteen",
    15: "пятнадцать пятнадцати пятнадцатью fifteen",
    16: "шестнадцать шестнадцати шестнадцатью sixteen",
    17: "семнадцать семнадцати семнадцатью seventeen",
    18: "восемнадцать восемнадцати восемнадцатью eighteen",
    19: "девятнадцать девятнадцати девятнадцатью nineteen",
    20: "двадцать двадцати двадцатью twenty",
    30: "тридцать тридцати тридцатью thirty",
    40: "сорок сорока forty",
    50: "пятьдесят пятидесяти пятьюдесятью fifty",
    60: "шестьдесят шестидесяти шестьюдесятью sixty",
    70: "семьдесят семидесяти семьюдесятью seventy",
    80: "восемьдесят восьмидесяти восьмьюдесятью восемьюдесятью eighty",
    90: "девяносто девяноста ninety",
    100: "сто ста",
    200: "двести двухсот двумстам двумястами двухстах",
    300: "триста трехсот тремстам тремястами трехстах",
    400: "четыреста четырехсот четыремстам четырьмястами четырехстах",
    500: "пятьсот пятисот пятистам пятьюстами пятистах",
    600: "шестьсот шестисот шестистам шестьюстами шестистах",
    700: "семьсот семисот семистам семьюстами семистах",
    800: "восемьсот восьмисот восьмистам восьмьюстами восемьюстами восьмистах",
    900: "девятьсот девятисот девятистам девятьюстами девятистах",
    _THOUSAND: "тысяча тысячи тысяч тысяче тысячу тысячей тысячью тысячам тысячами тысячах thousand",
}
_VALUES = {word: value for value, words in _STEMS.items() for word in words.split()}
_WORD = re.compile(r"[^\W\d_]+")


def numbers_for_words(text: str) -> str:
    """The text with each run of number words as digits; words that make no number together stay apart.

    «двадцать пять» is 25, «пять двадцать» is 5 20, «тысяча двести» is 1200. «минус» before a number is its sign.
    """
    if _VALUES.keys().isdisjoint(_WORD.findall(text.casefold().replace("ё", "е"))):
        return text
    done: list[str] = []
    pending: list[int] = []
    at = 0
    for match in _WORD.finditer(text):
        value = _VALUES.get(match[0].casefold().replace("ё", "е"))
        gap = text[at : match.start()]
        if value is None or not (pending and gap.isspace() and _continues(pending, value)):
            done.append(_written(pending) + gap)
            pending = []
        if value is None:
            done.append(match[0])
        else:
            pending.append(value)
        at = match.end()
    return _MINUS.sub("-", "".join(done) + _written(pending) + text[at:])


_MINUS = re.compile(r"\bминус +(?=\d)", re.IGNORECASE)


def _continues(before: list[int], value: int) -> bool:
    """Whether a word goes on with the number: hundreds, tens, ones, each once and in this order; thousands once."""
    if value == _THOUSAND:
        return _THOUSAND not in before
    last = before[-1]
    if last == _THOUSAND:
        return value > 0
    step = 100 if last >= 100 else 10 if last >= 20 else 0
    return 0 < value < step


def _written(values: list[int]) -> str:
    if not values:
        return ""
    if _THOUSAND not in values:
        return str(sum(values))
    place = values.index(_THOUSAND)
    return str((sum(values[:place]) or 1) * _THOUSAND + sum(values[place + 1 :]))
