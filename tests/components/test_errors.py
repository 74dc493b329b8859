"""A handler's trouble reaches the visitor as words in the page's language, whatever kind of function it is."""

import asyncio
import inspect
import logging

import gradio as gr
import pytest

from components.errors import shown
from studio.core.errors import BadInput


def refuse():
    raise BadInput("unknown_task", name="котики", known="demo")


@shown("ru")
def plain(value: int) -> int:
    refuse()
    return value


@shown("ru")
async def coroutine():
    refuse()


@shown("ru")
def generator():
    yield 1
    refuse()


@shown("ru")
async def async_generator():
    yield 1
    refuse()


async def drained(steps):
    return [step async for step in steps]


CALLS = {
    "plain": lambda: plain(1),
    "coroutine": lambda: asyncio.run(coroutine()),
    "generator": lambda: list(generator()),
    "async generator": lambda: asyncio.run(drained(async_generator())),
}


@pytest.mark.parametrize("kind", CALLS)
def test_a_refusal_becomes_words(kind):
    with pytest.raises(gr.Error, match="Нет задачи «котики»") as caught:
        CALLS[kind]()
    assert caught.value.print_exception is False


def test_the_words_are_in_the_pages_language():
    with pytest.raises(gr.Error, match="There is no task"):
        shown("en")(refuse)()


def test_what_somebody_typed_is_no_markup_in_the_words():
    """Gradio shows the words of an error as HTML."""

    @shown("ru")
    def hostile():
        raise BadInput("unknown_model", name="<img src=x onerror=alert(1)>")

    with pytest.raises(gr.Error, match="&lt;img src=x") as caught:
        hostile()
    assert "<img" not in str(caught.value) and caught.value.title == "Не получилось"


def test_any_other_error_is_logged_with_its_traceback_and_raised_on(caplog):
    @shown("ru")
    def broken():
        return 1 / 0

    with caplog.at_level(logging.ERROR), pytest.raises(ZeroDivisionError):
        broken()
    assert "broken" in caplog.text and "ZeroDivisionError" in caplog.text


def test_an_error_that_already_has_words_passes():
    @shown("ru")
    def worded():
        raise gr.Error("готовые слова")

    with pytest.raises(gr.Error, match="готовые слова"):
        worded()


def test_the_kind_and_signature_of_a_handler_stay():
    assert inspect.iscoroutinefunction(coroutine) and inspect.isasyncgenfunction(async_generator)
    assert inspect.isgeneratorfunction(generator)
    assert list(inspect.signature(plain).parameters) == ["value"] and plain.__name__ == "plain"


def test_closing_a_loop_runs_its_end():
    ended = []

    @shown("ru")
    async def loop():
        try:
            while True:
                yield 1
        finally:
            ended.append("end")

    async def first_and_close():
        steps = loop()
        await anext(steps)
        await steps.aclose()

    asyncio.run(first_and_close())
    assert ended == ["end"]
