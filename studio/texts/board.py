"""How rows of a leaderboard are called, and their remarks in words: the same on the page, in files, in a terminal."""

from collections import Counter
from collections.abc import Mapping

from studio.core.leaderboard import Board, BoardRow, Remark
from studio.texts import CATALOGUE, Lang, describe, t
from studio.texts.run_names import people_name


def row_names(board: Board, lang: Lang) -> dict[str, str]:
    """Every row's name, unlike any other's: where two are alike, what sets them apart stands in brackets."""
    plain = {row.key: _plain(row, lang) for row in board.rows}
    often = Counter(plain.values())
    rows = {name: [row for row in board.rows if plain[row.key] == name] for name in often}
    return {
        row.key: plain[row.key] if often[plain[row.key]] == 1 else _apart(row, rows[plain[row.key]], lang)
        for row in board.rows
    }


def remark_text(remark: Remark, lang: Lang) -> str:
    """A remark in words."""
    values = dict(remark.values)
    if remark.code == "problem":
        values = {"words": describe(values["problem"], lang)}
    if remark.code == "setting":
        name = str(values["name"])
        values = {key: _value(name, values[key], lang) for key in ("value", "usual")}
        values["name"] = _setting(name, lang)
    if remark.code == "judge":
        values = {key: _short_judge(str(value)) for key, value in values.items()}
    return t(f"board.remark.{remark.code}", lang, **values)


def conditions(board: Board, lang: Lang) -> Mapping[str, str]:
    """What the numbers are and how totals were weighed, as parts of a sentence."""
    asked = board.asked
    public = "" if asked.public else f"; {t('board.public.out', lang)}"
    return {
        "suite": t(f"board.suite.{asked.suite}", lang),
        "metric": t(f"board.metric.{asked.metric}.long", lang),
        "weighting": t(f"board.weighting.{asked.weighting}.long", lang),
        "public": public,
    }


def _plain(row: BoardRow, lang: Lang) -> str:
    if row.kind == "baseline":
        return t(f"board.baseline.{row.name}", lang)
    if row.people is not None:
        return people_name(row.people, lang)
    name = t("model.embedded", lang) if row.kind == "measured" and row.name == "embedded" else row.name
    return name[:1].upper() + name[1:] if name != row.name else name


def _apart(row: BoardRow, alike: list[BoardRow], lang: Lang) -> str:
    """The name with what sets the row apart; one row may be the plain one."""
    marks = {other.key: _marks(other, alike, lang) for other in alike}
    told = marks[row.key]
    if list(marks.values()).count(told) > 1:
        told = [*told, row.runs[0].id if row.runs else row.kind]
    name = _plain(row, lang)
    return f"{name} ({', '.join(told)})" if told else name


def _marks(row: BoardRow, alike: list[BoardRow], lang: Lang) -> list[str]:
    kinds = {other.kind for other in alike}
    told = [t(f"board.kind.{row.kind}", lang)] if len(kinds) > 1 and row.kind != "measured" else []
    alike = [other for other in alike if other.kind == row.kind]
    if len({other.revision for other in alike}) > 1:
        told.append(row.revision.removeprefix("sha256:")[:8] or "—")
    if len({other.judge for other in alike}) > 1:
        told.append(_short_judge(row.judge) or "—")
    if row.people and len({other.people.project for other in alike if other.people}) > 1:
        told.append(row.people.title)
    if len({other.profile for other in alike}) > 1:
        told.append(row.profile)
    if len(alike) > 1:
        settings = [remark.values for remark in row.remarks if remark.code == "setting"]
        told += [
            f"{_setting(str(values['name']), lang)}: {_value(str(values['name']), values['value'], lang)}"
            for values in settings
            if values["name"] != "profile"
        ]
    return told


def _setting(name: str, lang: Lang) -> str:
    key = f"board.setting.{name}"
    return t(key, lang) if key in CATALOGUE else name


def _value(name: str, value: object, lang: Lang) -> str:
    key = f"board.value.{name}.{value}"
    if key in CATALOGUE:
        return t(key, lang)
    if isinstance(value, list | tuple):
        return ", ".join(repr(item) for item in value) or "—"
    return "—" if value is None else str(value)


def _short_judge(judge: str) -> str:
    """`owner/name@sha256:0123456789abcdef` → `owner/name@01234567`."""
    name, at, revision = judge.partition("@")
    return f"{name}{at}{revision.removeprefix('sha256:')[:8]}"
