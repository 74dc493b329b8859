"""What happened to a sample, in plain sentences: the strings that EM compared, and the judge's word."""

from studio.core.differences import final_text, remarks
from studio.core.run import SampleCard
from studio.core.task import Gold
from studio.texts import CATALOGUE, Lang, describe, t
from studio.texts.dates import moment
from studio.texts.figures import number, share

_LONG = 80  # characters of a text inside a sentence
_COMPARED = 2_000  # characters of an answer that is looked at letter by letter


def say(card: SampleCard, lang: Lang, human: bool = False) -> list[str]:
    """Sentences about the sample, plain text (not escaped). Gold must not be hidden from the viewer."""
    pending = human and card.cell == "pending"  # a person may have skipped it
    sentences = [t("inspect.say.pending.human", lang) if pending else _verdict(card, lang)]
    if card.finish_reason == "length":
        tokens = card.completion_tokens
        at = t("inspect.say.truncated.at", lang, n=number(tokens, lang)) if tokens else ""
        sentences.append(t("inspect.say.truncated", lang, at=at))
    if card.recalled:
        when = moment(card.recalled.at, lang)
        sentences.append(t("inspect.say.recalled", lang, run=card.recalled.run, when=when))
    return sentences


def gold_list(gold: Gold | None) -> list[str]:
    """Every string that counts as right."""
    if gold is None:
        return []
    return [gold] if isinstance(gold, str) else list(gold)


def _verdict(card: SampleCard, lang: Lang) -> str:
    if unjudged(card):
        return t("inspect.say.unjudged", lang)
    if card.cell == "unscored":
        problem = next((s.problem for s in (card.em, card.js) if s is not None and s.problem), None)
        return f"{describe(problem, lang) + ' ' if problem else ''}{t('inspect.say.unscored', lang)}"
    if card.cell in {"failed", "pending"}:
        return t(f"inspect.say.{card.cell}", lang)
    extracted = card.em.extracted if card.em else None
    p = card.js.detail.get("probability") if card.js else None
    deciding = p if isinstance(p, float) else probability(card)
    return t(
        f"inspect.say.{card.cell}",
        lang,
        extracted=_quoted(extracted, lang),
        gold=_golds(card.gold, lang),
        p=t("inspect.say.p", lang, p=share(deciding, lang)) if deciding is not None else "",
    )


def unjudged(card: SampleCard) -> bool:
    """EM scored the answer, and nobody asked a judge about it."""
    em_known = card.em is not None and card.em.value is not None
    return card.cell == "unscored" and not card.judge and card.js is None and em_known


def probability(card: SampleCard) -> float | None:
    """The probability that decided: the largest of the judge's calls."""
    known = [call.probability for call in card.calls if call.probability is not None]
    return max(known, default=None)


def _golds(gold: Gold | None, lang: Lang) -> str:
    return f" {t('inspect.or', lang)} ".join(_quoted(text, lang) for text in gold_list(gold)[:4])


def _quoted(text: str | None, lang: Lang) -> str:
    line = " ".join((text or "")[: _LONG * 4].split())
    if not line:
        return t("inspect.say.nothing", lang)
    return t("inspect.say.quote", lang, text=line if len(line) <= _LONG else line[: _LONG - 1] + "…")


def overlooked(card: SampleCard, lang: Lang) -> list[str]:
    """What the eye overlooks between answer and gold (look-alike letters, ё, endings), as plain text; of several golds,
    beside the one that is nearest."""
    golds = gold_list(card.gold)
    if card.em is None or card.answer is None or not golds:
        return []
    final = final_text(card.answer, card.em.detail)
    if not final.strip():
        return []
    found = min((remarks(final[:_COMPARED], gold[:_COMPARED]) for gold in golds[:4]), key=len)
    return [t(f"lens.{remark.code}", lang, **remark.values) for remark in found]


def rule_words(name: object, lang: Lang) -> str:
    """What a step or a decision of Exact Match is called; an unknown one by its own name."""
    for key in (f"inspect.rule.{name}", f"rule.{name}"):
        if key in CATALOGUE:
            return t(key, lang)
    return str(name)


def candidate(name: str, lang: Lang) -> str:
    """What a judge read: `after_marker:tail` is «текст после последнего «ОТВЕТ», конец»; an unknown name stays."""
    return ", ".join(_candidate_part(part, lang) for part in name.split(":"))


def _candidate_part(part: str, lang: Lang) -> str:
    if part.startswith("vote") and part[4:].isdigit():
        return t("inspect.candidate.vote", lang, n=part[4:])
    return t(key, lang) if (key := f"inspect.candidate.{part}") in CATALOGUE else part
