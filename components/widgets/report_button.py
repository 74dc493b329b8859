"""The button that opens the dialog of reports (`components.pages.report_dialog`)."""

from components.widgets.text import attr, safe
from studio.texts import Lang, t


def report_button(run: str, lang: Lang, classes: str = "st-btn st-btn--small") -> str:
    """The button that opens the dialog for a run."""
    hint = attr(t("report.button.hint", lang))
    return (
        f'<button type="button" class="{classes}" data-report="{attr(run)}" title="{hint}">'
        f"{safe(t('report.button', lang))}</button>"
    )
