"""What the header of pages for people's work asks: who is signed in."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import gradio as gr

from components.pages.served import served, text_of
from components.who import viewer
from components.widgets.signed import signed_html
from studio.texts import Lang

if TYPE_CHECKING:
    from studio.service import Studio


def header_functions(studio: "Studio", lang: Lang) -> list[Callable[..., Any]]:
    """The functions of the header's script."""

    @served(lang)
    def header_who(data: Mapping[str, Any], request: gr.Request) -> dict[str, Any]:
        who = viewer(studio, request)
        back = text_of(data, "at", 500) if studio.settings.oauth else ""
        name = studio.members.name(who)
        return {"html": signed_html(name, lang, owner=who.role == "owner", login_for=back)}

    return [header_who]
