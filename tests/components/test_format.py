"""Numbers, durations and dates as people read them: tables of (value, Russian, English)."""

import pytest

from components import format as as_read


def plain(text: str) -> str:
    """No-break spaces as ordinary ones, so that the tables can be read; where they stand is asked apart."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("value", "russian", "english"),
    [(0.714, "0,71", "0.71"), (0.0, "0,00", "0.00"), (1.0, "1,00", "1.00"), (None, "—", "—")],
)
def test_a_share(value, russian, english):
    assert as_read.share(value, "ru") == russian
    assert as_read.share(value, "en") == english


@pytest.mark.parametrize(
    ("low", "high", "russian", "english"),
    [(0.66, 0.76, "0,66–0,76", "0.66–0.76"), (0.0, 1.0, "0,00–1,00", "0.00–1.00"), (None, None, "—", "—")],
)
def test_an_interval(low, high, russian, english):
    assert as_read.interval(low, high, "ru") == russian
    assert as_read.interval(low, high, "en") == english


@pytest.mark.parametrize(
    ("value", "russian", "english"),
    [
        (0.5, "50 %", "50%"),
        (0.0, "0 %", "0%"),
        (0.001, "<1 %", "<1%"),
        (0.999, ">99 %", ">99%"),
        (1.0, "100 %", "100%"),
        (None, "—", "—"),
    ],
)
def test_per_cents_never_round_a_little_to_nothing(value, russian, english):
    assert plain(as_read.percent(value, "ru")) == russian
    assert plain(as_read.percent(value, "en")) == english


@pytest.mark.parametrize(
    ("n", "russian", "english"),
    [
        (7, "7", "7"),
        (4117, "4117", "4,117"),
        (12345, "12 345", "12,345"),
        (1000000, "1 000 000", "1,000,000"),
    ],
)
def test_whole_numbers(n, russian, english):
    assert plain(as_read.number(n, "ru")) == russian
    assert plain(as_read.number(n, "en")) == english


@pytest.mark.parametrize(
    ("n", "russian", "english"),
    [
        (0, "0 вопросов", "0 questions"),
        (1, "1 вопрос", "1 question"),
        (3, "3 вопроса", "3 questions"),
        (11, "11 вопросов", "11 questions"),
        (21, "21 вопрос", "21 questions"),
        (360, "360 вопросов", "360 questions"),
    ],
)
def test_a_count_takes_the_form_of_its_noun(n, russian, english):
    assert plain(as_read.count(n, "count.samples", "ru")) == russian
    assert plain(as_read.count(n, "count.samples", "en")) == english


@pytest.mark.parametrize(
    ("seconds", "russian", "english"),
    [
        (0.04, "0,0 с", "0.0 s"),
        (12.34, "12,3 с", "12.3 s"),
        (59.97, "1 мин 00 с", "1 min 00 s"),
        (65, "1 мин 05 с", "1 min 05 s"),
        (7380, "2 ч 03 мин", "2 h 03 min"),
        (None, "—", "—"),
    ],
)
def test_a_duration(seconds, russian, english):
    assert plain(as_read.duration(seconds, "ru")) == russian
    assert plain(as_read.duration(seconds, "en")) == english


@pytest.mark.parametrize(
    ("seconds", "russian"), [(0.2, "0 с"), (12.4, "12 с"), (65, "1 мин 05 с"), (-3, "0 с"), (None, "—")]
)
def test_time_left_is_told_in_whole_seconds(seconds, russian):
    assert plain(as_read.countdown(seconds, "ru")) == russian


@pytest.mark.parametrize(
    ("per_second", "russian", "english"),
    [
        (5.83, "5,8 вопр./с", "5.8 questions/s"),
        (0.4, "24 вопр./мин", "24 questions/min"),
        (None, "—", "—"),
    ],
)
def test_a_slow_run_is_told_per_minute(per_second, russian, english):
    assert plain(as_read.rate(per_second, "ru")) == russian
    assert plain(as_read.rate(per_second, "en")) == english


NOW = 1_795_300_440.0  # 21 November 2026, 21:54 UTC, or thereabouts


@pytest.mark.parametrize(
    ("passed", "russian", "english"),
    [
        (3, "только что", "just now"),
        (61, "1 минуту назад", "1 minute ago"),
        (5 * 60, "5 минут назад", "5 minutes ago"),
        (3 * 3600, "3 часа назад", "3 hours ago"),
        (30 * 86400, as_read.date(NOW - 30 * 86400, "ru"), as_read.date(NOW - 30 * 86400, "en")),
    ],
)
def test_how_long_ago(passed, russian, english):
    assert plain(as_read.ago(NOW - passed, "ru", NOW)) == plain(russian)
    assert plain(as_read.ago(NOW - passed, "en", NOW)) == plain(english)


def test_a_date_names_its_month():
    assert plain(as_read.date(0.0, "ru")) == "1 января 1970"
    assert plain(as_read.date(0.0, "en")) == "1 January 1970"
    assert plain(as_read.moment(0.0, "ru")) == "1 января 1970, 00:00 UTC"
    assert as_read.date(None, "ru") == as_read.moment(None, "ru") == as_read.ago(None, "ru") == "—"


def test_a_number_does_not_leave_its_unit():
    texts = [as_read.count(5, "count.samples", "ru"), as_read.duration(65, "ru"), as_read.percent(0.5, "ru")]
    assert texts == [
        "5\N{NO-BREAK SPACE}вопросов",
        "1\N{NO-BREAK SPACE}мин 05\N{NO-BREAK SPACE}с",
        "50\N{NO-BREAK SPACE}%",
    ]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ({"ru": "Наклейки", "en": "Stickers"}, "Наклейки"),
        ({"en": "Stickers"}, "Stickers"),
        ({}, "name"),
        ({"ru": ""}, "name"),
    ],
)
def test_a_title_falls_back_to_the_other_language_and_then_to_the_name(title, expected):
    assert as_read.titled(title, "name", "ru") == expected


def test_a_sentence_begins_with_a_capital():
    assert [as_read.sentence(text) for text in ("встроенная модель Qwen", "", "Я")] == [
        "Встроенная модель Qwen",
        "",
        "Я",
    ]


def test_halves_go_up_in_shares_and_per_cents_alike():
    assert [as_read.share(value, "en") for value in (0.975, 0.125, 0.005, 0.995)] == [
        "0.98",
        "0.13",
        "0.01",
        "1.00",
    ]
    assert [as_read.percent(value, "en") for value in (0.975, 0.125, 0.985)] == ["98%", "13%", "99%"]
    assert as_read.decimal(-0.25, "en", 1) == "-0.3" and as_read.decimal(1e-9, "en", 2) == "0.00"
