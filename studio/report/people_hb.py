"""The folder `hb/` that MERA's protocol asks for: what people answered, what it amounts to, how it is worked out again,
and what it cost. No names are in it."""

import json
from pathlib import Path
from typing import Any

from studio.core.health import Figure
from studio.core.project_rows import ProjectDump
from studio.report.people_tables import aggregated_csv, answers_csv, cost_csv, items_csv, moment, people_csv
from studio.texts import LANGS, Lang, t
from studio.texts.figures import decimal, percent

_VALID = {True: "yes", False: "no", None: "unknown"}
README: dict[Lang, str] = {"ru": "README.md", "en": "README.en.md"}


def hb_files(dump: ProjectDump) -> dict[str, bytes]:
    """The folder's files by their paths in it."""
    script = Path(__file__).with_name("hb_aggregate.py").read_bytes()
    return {
        **{README[lang]: _readme(dump, lang).encode() for lang in LANGS},
        "raw/answers.csv": answers_csv(dump),
        "raw/items.csv": items_csv(dump),
        "raw/people.csv": people_csv(dump),
        "aggregated.csv": aggregated_csv(dump),
        "aggregate.py": script,
        "parameters.json": _json(_parameters(dump)),
        "agreement.json": _json(_agreement(dump)),
        "cost.csv": cost_csv(dump),
        **{f"instructions/v{each.version}.md": each.text.encode() for each in dump.instructions},
    }


def _parameters(dump: ProjectDump) -> dict[str, Any]:
    """All that the answers were brought together by, beside the answers. Known answers of controls only where they
    taught the model: elsewhere they would be gold that nobody needs."""
    fitted, project = dump.fitted, dump.project
    return {
        "project": project.id,
        "method": dump.method,
        "options": fitted.options,
        "threshold": dump.baseline.threshold,
        "known": {str(item): form for item, form in fitted.known.items()}
        if dump.method == "dawid_skene"
        else {},
        "glad": {"ability": fitted.ability, "ease": fitted.ease} if fitted.ability else None,
        "spec": project.spec.to_json(),
    }


def _agreement(dump: ProjectDump) -> dict[str, Any]:
    found = dump.baseline.agreement
    return {
        "questions": found.items,
        "people": found.annotators,
        "answers": found.votes,
        **{name: _figure(getattr(found, name)) for name in ("raw", "alpha", "fleiss", "ac1")},
        "one_against_the_rest": {"mean": dump.baseline.rest.mean, "low": dump.baseline.rest.low,
                                 "high": dump.baseline.rest.high, "n": dump.baseline.rest.scored},
        "without_majority": dump.baseline.low,
        "threshold": dump.baseline.threshold,
        "valid": dump.baseline.valid,
    }  # fmt: skip


def _figure(figure: Figure) -> dict[str, Any]:
    if figure.value is None:
        return {"value": None, "undefined": figure.reason}
    return {"value": figure.value, "low": figure.low, "high": figure.high}


def _readme(dump: ProjectDump, lang: Lang) -> str:
    spec, baseline = dump.project.spec, dump.baseline
    counted = sum(each.board.counted > 0 for each in dump.people)
    hours = sum(each.hours for each in dump.people)
    days = sorted(each.at for each in dump.answers)
    values: dict[str, Any] = {
        "title": spec.title,
        "task": spec.task,
        "level": t(f"hb.level.{spec.level}", lang),
        "people": counted,
        "excluded": sum(each.board.excluded_at is not None for each in dump.people),
        "items": len(baseline.items),
        "overlap": spec.overlap,
        "controls": sum(each.purpose == "control" for each in dump.items),
        "training": sum(each.purpose == "training" for each in dump.items),
        "votes": len(dump.counted),
        "method": t(f"hb.method.{dump.method}", lang),
        "low": percent(baseline.low, lang),
        "threshold": percent(baseline.threshold, lang),
        "valid": t(f"hb.valid.{_VALID[baseline.valid]}", lang),
        "alpha": decimal(baseline.agreement.alpha.value, lang, 3),
        "raw": decimal(baseline.agreement.raw.value, lang, 3),
        "hours": decimal(hours, lang, 1),
        "pay": t("hb.pay.none", lang) if spec.pay_per_hour is None else _money(spec.pay_per_hour, spec.currency, lang),
        "cost": "—" if spec.pay_per_hour is None else _money(hours * spec.pay_per_hour, spec.currency, lang),
        "begun": (moment(days[0]) or "")[:10] if days else "—",
        "ended": (moment(days[-1]) or "")[:10] if days else "—",
        "warning": t("hb.private", lang) + "\n\n" if dump.private else "",
    }  # fmt: skip
    return t("hb.readme", lang, **values)


def _money(amount: float, currency: str, lang: Lang) -> str:
    return f"{decimal(amount, lang, 2)} {currency}"


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
