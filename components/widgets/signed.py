"""Who is signed in, and the way out; in the header of pages for people's work."""

from urllib.parse import quote

from components.accounts import LOGIN
from components.widgets.text import attr, safe
from studio.texts import Lang, t


def signed_html(name: str, lang: Lang, *, owner: bool = False, login_for: str = "") -> str:
    """`name` is that of who is signed in; the owner may be nobody in particular. `login_for` is where somebody who is
    not signed in comes back to from Hugging Face; empty: there is no such door."""
    if name:
        leave = f"./leave?lang={lang}"
        return (
            f'<form class="st-who" method="post" action="{attr(leave)}">'
            f'<span class="st-who-name" title="{attr(name)}">{safe(t("who.here", lang, name=name))}</span>'
            f'<button class="st-tool">{safe(t("who.leave", lang))}</button></form>'
        )
    if owner:
        return f'<span class="st-who-name">{safe(t("who.owner", lang))}</span>'
    if not login_for:
        return ""
    href = f"./{LOGIN}?_target_url={quote(login_for, safe='')}"
    words = safe(t("join.huggingface", lang))
    return f'<a class="st-tool" href="{attr(href)}" data-login>{words}</a>'
