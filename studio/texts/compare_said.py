"""What is compared when runs are put side by side, in sentences: the same on the page and in a terminal."""

from studio.core.compare import Comparison
from studio.texts import CATALOGUE, Lang, t


def compared_said(found: Comparison, lang: Lang) -> list[str]:
    """What `counted_said` and `warned_said` say."""
    return [*counted_said(found, lang), *warned_said(found, lang)]


def counted_said(found: Comparison, lang: Lang) -> list[str]:
    """How many questions are shared, and how many are left out."""
    said = [t("compare.shared", lang, n=found.shared) if found.shared else t("compare.shared.none", lang)]
    beyond = [t("compare.beyond.run", lang, place=place, n=n) for place, n in enumerate(found.beyond, 1) if n]
    if beyond and found.shared:
        said.append(t("compare.beyond", lang, counts=", ".join(beyond)))
    return said


def warned_said(found: Comparison, lang: Lang) -> list[str]:
    """What differs between the runs besides their models, and which tasks are left out."""
    said = []
    if found.differs:
        named = "; ".join(_difference(name, values, lang) for name, values in found.differs.items())
        said.append(t("compare.differs", lang, names=named))
    if found.other_scores:
        said.append(t("compare.other_scores", lang, names=", ".join(found.other_scores)))
    if found.hidden:
        said.append(t("compare.hidden", lang, names=", ".join(found.hidden)))
    return said


def _difference(name: str, values: tuple[str, ...], lang: Lang) -> str:
    key = f"compare.differs.{name}"
    word = t(key, lang) if key in CATALOGUE else name
    nothing = t("compare.differs.none", lang)
    return f"{word} ({' / '.join(value or nothing for value in values)})"
