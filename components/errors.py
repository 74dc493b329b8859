"""The one translator at the screen: a handler's `StudioError` becomes words in the page's language."""

import functools
import html
import inspect
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import gradio as gr

from studio.core.errors import StudioError
from studio.texts import Lang, describe, t

log = logging.getLogger("studio.pages")

Handler = Callable[..., Any]
Opened = Callable[..., AbstractContextManager[None]]


def shown(lang: Lang) -> Callable[[Handler], Handler]:
    """Every handler of a page passes through `@shown(lang)`, plain, async or generator.

    `StudioError` becomes a `gr.Error` with its text; any other exception is logged with its traceback and
    raised on, so that Gradio shows its own word for it and keeps the details from the visitor.
    """

    def wrap(handler: Handler) -> Handler:
        wrapped = around(handler, lambda *_, **__: _translated(handler.__name__, lang))
        wrapped.__shown__ = lang  # type: ignore[attr-defined]
        return wrapped

    return wrap


def around(handler: Handler, opened: Opened) -> Handler:
    """The handler inside `opened(*args, **kwargs)`, of the same kind (plain, async, generator) and signature."""
    wrapped: Handler = _kind(handler)(handler, opened)
    functools.update_wrapper(wrapped, handler)
    return wrapped


def _kind(handler: Handler) -> Callable[[Handler, Opened], Any]:
    if inspect.isasyncgenfunction(handler):
        return _async_generator
    if inspect.isgeneratorfunction(handler):
        return _generator
    return _coroutine if inspect.iscoroutinefunction(handler) else _plain


@contextmanager
def _translated(name: str, lang: Lang) -> Iterator[None]:
    try:
        yield
    except StudioError as error:
        log.info("%s: %s", name, error)
        # Gradio shows the words as HTML, and they hold values that somebody typed.
        words = html.escape(describe(error, lang), quote=False)
        raise gr.Error(words, title=t("error.title", lang), print_exception=False) from error
    except gr.Error:
        raise
    except Exception:
        log.exception("handler %s failed", name)
        raise


def _plain(handler: Handler, opened: Opened) -> Handler:
    def call(*args: Any, **kwargs: Any) -> Any:
        with opened(*args, **kwargs):
            return handler(*args, **kwargs)

    return call


def _coroutine(handler: Handler, opened: Opened) -> Handler:
    async def call(*args: Any, **kwargs: Any) -> Any:
        with opened(*args, **kwargs):
            return await handler(*args, **kwargs)

    return call


def _generator(handler: Handler, opened: Opened) -> Handler:
    def call(*args: Any, **kwargs: Any) -> Iterator[Any]:
        with opened(*args, **kwargs):
            yield from handler(*args, **kwargs)

    return call


def _async_generator(handler: Handler, opened: Opened) -> Handler:
    async def call(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        with opened(*args, **kwargs):
            steps = handler(*args, **kwargs)
            try:
                async for step in steps:
                    yield step
            finally:
                await steps.aclose()

    return call
