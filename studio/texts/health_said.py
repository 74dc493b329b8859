"""The first words about a judge's health: how far it can be trusted, what to do next, and where it errs otherwise."""

from studio.core.health import Figure, GroupHealth, Health, Skipped
from studio.texts import Lang, plural, t
from studio.texts.dates import titled
from studio.texts.figures import NBSP, decimal, percent


def health_said(health: Health, lang: Lang) -> str:
    """Two or three sentences."""
    parts = [_trust(health, lang), _next(health, lang), *_apart(health, lang)]
    return " ".join(parts)


def counted(n: int, lang: Lang) -> str:
    """«5 ответов», “5 answers”."""
    forms = t("health.answers", lang).split("|")
    word = plural(n, *forms) if lang == "ru" else forms[0 if n == 1 else 1]
    return f"{n}{NBSP}{word}"


def skipped_said(skipped: Skipped, lang: Lang) -> str:
    """What keeps labels of a draw from counting."""
    n = counted(skipped.waiting, lang)
    return t("health.skipped", lang, draw=skipped.draw, number=skipped.number, n=n)


def probability(p: float, lang: Lang) -> str:
    return t("health.small", lang) if p < 0.001 else decimal(p, lang, 3)


def group_name(group: GroupHealth, lang: Lang) -> str:
    """How a group of labelled answers is called."""
    if group.by == "all":
        return t("health.by.all", lang)
    if group.by == "answer_type":
        return t("health.group.type", lang, type=t(f"health.type.{group.name}", lang))
    if group.by == "length":
        return t("health.group.length", lang, length=group.name.replace("-", "–"))
    return titled(group.title, group.name, lang)


def _trust(health: Health, lang: Lang) -> str:
    figures = health.whole.agreement.figures
    sensitivity, specificity = figures["sensitivity"], figures["specificity"]
    return t(
        f"health.trust.{health.advice.trust}",
        lang,
        run=health.run_id,
        right=health.whole.agreement.right,
        wrong=health.whole.agreement.wrong,
        sensitivity=_share(sensitivity, lang),
        specificity=_share(specificity, lang),
        missed=_rest(sensitivity, lang),
        passed=_rest(specificity, lang),
    )


def _next(health: Health, lang: Lang) -> str:
    told, total = health.advice, health.scores[-1]
    half = None if total.run_low is None or total.run_high is None else (total.run_high - total.run_low) / 2
    return t(
        f"health.next.{told.next}",
        lang,
        run=health.run_id,
        n=counted(told.n, lang),
        right=told.right,
        wrong=told.wrong,
        draw=told.draw,
        gap=told.gap,
        half=decimal(half, lang, 2),
    )


def _apart(health: Health, lang: Lang) -> list[str]:
    return [
        t(f"health.apart.{each.by}", lang, p=probability(each.p, lang), worst=each.worst)
        for each in health.homogeneity
        if each.apart and each.p is not None and each.by in {"task", "model"}
    ]


def _share(figure: Figure, lang: Lang) -> str:
    return percent(figure.value, lang)


def _rest(figure: Figure, lang: Lang) -> str:
    return percent(None if figure.value is None else 1 - figure.value, lang)
