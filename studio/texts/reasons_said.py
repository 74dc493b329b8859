"""A group of failures by its name."""

from studio.core.reasons import ReasonName
from studio.texts import Lang, t


def reason_title(name: ReasonName, lang: Lang) -> str:
    """«другое окончание слова»; where no pattern is common, the words that tell it: «слова: красный, шар»."""
    if name.trait:
        return t(f"reason.trait.{name.trait}", lang)
    return t("reason.words", lang, words=", ".join(name.words)) if name.words else t("reason.other", lang)
