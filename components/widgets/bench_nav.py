"""The row of tabs under the title of every page of the workbench: the same run, seen in another way."""

from components.links import PageKey, link
from components.widgets.text import attr, safe
from studio.texts import Lang, t

# In the order of the row; each has its name under `bench.<page>` in the texts. A tab is here once its page is.
TABS: tuple[PageKey, ...] = ("inspect", "whatif", "health", "compare", "prompts", "reasons")


def bench_nav(current: PageKey, run: str, lang: Lang, **shared: object) -> str:
    """The tabs of a run, the current one marked, and what every view has: its link to copy, its keys. `shared` are
    further values of the address that other views read too (`where`, `task`); empty ones are left out."""
    links = "".join(
        f'<a href="{attr(link(page, lang, run=run, **shared))}"{" aria-current=page" if page == current else ""}>'
        f"{safe(t(f'bench.{page}', lang))}</a>"
        for page in TABS
    )
    return (
        f'<div class="st-benchbar"><nav class="st-bench" aria-label="{attr(t("bench.label", lang))}">{links}</nav>'
        f'<div class="st-benchtools">{_tool("link", t("bench.link.hint", lang), t("bench.link", lang), lang)}'
        f"{_tool('keys', t('bench.keys', lang), '?', lang)}"
        '<span class="st-sr" role="status" data-bench-said></span></div></div>'
    )


def _tool(what: str, hint: str, words: str, lang: Lang) -> str:
    """A button that `assets/bench.js` knows by `data-bench`."""
    name = f' aria-label="{attr(hint)}"' if len(words) == 1 else ""
    done = f' data-done="{attr(t("bench.copied", lang))}"' if what == "link" else ""
    return (
        f'<button type="button" class="in-quiet" data-bench="{what}" title="{attr(hint)}"{name}{done}>'
        f"{safe(words)}</button>"
    )
