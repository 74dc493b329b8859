"""Handlers of a built page, called as functions: by name, with a request that a test makes up."""

import asyncio
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import gradio as gr

from studio.service import Studio
from studio.texts import Lang

Builder = Callable[[gr.Blocks, Studio, Lang], None]


def built(builder: Builder, studio: Studio, lang: Lang = "ru") -> gr.Blocks:
    with gr.Blocks(analytics_enabled=False) as demo:
        builder(demo, studio, lang)
    return demo


def handler(demo: gr.Blocks, name: str) -> Callable[..., Any]:
    """The function of a listener; there must be one of that name."""
    found = {id(fn.fn): fn.fn for fn in demo.fns.values() if fn.name == name and fn.fn}
    (function,) = found.values()
    return function


def request(
    session: str = "tab", host: str = "127.0.0.1", cookies: Mapping[str, str] | None = None, **query: str
) -> gr.Request:
    return gr.Request(
        session_hash=session,
        query_params=query,
        cookies=dict(cookies or {}),
        client=SimpleNamespace(host=host),
        headers={},
    )


def event(**data: Any) -> gr.EventData:
    return gr.EventData(None, data)


def stream(steps: Any) -> list[dict[Any, Any]]:
    """All that a streaming handler yields."""

    async def drain() -> list[dict[Any, Any]]:
        return [step async for step in steps]

    return asyncio.run(drain())


def last(steps: list[dict[Any, Any]]) -> dict[str, Any]:
    """What the page shows in the end, by the components' own names where they have one, else by their order."""
    merged: dict[Any, Any] = {}
    for step in steps:
        merged |= step
    return merged


def words(value: Any) -> str:
    """All texts that a handler sends, in one string."""
    return "\n".join(str(part) for part in (value.values() if isinstance(value, dict) else [value]))
