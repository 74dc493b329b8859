"""No question now: why, and what to do."""

from components.format import count, number
from components.links import link
from components.widgets.text import attr, safe
from studio.core.project import Standing
from studio.texts import Lang, t

# A question comes when somebody says that he is there, and not before.
_HERE = {"time_out", "ready"}
_SIGNS = {"done": "✓", "failed_training": "!", "excluded": "!", "closed": "■", "late": "■"}


def end_html(standing: Standing, name: str, lang: Lang) -> str:
    """Raises nothing for any `Wait`: each has its title and its text."""
    nothing = standing.nothing
    assert nothing is not None
    key = "empty" if nothing.reason == "done" and not standing.progress.total else nothing.reason
    key = "own" if key == "done" and standing.own else key
    mark = _SIGNS.get(nothing.reason, "…")
    sign = f'<span class="an-tick an-tick--{nothing.reason}" aria-hidden="true">{mark}</span>'
    when = (
        f'<p class="an-when">{t("annotate.none.when", lang)} <time data-at="{nothing.retry_at:.0f}"></time></p>'
        if nothing.retry_at
        else ""
    )
    again = nothing.reason in {"reserved", "preparing", "draft", "paused", "early", "failed_training"}
    looks = f'<p class="st-note">{t("annotate.none.looks", lang)}</p>' if again else ""
    return (
        f'<div class="an-end st-card">{sign}<h2 id="an-question" tabindex="-1">'
        f"{t(f'annotate.none.{key}.title', lang)}</h2><p>{_text(standing, key, name, lang)}</p>"
        f"{_wrong(standing, lang)}{_shut(standing, lang)}"
        f"{when}{looks}"
        f'<p class="an-actions">{_ways(standing, again=again, own=key == "own", lang=lang)}</p>'
        f'<p class="an-kept"><span class="an-said" aria-hidden="true"></span><span data-safe></span></p></div>'
    )


def _wrong(standing: Standing, lang: Lang) -> str:
    """What a question whose time ran out is in training."""
    told, nothing = standing.training, standing.nothing
    worked = standing.progress.answered + standing.progress.skipped
    if not told or worked or not nothing or nothing.reason != "time_out":
        return ""
    words = t(
        "annotate.none.time_out.training", lang, right=number(told.right, lang), n=number(told.answered, lang)
    )
    return f'<p class="st-note">{words}</p>'


def _shut(standing: Standing, lang: Lang) -> str:
    """Why one's own answers cannot be inspected, and till when; no word of which project it is: it may be by
    invitation."""
    return f'<p class="st-note">{t("annotate.done.shut", lang)}</p>' if standing.shut else ""


def _text(standing: Standing, key: str, name: str, lang: Lang) -> str:
    progress, told = standing.progress, standing.training
    skipped = (
        t("annotate.done.skipped", lang, skipped=number(progress.skipped, lang)) if progress.skipped else ""
    )
    kept = standing.nothing.reserved if standing.nothing else 0
    return t(
        f"annotate.none.{key}.text",
        lang,
        name=safe(name),
        answers=count(progress.answered, "count.answers", lang),
        skipped=skipped,
        reserved=count(kept, "count.samples", lang),
        right=number(told.right, lang) if told else "",
        of=number(told.answered, lang) if told else "",
        mark=f"{told.mark:.0%}".replace("%", "\N{NO-BREAK SPACE}%") if told else "",
    )


def _ways(standing: Standing, *, again: bool, own: bool, lang: Lang) -> str:
    ways = []
    reason = standing.nothing.reason if standing.nothing else ""
    if reason == "instructions":
        ways.append(_button("guide", "annotate.none.read", lang, main=True))
    if reason in _HERE:
        ways.append(_button("go", "annotate.none.go", lang, main=True, key="Alt N"))
    if again:
        ways.append(_button("look", "annotate.none.look", lang, main=True))
    if own and standing.run:
        if not standing.shut:
            ways.append(
                _to(link("inspect", lang, run=standing.run), "annotate.done.inspect", lang, main=True)
            )
        ways.append(_to(link("leaderboard", lang), "annotate.done.board", lang, main=standing.shut))
        ways.append(_to(link("runs", lang), "annotate.done.runs", lang))
    if standing.progress.can_undo:
        ways.append(_button("undo", "annotate.undo", lang))
    ways.append(_to(link("annotate", lang), "annotate.elsewhere.to", lang))
    return "".join(ways)


def _button(act: str, words: str, lang: Lang, *, main: bool = False, key: str = "") -> str:
    hint = f"<kbd>{key}</kbd>" if key else ""
    return (
        f'<button type="button" class="st-btn an-big{" st-btn--main" if main else ""}" data-act="{act}">'
        f"{t(words, lang)}{hint}</button>"
    )


def _to(where: str, key: str, lang: Lang, *, main: bool = False) -> str:
    return (
        f'<a class="st-btn an-big{" st-btn--main" if main else ""}" href="{attr(where)}">{t(key, lang)}</a>'
    )
