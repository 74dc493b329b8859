"""How a run is called wherever it is named: by its title, else by whoever answered; what people's runs are made of."""

from collections.abc import Mapping
from typing import Any, Protocol

from studio.core.people_run import PeopleRun
from studio.texts import CATALOGUE, Lang, t
from studio.texts.dates import date
from studio.texts.figures import count, percent


class Named(Protocol):
    """A run as far as its name goes."""

    @property
    def title(self) -> str: ...
    @property
    def model(self) -> str: ...
    @property
    def resolved(self) -> Mapping[str, Any]: ...


def name_of(run: Named, lang: Lang) -> str:
    """The run's title; else who answered, and in which project where people did."""
    people = PeopleRun.of(run.resolved)
    if run.title or people is None:
        return run.title or model_name(run.model, lang)
    return f"{people_name(people, lang)} · {people.title}"


def model_name(model: str, lang: Lang) -> str:
    """The model's name; the one that comes with the studio has a name in words."""
    if model != "embedded":
        return model
    name = t("model.embedded", lang)
    return name[:1].upper() + name[1:]


def people_name(people: PeopleRun, lang: Lang) -> str:
    """Who answered, without the project: «Люди, большинство голосов», «Один из людей», «Человек 3»."""
    if people.name:
        return people.name
    if people.what == "person":
        return t("people.run.person", lang, n=people.number)
    who = "expert" if people.level == "expert" else "crowd"
    if people.what == "drawn":
        return t(f"people.run.drawn.{who}", lang)
    return t(f"people.run.together.{who}", lang, method=method_name(people.method, lang))


def method_name(method: str, lang: Lang) -> str:
    """How answers became one."""
    key = f"people.run.method.{method}"
    return t(key, lang) if key in CATALOGUE else method


def made_of(people: PeopleRun, lang: Lang, *, project: bool = True) -> str:
    """What a run of people is made of, in one line: project (unless the reader is in it), how, of how many, when, how
    much has no answer."""
    parts = [t("people.run.project", lang, title=people.title)] if project else []
    parts += [t(f"people.run.how.{people.what}", lang)]
    if people.what != "person":
        parts += [count(people.people, "count.persons", lang)]
        parts += [t("people.run.overlap", lang, n=people.overlap)]
    parts += [t("people.run.at", lang, day=date(people.at, lang))]
    if people.excluded and people.what != "person":
        parts += [t("people.run.excluded", lang, n=count(people.excluded, "count.persons", lang))]
    parts += [validity(people, lang)] if people.valid is not None else []
    parts += [t("people.run.silent", lang, n=people.silent)] if people.silent else []
    parts += [t("people.run.tied", lang, n=people.tied)] if people.tied else []
    return "; ".join(parts)


def validity(people: PeopleRun, lang: Lang) -> str:
    """Whether the protocol takes the baseline of a run that knows it, at which threshold."""
    key = "people.run.valid" if people.valid else "people.run.invalid"
    return t(key, lang, low=percent(people.low, lang), limit=percent(people.threshold, lang))
