"""Answers put together of pieces that the rules of Exact Match look at, for tests of properties."""

from dataclasses import replace

from hypothesis import strategies as st

from studio.core.rules import DEFAULT_RULES, SWITCHES

OPTIONS = {
    "A": "в аэропорту",
    "B": "на причале",
    "C": "на железнодорожном вокзале",
    "D": "на автобусном вокзале",
}
PIECES = [
    "ОТВЕТ", "ОТВЕТ:", "Ответ:", "Правильный ответ —", "ответ ", "РАССУЖДЕНИЕ", "A", "А", "B", "в", "Б", "C)",
    "(D)", "A.", "не", "и", "или", "в аэропорту", "вариант", "зелёный", "Зеленый", "«нет»", '"да"', "5", "-2",
    "−2", "12,5", "12.50", "10 000", "5 %", "5!", "1/2", "три", "двадцать пять", "**", "`", "$x$",
    "\\boxed{A}", "\\text{нет}", "<b>", "</b>", "<answer>", "</think>", "<|im_end|>", "\u200b", "\u00a0", "—",
    "-", "•", "\n", ".", "!", "?", ",", "…", "👍", "# ", "'", "Москва", "Mосква", "5 км", "красного",
    "красный", "кот,", "пёс", "е\u0308", "Ⓐ", "５", "нет",
]  # fmt: skip
GOLDS = [
    "A", "Б", "B", "А", "нет", "да", "5", "-2", "12.5", "10000", "5%", "5!", "зеленый", "+", "A. в аэропорту",
    "красный", "кот, пёс", "x", "Москва", "1/2", "3", "25", "«Мир»", "красного, пёс",
]  # fmt: skip

answers = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " ", " "])), max_size=7).map(
    lambda parts: "".join(piece + gap for piece, gap in parts)
)
golds = st.sampled_from(GOLDS)
kinds = st.sampled_from([None, "letter", "short"])
options = st.sampled_from([{}, OPTIONS])
rule_sets = st.builds(
    lambda turned, tolerance: replace(
        DEFAULT_RULES, tolerance=tolerance, **{name: not getattr(DEFAULT_RULES, name) for name in turned}
    ),
    st.sets(st.sampled_from(SWITCHES), max_size=6),
    st.sampled_from([0.0, 0.0, 0.1]),
)
