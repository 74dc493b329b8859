"""What prompts do to a run's scores, in sentences: the same on the page and in a terminal."""

from studio.core.prompts import Crossed, Flips, PromptGap, PromptScores, VarianceSplit
from studio.texts import Lang, t
from studio.texts.figures import count, decimal, number, percent, share

SURE = 0.05  # a difference is one below it

Z95 = 1.96


def prompts_said(found: PromptScores, lang: Lang, *, models: bool = True) -> list[str]:
    """The first is what a reader must know before looking at any number; with `models` also what is said of them."""
    said = [_design(found, lang)]
    if found.hidden:
        said.append(t("prompts.hidden", lang, tasks=", ".join(found.hidden)))
    return said + (crossed_said(found.crossed, lang, models=models) if found.crossed else [])


def crossed_said(crossed: Crossed, lang: Lang, *, models: bool) -> list[str]:
    """The split, the gap, the models."""
    said = []
    if crossed.left_out:
        said.append(t("prompts.left_out", lang, n=count(crossed.left_out, "count.samples", lang)))
    if crossed.without:
        said.append(t("prompts.without", lang, prompts=", ".join(map(str, crossed.without))))
    if crossed.split is None:
        return [*said, t("prompts.no_split", lang, n=crossed.items - crossed.left_out)]
    said += split_said(crossed.split, lang)
    if crossed.gap is not None and crossed.gap.difference.mean > 0:
        said.append(gap_said(crossed.gap, lang))
    names = {standing.run: standing.name for standing in crossed.standings}
    return said + [flips_said(flips, names, lang) for flips in crossed.flips if models]


def split_said(split: VarianceSplit, lang: Lang) -> list[str]:
    """Where the variance comes from, and how far other prompts would move the mean."""
    if any(part.share is None for part in split.parts):
        return [t("prompts.no_variance", lang)]
    shares = {part.part: percent(part.share, lang) for part in split.parts}
    said = [t("prompts.split.said", lang, **shares)]
    test = "prompts.test.differ" if split.p < 0.05 else "prompts.test.alike"
    said.append(t(test, lang, p=probability(split.p, lang)))
    if split.prompt_error > 0:
        said.append(t("prompts.error", lang, half=share(Z95 * split.prompt_error, lang)))
    return said


def gap_said(gap: PromptGap, lang: Lang) -> str:
    """The best prompt beside the worst."""
    values = {name: signed(getattr(gap.difference, name), lang) for name in ("mean", "low", "high")}
    key = "prompts.gap.sure" if gap.p < SURE else "prompts.gap.chance"
    return t(key, lang, best=gap.best, worst=gap.worst, p=probability(gap.p, lang), **values)


def flips_said(flips: Flips, names: dict[str, str], lang: Lang) -> str:
    """Two models: who leads, and in how many prompts it is the other way round."""
    if flips.difference.mean == 0:
        return t("prompts.flips.equal", lang, first=names[flips.first], second=names[flips.second])
    ahead = flips.difference.mean > 0
    first, second = (flips.first, flips.second) if ahead else (flips.second, flips.first)
    return t(
        "prompts.flips.said",
        lang,
        first=names[first],
        second=names[second],
        lead=share(abs(flips.difference.mean), lang),
        n=flips.flips,
        prompts=len(flips.by_prompt),
        low=decimal(flips.low, lang, 0),
        high=decimal(flips.high, lang, 0),
        reversed=percent(flips.reversed, lang),
    )


def unseen_said(crossed: Crossed, lang: Lang) -> str:
    """Why no pair of prompts differs where the gap between the best and the worst is sure; "" where it is none, or
    some pair does."""
    gap = crossed.gap
    if gap is None or gap.apart or gap.p >= SURE:
        return ""
    if crossed.least_p * gap.pairs < SURE:
        return t("prompts.apart.weak", lang, all=gap.pairs)
    least = decimal(crossed.least_p, lang, 3)
    need = decimal(SURE / gap.pairs, lang, 4)
    return t(
        "prompts.apart.few", lang, all=gap.pairs, n=crossed.items - crossed.left_out, least=least, need=need
    )


def probability(p: float, lang: Lang) -> str:
    """A p-value: «p = 0,03», «p < 0,001»."""
    return f"p < {decimal(0.001, lang, 3)}" if p < 0.001 else f"p = {decimal(p, lang, 3 if p < 0.1 else 2)}"


def signed(value: float, lang: Lang) -> str:
    """A difference with a real minus."""
    return share(value, lang).replace("-", "−")


def _design(found: PromptScores, lang: Lang) -> str:
    crossing = found.run.spec.crossed
    if crossing is None:
        return t("prompts.warning", lang)
    if found.crossed is None:
        return t("prompts.crossed.all", lang, n=number(crossing.items, lang))
    return t(
        "prompts.crossed",
        lang,
        items=count(found.crossed.items, "count.samples", lang),
        prompts=len(found.crossed.prompts),
    )
