"""Functions that a page's script calls and awaits (`server.name(data)`), beside Gradio's events.

One call is one HTTP request and one JSON answer: it does not wait in the queue, and a script can tell a refusal
(`{"error": words}`) from a lost connection (no answer at all), which an event of Gradio does not let it do.
"""

import functools
import logging
from collections.abc import Callable, Mapping
from typing import Any

import gradio as gr

from studio.core.errors import StudioError
from studio.texts import Lang, describe

log = logging.getLogger("studio.pages")

Served = Callable[[Mapping[str, Any], gr.Request], dict[str, Any]]


def served(lang: Lang) -> Callable[[Served], Served]:
    """Every function that a script may call passes through `@served(lang)`.

    A `StudioError` becomes `{"error": its words, "code": its code}`; any other exception is logged and raised on, and
    the browser learns nothing of it but that there was no answer. Data that is no object counts as empty.
    """

    def wrap(function: Served) -> Served:
        def call(data: Any, request: gr.Request) -> dict[str, Any]:
            try:
                return function(data if isinstance(data, Mapping) else {}, request)
            except StudioError as error:
                log.info("%s: %s", function.__name__, error)
                return {"error": describe(error, lang), "code": error.problem.code}
            except Exception:
                log.exception("%s failed", function.__name__)
                raise

        functools.update_wrapper(
            call, function, assigned=("__module__", "__name__", "__qualname__", "__doc__")
        )
        del call.__wrapped__  # Gradio reads the signature of `call`, whose types it knows
        call.__served__ = True  # type: ignore[attr-defined]
        call.__shown__ = lang  # type: ignore[attr-defined]
        return call

    return wrap


def text_of(data: Mapping[str, Any], key: str, limit: int = 400) -> str:
    """A string of what the browser sent, cut; anything else is empty."""
    value = data.get(key)
    return value[:limit] if isinstance(value, str) else ""


def whole_of(data: Mapping[str, Any], key: str) -> int | None:
    """A whole number of what the browser sent, as a number or its digits; else None. Fits SQLite's integers."""
    value = data.get(key)
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
        value = int(value.strip()[:18])
    return value if type(value) is int and 0 <= value < 2**53 else None
