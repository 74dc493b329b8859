"""Instructions: written in Markdown, seen as an annotator will see them, kept as versions that can be compared."""

import difflib
from collections.abc import Sequence

from components.format import count, moment, number
from components.widgets.markdown import markdown_html
from components.widgets.text import attr, safe
from studio.core.overseeing import Version
from studio.texts import Lang, t

LONGEST = 50_000
_AROUND = 2  # lines of context around what changed


def instructions_html(versions: Sequence[Version], project: str, lang: Lang) -> str:
    """The editor beside its preview, the versions below it."""
    text = versions[0].text if versions else ""
    draft = attr(f"studio-instructions-{project}")
    template = attr(t("organise.instructions.template", lang))
    return (
        f'<form class="og-writing" data-form="instruct"><section class="st-card"><div class="st-spread">'
        f'<h3><label for="og-text">{safe(t("organise.instructions.text", lang))}</label></h3>'
        f'<button type="button" class="st-link" data-template="{template}">'
        f"{safe(t('organise.instructions.sample', lang))}</button></div>"
        f'<textarea id="og-text" name="text" rows="22" maxlength="{LONGEST}" spellcheck="true" data-draft="{draft}"'
        f' data-kept="{attr(text)}">{safe(text)}</textarea>'
        f'<p class="st-small">{safe(t("organise.instructions.hint", lang))}'
        '</p><p class="st-alert" role="alert" data-wrong="text" hidden></p><p class="st-row">'
        f'<button class="st-btn st-btn--main">{safe(t("organise.instructions.keep", lang))}</button>'
        f'<span class="st-small">{safe(t("organise.instructions.why", lang))}</span></p></section>'
        f'<section class="st-card" aria-live="off"><h3>{safe(t("organise.instructions.preview", lang))}</h3>'
        f'<div data-preview tabindex="0" class="og-preview">{preview_html(text, lang)}</div></section></form>'
        f"{_versions(versions, lang)}"
    )


def preview_html(text: str, lang: Lang) -> str:
    """The text as it will be read."""
    if not text.strip():
        return f'<p class="st-note">{safe(t("organise.instructions.empty", lang))}</p>'
    return markdown_html(text[:LONGEST], lang)


def _versions(versions: Sequence[Version], lang: Lang) -> str:
    if not versions:
        return ""
    older: dict[int, str] = {each.version: each.text for each in versions}
    rows = "".join(_version(each, older.get(each.version - 1, ""), lang) for each in versions)
    return (
        f'<section class="st-card"><h3>{safe(t("organise.versions", lang))}</h3><ul class="st-list og-versions">{rows}'
        "</ul></section>"
    )


def _version(version: Version, before: str, lang: Lang) -> str:
    told = count(version.answers, "count.answers", lang)
    return (
        f'<li><details class="st-details"><summary><b>{safe(t("organise.fact.version", lang, n=version.version))}</b> '
        f"{safe(moment(version.at, lang))} · {safe(t('organise.versions.answers', lang, answers=told))}"
        f"</summary>{difference_html(before, version.text, lang)}</details></li>"
    )


def difference_html(before: str, after: str, lang: Lang) -> str:
    """Lines that went and came, with a few around them."""
    lines = list(difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=_AROUND))[2:]
    if not lines:
        return f'<p class="st-note">{safe(t("organise.versions.same", lang))}</p>'
    signs = {"+": "ins", "-": "del"}
    rows = []
    for line in lines:
        if line.startswith("@@"):
            rows.append('<span class="og-gap">⋯</span>')
        else:
            tag = signs.get(line[:1], "span")
            rows.append(f"<{tag}>{safe(line[:1] or ' ')} {safe(line[1:])}</{tag}>")
    added = sum(line[:1] == "+" for line in lines)
    gone = sum(line[:1] == "-" for line in lines)
    told = t("organise.versions.lines", lang, added=number(added, lang), gone=number(gone, lang))
    return f'<p class="st-sr">{safe(told)}</p><pre class="og-diff" tabindex="0">{"".join(rows)}</pre>'
