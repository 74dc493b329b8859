"""The one translator at the screen: a handler's `StudioError` becomes words in the page's language."""

import functools
import html
import inspect
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import gradio as gr

from studio.core.errors import StudioError
from studio.texts import Lang, describe, t

log = logging.getLogger("studio.pages")


def shown(lang: Lang) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Every handler of a page passes through `@shown(lang)`, plain, async or generator.

    `StudioError` becomes a `gr.Error` with its text; any other exception is logged with its traceback and
    raised on, so that Gradio shows its own word for it and keeps the details from the visitor.
    """

    def wrap(handler: Callable[..., Any]) -> Callable[..., Any]:
        wrapped = _kind(handler)(handler, lang)
        functools.update_wrapper(wrapped, handler)
        wrapped.__shown__ = True
        return wrapped

    return wrap


def _kind(handler: Callable[..., Any]) -> Callable[[Callable[..., Any], Lang], Any]:
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


def _plain(handler: Callable[..., Any], lang: Lang) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        with _translated(handler.__name__, lang):
            return handler(*args, **kwargs)

    return call


def _coroutine(handler: Callable[..., Any], lang: Lang) -> Callable[..., Any]:
    async def call(*args: Any, **kwargs: Any) -> Any:
        with _translated(handler.__name__, lang):
            return await handler(*args, **kwargs)

    return call


def _generator(handler: Callable[..., Any], lang: Lang) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Iterator[Any]:
        with _translated(handler.__name__, lang):
            yield from handler(*args, **kwargs)

    return call


def _async_generator(handler: Callable[..., Any], lang: Lang) -> Callable[..., Any]:
    async def call(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        with _translated(handler.__name__, lang):
            steps = handler(*args, **kwargs)
            try:
                async for step in steps:
                    yield step
            finally:
                await steps.aclose()

    return call
