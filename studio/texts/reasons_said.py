"""A group of failures by its name."""

from studio.core.reasons import GroupEdit, KeptGroup, ReasonName
from studio.texts import Lang, t


def reason_title(name: ReasonName, lang: Lang) -> str:
    """«другое окончание слова»; where no pattern is common, the words that tell it: «слова: красный, шар»."""
    if name.trait:
        return t(f"reason.trait.{name.trait}", lang)
    return t("reason.words", lang, words=", ".join(name.words)) if name.words else t("reason.other", lang)


def group_title(group: KeptGroup, lang: Lang) -> str:
    """What a kept group is called: by a person, or by itself."""
    if group.name:
        return group.name
    return t("reason.nameless", lang, number=group.number) if group.made else reason_title(group.own, lang)


def edit_said(edit: GroupEdit, lang: Lang) -> str:
    """«объединены группы «…» и 7»: what was done to a grouping."""
    name = edit.name or edit.titles.get(lang) or str(edit.number or "")
    key = "rename_own" if edit.action == "rename" and not edit.name else edit.action
    return t(f"reasons.did.{key}", lang, name=name, number=edit.number, other=edit.other, n=edit.n)
