"""How far people agree beyond chance: four measures with their intervals as a picture; what is undefined is "
"explained."""

from components.format import count, number, share
from components.widgets.forest import ForestRow, Mark, forest_html
from components.widgets.text import safe
from studio.core.health import Figure
from studio.core.votes import CrowdAgreement
from studio.texts import Lang, t

MEASURES = ("raw", "alpha", "fleiss", "ac1")
# Krippendorff's bounds: from .800 on conclusions may rest on the data, from .667 on tentative ones.
GOOD, TENTATIVE = 0.8, 0.667


def agreement_html(found: CrowdAgreement, lang: Lang) -> str:
    """The picture and, in words, what alpha says."""
    figures = {name: getattr(found, name) for name in MEASURES}
    if all(figure.value is None for figure in figures.values()):
        return f'<p class="st-note">{safe(t(f"organise.undefined.{found.raw.reason}", lang))}</p>'
    rows = [_row(name, figures[name], lang) for name in MEASURES]
    told = t(
        "organise.agreement.of", lang, items=count(found.items, "count.samples", lang),
        votes=count(found.votes, "count.answers", lang), people=number(found.annotators, lang),
    )  # fmt: skip
    undefined = {each.reason for each in figures.values() if each.value is None and each.reason}
    why = "".join(
        f'<p class="st-note">{safe(t(f"organise.undefined.{each}", lang))}</p>' for each in sorted(undefined)
    )
    return (
        f'<p class="og-verdict">{safe(_verdict(found.alpha, lang))}</p>'
        f"{forest_html(rows, t('organise.agreement', lang), lang)}{why}<p class='st-small'>{safe(told)}</p>"
    )


def _verdict(alpha: Figure, lang: Lang) -> str:
    if alpha.value is None or alpha.low is None:
        return t("organise.alpha.undefined", lang)
    name = "good" if alpha.low >= GOOD else "tentative" if alpha.value >= TENTATIVE else "weak"
    return t(f"organise.alpha.{name}", lang)


def _row(name: str, figure: Figure, lang: Lang) -> ForestRow:
    title = t(f"organise.measure.{name}", lang)
    if figure.value is None or figure.low is None or figure.high is None:
        return ForestRow(title, note=t("organise.undefined", lang))
    told = f"{title}: {share(figure.value, lang)} [{share(figure.low, lang)}; {share(figure.high, lang)}]".replace(
        "-", "−"
    )
    mark = Mark("first", title, figure.value, figure.low, figure.high)
    return ForestRow(told, (mark,), strong=name == "alpha")
