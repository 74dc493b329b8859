"""What a page's script may call: errors in words, nothing else told, values cut to size."""

import inspect
import logging

import gradio as gr
import pytest

from components.pages.served import served, text_of, whole_of
from studio.core.errors import BadInput


def asked(function, data=None, lang="ru"):
    return served(lang)(function)(data, gr.Request())


@pytest.mark.parametrize(("lang", "words"), [("ru", "Прогона «r9» нет"), ("en", "There is no run “r9”")])
def test_an_error_of_the_studio_is_told_in_the_pages_language(lang, words):
    def open_run(data, request):
        raise BadInput("unknown_run", run="r9")

    told = asked(open_run, {}, lang)
    assert told["code"] == "unknown_run" and told["error"].startswith(words)


def test_any_other_error_is_logged_and_not_told(caplog):
    def broken(data, request):
        raise ZeroDivisionError("секрет")

    with caplog.at_level(logging.ERROR), pytest.raises(ZeroDivisionError):
        asked(broken)
    assert "broken failed" in caplog.text


@pytest.mark.parametrize("data", [None, "text", 7, ["a"]])
def test_data_that_is_no_object_counts_as_empty(data):
    assert asked(lambda data, request: {"got": dict(data)}, data) == {"got": {}}


def test_gradio_knows_where_the_request_goes():
    def function(data, request):
        return {}

    parameters = inspect.signature(served("ru")(function)).parameters
    assert parameters["request"].annotation is gr.Request and served("ru")(function).__name__ == "function"


@pytest.mark.parametrize(
    ("value", "whole"),
    [(7, 7), ("7", 7), (" 12 ", 12), ("", None), ("-1", None), (-1, None), (1.5, None), (True, None), (None, None),
     ("٣", None), ("9" * 30, None), (2**60, None), ([1], None)],
)  # fmt: skip
def test_a_whole_number_fits_the_database_or_is_none(value, whole):
    assert whole_of({"n": value}, "n") == whole


def test_a_text_is_cut_and_anything_else_is_empty():
    assert text_of({"t": "я" * 500}, "t", 10) == "я" * 10
    assert text_of({"t": ["x"]}, "t") == text_of({}, "t") == ""
