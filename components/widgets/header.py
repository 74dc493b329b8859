"""The header of every page: the studio's name, the links to the pages, the language and the theme."""

from components.links import BENCH, HEADER, PageKey, link
from components.widgets.text import attr, safe
from studio.texts import Lang, t

FOR_PEOPLE = frozenset({"annotate", "organise"})  # pages whose header tells who is signed in


def header_html(current: PageKey | None, lang: Lang, *, keyed: bool = False) -> str:
    """The header of a page, which tells who is signed in where people work, and everywhere where a key makes somebody
    the owner (`keyed`). None is an address that belongs to no page, which has no script for the tools."""
    here: PageKey | None = "inspect" if current in BENCH else current
    links = "".join(
        f'<a href="{attr(link(key, lang))}"{" aria-current=page" if key == here else ""}>'
        f"{safe(t(f'nav.{key}', lang))}</a>"
        for key in HEADER
    )
    return (
        '<header class="st-root st-header">'
        f'<a class="st-skip" href="#st-main">{safe(t("nav.skip", lang))}</a>'
        f'<a class="st-brand" href="{attr(link("run", lang))}">{LOGO}<span>{safe(t("app.title", lang))}'
        f'</span></a><nav class="st-nav" aria-label="{attr(t("nav.label", lang))}">{links}</nav>'
        f"{_tools(current, lang, keyed=keyed) if current else ''}</header>"
    )


def _tools(current: PageKey, lang: Lang, *, keyed: bool) -> str:
    other: Lang = "en" if lang == "ru" else "ru"
    theme_label, language = attr(t("nav.theme", lang)), attr(t("nav.language", lang))
    return (
        f'<div class="st-tools">{"<div data-who></div>" if keyed or current in FOR_PEOPLE else ""}'
        f'<a class="st-tool" data-language hreflang="{other}" title="{language}"'
        f' aria-label="{language}" href="{attr(link(current, other))}">{safe(t("nav.language.short", lang))}</a>'
        f'<button type="button" class="st-tool" data-theme title="{theme_label}" aria-label="{theme_label}">◐</button>'
        "</div>"
    )


LOGO = (
    '<svg viewBox="0 0 28 28" aria-hidden="true"><rect width="28" height="28" rx="8" fill="var(--st-accent)"/>'
    '<path d="M6.5 20V9.2l4.6 6 4.6-6V20" fill="none" stroke="var(--st-on-accent)" stroke-width="2.2" '
    'stroke-linecap="round" stroke-linejoin="round"/>'
    '<circle cx="20.6" cy="18.7" r="1.9" fill="var(--st-on-accent)"/></svg>'
)
