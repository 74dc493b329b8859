"""People beside the best model in sentences: the same on a page and in a terminal."""

from studio.core.compare import COMPARE_MARKS, CompareMark
from studio.core.gap import LEAST, Ceiling, Gap, GapRow, HumanGap
from studio.texts import CATALOGUE, Lang, t
from studio.texts.dates import titled
from studio.texts.figures import decimal, percent, share
from studio.texts.run_names import made_of, people_name


def row_name(row: GapRow, lang: Lang) -> str:
    """A task by its title, a skill by its name, a category with its task."""
    if row.by == "all":
        return t("gap.by.all", lang)
    if row.by == "skill":
        return skill_name(row.name, lang)
    name = titled(row.title, row.name, lang)
    return f"{name}: {row.category.replace('=', ' = ', 1)}" if row.category else name


def skill_name(name: str, lang: Lang) -> str:
    """A skill in the reader's language; one outside of MERA's taxonomy is called as its task calls it."""
    return t(key, lang) if (key := f"skill.{name}") in CATALOGUE else name


def model_of(found: HumanGap, gap: Gap, lang: Lang) -> str:
    """The name of the model that came out best."""
    return found.names[gap.model][lang]


def whose_said(found: HumanGap, lang: Lang) -> str:
    """Whose answers people's are: of one project what its run is made of, of several their titles."""
    if found.people is None:
        return ""
    if len(found.projects) < 2:
        return f"{people_name(found.people, lang)}; {made_of(found.people, lang)}"
    titles = ", ".join(f"«{title}»" if lang == "ru" else f"“{title}”" for title in found.projects)
    return f"{people_name(found.people, lang)}; {t('gap.projects', lang, titles=titles)}"


def gap_said(found: HumanGap, lang: Lang) -> list[str]:
    """What the first line says, by EM and by the judge."""
    first = next(iter(found.rows), None)
    if first is None or not any(first.of(mark) for mark in COMPARE_MARKS):
        if found.hidden and not found.rows:
            return [t("gap.none.hidden", lang, tasks=", ".join(found.hidden))]
        return [t("gap.none" if found.key else "gap.nobody", lang)]
    return [_sentence(found, gap, mark, lang) for mark in COMPARE_MARKS if (gap := first.of(mark))]


def gap_notes(found: HumanGap, lang: Lang) -> list[str]:
    """What is left out, and what the scores are."""
    said = []
    if found.short:
        models = [
            t("gap.short.model", lang, model=found.names[key][lang], share=percent(part, lang))
            for key, part in found.short.items()
        ]
        said.append(t("gap.short", lang, models=", ".join(models)))
    if found.hidden and found.rows:  # where all are hidden, the first sentence says it
        said.append(t("gap.hidden", lang, tasks=", ".join(found.hidden)))
    said += [t("gap.other_scores", lang, tasks=", ".join(found.other_scores))] if found.other_scores else []
    said += [t("gap.few", lang, n=found.few, least=LEAST)] if found.few else []
    return said


def ceilings_said(found: HumanGap, lang: Lang) -> list[str]:
    """How far people agree among themselves, and the best model with them."""
    return [_ceiling(found, each, lang) for each in found.ceilings]


def _ceiling(found: HumanGap, each: Ceiling, lang: Lang) -> str:
    said = t(
        "gap.ceiling.rest", lang, task=titled(each.title, each.task, lang), rest=share(each.rest.mean, lang),
        low=share(each.rest.low, lang), high=share(each.rest.high, lang), n=each.rest.scored,
    )  # fmt: skip
    if not each.model.scored:
        return said
    return said + t(
        "gap.ceiling.model", lang, model=found.names[each.key][lang], agreed=share(each.model.mean, lang),
        low=share(each.model.low, lang), high=share(each.model.high, lang), n=each.model.scored,
    )  # fmt: skip


def signed(value: float, lang: Lang) -> str:
    """«+0,12», «−0,03», «0,00»."""
    text = decimal(abs(value), lang, 2)
    if text == decimal(0.0, lang, 2):
        return text
    return f"{'+' if value > 0 else '−'}{text}"


def _sentence(found: HumanGap, gap: Gap, mark: CompareMark, lang: Lang) -> str:
    told = gap.difference
    return t(
        "gap.said", lang, mark=t(f"compare.mark.{mark}", lang), people=share(gap.people, lang),
        best=share(gap.best, lang), model=model_of(found, gap, lang), gap=signed(told.mean, lang),
        low=signed(told.low, lang), high=signed(told.high, lang), verdict=t(f"gap.verdict.{gap.verdict}", lang),
    )  # fmt: skip
