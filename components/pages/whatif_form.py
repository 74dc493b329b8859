"""What can be asked on «What if»: the switches, the judge's threshold over its probabilities, versions of the rules."""

from collections.abc import Iterable, Sequence

from components.format import decimal, number
from components.widgets.raw_text import visible
from components.widgets.text import attr, safe
from studio.core.rules import MOST_TOLERANCE, STAGES, TOLERANCE
from studio.core.whatif import BINS, ScorerVersion, Switch, WhatIf
from studio.texts import Lang, t

WIDTH, HEIGHT = 400, 96  # of the histogram, in its own units
_PROFILES = ("", "head", "squad", "paper")


def switches_html(switches: Sequence[Switch], found: WhatIf, lang: Lang) -> str:
    """A fieldset a stage of reading; a switch that stands otherwise than in the run is marked by the style sheet."""
    profiles = "".join(
        f'<option value="{name}"{" selected" if name == found.profile else ""}>'
        f"{safe(t('whatif.profile.' + (name or 'ours'), lang))}</option>"
        for name in _PROFILES
    )
    chosen = (
        f'<label class="in-field"><span>{safe(t("whatif.profile", lang))}</span>'
        f'<select name="profile">{profiles}</select></label>'
    )
    stages = "".join(
        f'<fieldset class="wi-stage"><legend>{safe(t(f"rule.stage.{stage}", lang))}</legend>'
        f"{''.join(_switch(switch, found, lang) for switch in switches if switch.stage == stage)}</fieldset>"
        for stage in STAGES
    )
    return (
        f'<section class="st-card st-card--tight wi-rules"><div class="wi-bar"><h2>{safe(t("whatif.rules", lang))}</h2>'
        f'<button type="button" class="in-quiet" data-act="reset">{safe(t("whatif.reset", lang))} <kbd>R</kbd></button>'
        f"</div>{chosen}<div data-switches>{stages}</div></section>"
    )


def _switch(switch: Switch, found: WhatIf, lang: Lang) -> str:
    title, says = safe(t(f"rule.{switch.name}", lang)), safe(t(f"rule.{switch.name}.says", lang))
    pair = f"<code>{visible(switch.answer)}</code> = <code>{visible(switch.gold)}</code>"
    example = f'<span class="wi-example">{pair}</span>'
    turns = f'<span class="wi-turns" data-turns="{attr(switch.name)}" title="{attr(t("whatif.turns", lang))}"></span>'
    body = f'<span class="wi-name">{title}{turns}</span><span class="wi-says">{says}</span>{example}'
    if switch.name == TOLERANCE:
        value = (
            decimal(found.rules.tolerance, "en", 3).rstrip("0").rstrip(".") if found.rules.tolerance else "0"
        )
        base = found.base.tolerance if found.base else 0
        return (
            f'<label class="wi-switch wi-number"><input type="number" name="tolerance" min="0" max="{MOST_TOLERANCE}"'
            f' step="0.005" value="{value}" data-base="{base:g}"><span>{body}</span></label>'
        )
    on = " checked" if getattr(found.rules, switch.name) else ""
    return (
        f'<label class="wi-switch"><input type="checkbox" role="switch" name="{attr(switch.name)}"'
        f' data-base="{int(switch.on)}"{on}><span>{body}</span></label>'
    )


def judge_html(found: WhatIf, lang: Lang) -> str:
    """The histogram of what the judge was sure of, with the threshold below it; nothing where no judge was asked."""
    if not found.known_variants:
        nobody = safe(t("whatif.no_judge", lang))
        return f'<section class="st-card st-card--tight"><p class="st-note">{nobody}</p></section>'
    asked = "" if found.threshold is None else f"{found.threshold:g}"
    value = found.threshold if found.threshold is not None else 0.5
    shown = t("whatif.as_judge", lang) if found.threshold is None else decimal(found.threshold, lang, 2)
    label = t("whatif.histogram", lang)
    return (
        f'<section class="st-card st-card--tight wi-judge"><div class="wi-bar"><h2>{safe(t("whatif.judge", lang))}</h2>'
        f"<output data-threshold-shown>{safe(shown)}</output></div>"
        f'<p class="st-note">{safe(t("whatif.judge.says", lang))}</p>'
        f'<svg class="wi-histogram" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" role="img"'
        f' aria-label="{attr(label)}">{_bars(found.bins)}<line class="wi-line" data-line x1="{value * WIDTH:g}"'
        f' x2="{value * WIDTH:g}" y1="0" y2="{HEIGHT}"/></svg>'
        f'<input type="range" name="threshold" min="0" max="1" step="0.01" value="{value:g}" data-value="{asked}"'
        f' aria-label="{attr(t("whatif.threshold", lang))}">'
        f'<div class="wi-scale" aria-hidden="true"><span>0</span><span>{decimal(0.5, lang, 1)}</span>'
        "<span>1</span></div>"
        f'<p class="wi-legend"><span class="in-c-both"><i></i>{safe(t("whatif.em_right", lang))}</span>'
        f'<span class="in-c-neither"><i></i>{safe(t("whatif.em_wrong", lang))}</span></p>'
        f"{_variants(found, lang)}</section>"
    )


def _bars(bins: Sequence[tuple[int, int]]) -> str:
    """Answers that EM holds right stand on the ground, those that it holds wrong upon them; heights by square root, so
    that the few in the middle are seen beside the many at the ends."""
    most = max((right + wrong for right, wrong in bins), default=0) or 1
    width = WIDTH / BINS
    parts: list[str] = []
    for place, (right, wrong) in enumerate(bins):
        whole = ((right + wrong) / most) ** 0.5 * HEIGHT
        low = whole * right / (right + wrong) if right + wrong else 0.0
        for name, top, height in (("both", HEIGHT - low, low), ("neither", HEIGHT - whole, whole - low)):
            if height:
                parts.append(
                    f'<rect class="in-c-{name}" x="{place * width + 0.5:g}" y="{top:.2f}" width="{width - 1:g}"'
                    f' height="{height:.2f}"/>'
                )
    return "".join(parts)


def _variants(found: WhatIf, lang: Lang) -> str:
    if len(found.known_variants) < 2:
        return ""
    boxes = "".join(
        f'<label><input type="checkbox" name="variant" value="{attr(name)}"'
        f"{' checked' if not found.variants or name in found.variants else ''}>"
        f" {safe(t(f'whatif.variant.{name}', lang))}</label>"
        for name in found.known_variants
    )
    return (
        f'<fieldset class="wi-variants"><legend>{safe(t("whatif.variants", lang))}</legend>{boxes}</fieldset>'
    )


def versions_html(
    found: WhatIf, versions: Iterable[ScorerVersion], asked: bool, owner: bool, lang: Lang
) -> str:
    """What the run is scored by now; kept versions to switch to; and a name for what is being tried."""
    if not owner:
        return ""
    own = found.label.partition("+")[2]
    buttons = "".join(
        f"<li><b>{safe(version.name)}</b> <span>{safe(_differs(version, lang))}</span>"
        + (
            f"<em>{safe(t('whatif.version.now', lang))}</em>"
            if version.name == own
            else f'<button type="button" class="st-btn st-btn--small" data-version="{attr(version.name)}">'
            f"{safe(t('whatif.version.use', lang))}</button>"
        )
        + "</li>"
        for version in versions
    )
    back = (
        '<button type="button" class="st-btn st-btn--small" data-version="">'
        f"{safe(t('whatif.version.back', lang))}</button>"
        if own
        else ""
    )
    keep = (
        f'<form class="wi-keep"><label class="in-field"><span>{safe(t("whatif.keep", lang))}</span>'
        f'<input name="name" required maxlength="40" autocomplete="off"></label>'
        f'<label class="wi-also"><input type="checkbox" name="rescore"> {safe(t("whatif.keep.rescore", lang))}</label>'
        f'<button class="st-btn st-btn--main">{safe(t("whatif.keep.do", lang))}</button>'
        f'<p class="st-alert" role="alert" hidden></p></form>'
        if asked
        else f'<p class="st-note">{safe(t("whatif.keep.first", lang))}</p>'
    )
    return (
        '<section class="st-card st-card--tight wi-versions">'
        f'<div class="wi-bar"><h2>{safe(t("whatif.versions", lang))}</h2>'
        f"<code>{safe(found.label)}</code>{back}</div>{f'<ul>{buttons}</ul>' if buttons else ''}{keep}"
        f'<progress hidden max="1" value="0"></progress></section>'
    )


def _differs(version: ScorerVersion, lang: Lang) -> str:
    words = [
        t(f"rule.{name}", lang) + (f" {number(int(value * 100), lang)} %" if name == TOLERANCE else "")
        for name, value in version.rules.to_json().items()
    ]
    signs = ["+" if value else "−" for value in version.rules.to_json().values()]
    return ", ".join(f"{sign} {word}" for sign, word in zip(signs, words, strict=True))
