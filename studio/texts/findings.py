"""What an experiment found, in sentences: the same on the page and in a terminal."""

from studio.core.trials import Trial
from studio.texts import Lang, t
from studio.texts.figures import percent


def trial_said(trial: Trial, lang: Lang) -> str:
    """What was lost without the media, and whether what is left is more than guessing gives; empty where no sample is
    scored in both runs."""
    total = trial.total
    if total.difference is None:
        return ""
    full, blind = percent(total.full.mean, lang), percent(total.blind.mean, lang)
    first = t(f"experiments.said.{trial.run.spec.settings.media}", lang, full=full, blind=blind)
    if total.standing is None:
        return first
    chance = percent(total.chance, lang)
    return f"{first} {t(f'experiments.standing.{total.standing}.said', lang, chance=chance)}"
