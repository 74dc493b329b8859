"""Settings of a project that was made: all but its task, its items and its seed may change while people work."""

from components.pages.organise_fields import field, fields_html, text_input
from components.widgets.text import safe
from studio.core.project import Project
from studio.texts import Lang, t


def settings_html(project: Project, lang: Lang) -> str:
    spec = project.spec
    return (
        f'<form class="og-settings" data-form="change" novalidate><div class="og-fields">'
        f'<fieldset class="og-group"><legend>{safe(t("organise.group.what", lang))}</legend>'
        f"{field('title', text_input('title', spec.title, more='maxlength=200 required'), lang, wide=True)}"
        f'<p class="st-note og-wide">{safe(t("organise.settings.fixed", lang, task=spec.task, seed=spec.seed))}</p>'
        f"</fieldset>"
        f"{fields_html(spec, lang)}</div>"
        '<p class="st-alert" role="alert" data-wrong="" hidden></p><p class="st-row">'
        f'<button class="st-btn st-btn--main">{safe(t("organise.settings.keep", lang))}</button>'
        '<b class="og-kept" data-said></b>'
        f'<span class="st-small">{safe(t("organise.settings.note", lang))}</span></p></form>'
    )
