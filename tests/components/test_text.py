"""What came from data is shown as text and as nothing else."""

import pytest

from components.widgets.text import clipped, problem_html, safe, short, tail
from studio.core.errors import Problem


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("a & b", "a &amp; b"),
        ("\"кавычки\" и 'апостроф'", "&quot;кавычки&quot; и &#x27;апостроф&#x27;"),
        ("\x00\x1b[31m\x7f", "␀␛[31m␡"),
        ("\u202eнаоборот", "⟨U+202E⟩наоборот"),
        ("строка\r\nвторая\tтаб", "строка\nвторая\tтаб"),
        ("\ud800 половина знака", "⟨U+D800⟩ половина знака"),
        (7, "7"),
    ],
)
def test_markup_and_control_characters_are_shown_as_signs(raw, shown):
    assert safe(raw) == shown


def test_a_long_text_is_clipped_and_can_be_shown_whole():
    html = clipped("слово " * 20_000, "ru", limit=1000)
    head, _, rest = html.partition("</summary>")
    assert head.startswith("<details") and "показать целиком (120\N{NO-BREAK SPACE}000 знаков)" in head
    assert len(head) < 1300 and rest.count("слово") == 20_000


def test_a_short_text_is_shown_as_it_is():
    assert clipped("красный", "ru") == '<span class="st-text">красный</span>'


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("одна\n\n  строка", "одна строка"),
        ("раз два три четыре пять", "раз два три…"),
        ("безпробелов" * 5, "безпробеловбезпр…"),
        ("<b>да</b>", "&lt;b&gt;да&lt;/b&gt;"),
    ],
)
def test_a_line_for_a_list_is_cut_at_a_word(text, line):
    assert short(text, 16) == line


def test_an_arriving_answer_shows_its_end():
    assert tail("я" * 5000, 100) == "…" + "я" * 100
    assert tail("<i>", 100) == "&lt;i&gt;"


def test_what_a_system_said_is_folded_under_our_words():
    values = {"name": "hub:<x>", "repo": "x", "reason": "[Errno -2] Name or service not known <b>"}
    html = problem_html(Problem("hub_unreachable", values), "ru")
    ours, fold, theirs = html.partition("<details")
    assert "адрес не найден" in ours and "Errno" not in ours and fold
    assert "Errno -2" in theirs and "&lt;b&gt;" in theirs and "<b>" not in html
    assert "<details" not in problem_html(Problem("no_gold"), "ru")
