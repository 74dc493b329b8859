"""Importing logs on the Runs page: where files are dropped, and what became of them."""

import json
from collections.abc import Sequence

from components.format import count, number
from components.links import link
from components.widgets.text import attr, safe, short
from studio.core.errors import Problem
from studio.core.logs import ImportedRun
from studio.texts import Lang, describe, t

_SCRIPT_TEXTS = ("sending", "reading", "lost")
SHOWN_REMARKS = 5


def import_html(lang: Lang) -> str:
    """A closed drawer with a place for files, the model's name and the wish to have the answers judged."""
    texts = {key: t(f"import.{key}", lang) for key in _SCRIPT_TEXTS}
    return (
        f'<details class="st-root st-card st-import" data-texts="{attr(json.dumps(texts, ensure_ascii=False))}"'
        f' data-lang="{lang}"><summary class="st-h2">{safe(t("import.title", lang))}</summary>'
        f'<form class="st-stack"><p class="st-note">{safe(t("import.lead", lang))}</p>'
        f'<label class="su-drop"><input type="file" name="files" multiple><b>{safe(t("import.drop", lang))}</b>'
        f"<small>{safe(t('import.drop.note', lang))}</small></label>"
        f'<label class="st-stack st-small" for="import-model">{safe(t("import.model", lang))}</label>'
        f'<input class="st-input" id="import-model" name="model" autocomplete="off" maxlength="200" '
        f'placeholder="{attr(t("import.model.from_log", lang))}">'
        f'<label class="su-partial"><input type="checkbox" name="judge"> {safe(t("import.judge", lang))}</label></form>'
        '<p class="su-status st-note" role="status" aria-live="polite"></p>'
        '<div data-report tabindex="-1"></div></details>'
    )


def imported_html(runs: Sequence[ImportedRun], lang: Lang) -> str:
    """What became of the files: a line a run, with the way to its samples and what was noticed in the log."""
    return f'<ul class="st-list st-stack">{"".join(_imported(run, lang) for run in runs)}</ul>'


def _imported(run: ImportedRun, lang: Lang) -> str:
    key = "import.done" if run.new else "import.known"
    told = t(key, lang, tool=run.tool, samples=count(run.samples, "count.samples", lang))
    failed = f" {safe(t('scores.failed', lang, n=number(run.failed, lang)))}" if run.failed else ""
    return (
        f'<li class="st-stack"><p><b>{short(run.model, 80)}</b> · {safe(told)}{failed}</p>{_remarks(run.remarks, lang)}'
        f'<p><a class="st-btn st-btn--main" href="{attr(link("inspect", lang, run=run.run))}">'
        f"{safe(t('import.open', lang))}</a></p></li>"
    )


def _remarks(remarks: Sequence[Problem], lang: Lang) -> str:
    lines = "".join(f"<li>{safe(describe(each, lang))}</li>" for each in remarks[:SHOWN_REMARKS])
    more = len(remarks) - SHOWN_REMARKS
    rest = f"<li>{safe(t('import.more', lang, n=number(more, lang)))}</li>" if more > 0 else ""
    return f'<ul class="st-note">{lines}{rest}</ul>' if remarks else ""
