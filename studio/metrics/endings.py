"""Dictionary forms of Russian words, so that «красного шара» can equal «красный шар»."""

import logging
import re
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from studio.core.errors import BadInput

_WORD = re.compile(r"[а-яё]{2,}(?:-[а-яё]+)*", re.IGNORECASE)


def dictionary_forms(text: str) -> str:
    """The text with every Russian word in its most likely dictionary form; the rest stays as it is.

    Raises BadInput where pymorphy3 is not installed.
    """
    return _WORD.sub(lambda found: _dictionary_form(found[0]), text)


@cache
def dictionary_version() -> str:
    """Of the library and its dictionary; empty where they are not installed."""
    try:
        return f"{version('pymorphy3')} {version('pymorphy3-dicts-ru')}"
    except PackageNotFoundError:
        return ""


@lru_cache(maxsize=200_000)
def _dictionary_form(word: str) -> str:
    form: str = _analyser().parse(word)[0].normal_form
    return form.replace("ё", "е")


@cache
def _analyser() -> Any:
    try:
        import pymorphy3  # heavy: a dictionary of 5 million forms, opened only when a rule asks for it
    except ImportError as error:
        raise BadInput("rule_needs_library", name="endings", library="pymorphy3") from error
    logging.getLogger("pymorphy3").setLevel(logging.WARNING)  # it tells where its dictionary lies
    return pymorphy3.MorphAnalyzer(lang="ru")
