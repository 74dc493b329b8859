"""What the page's script may ask to be done. Each is checked by the service, in the project that it is about."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from components.links import link
from components.pages.organise_audit import chain_html
from components.pages.organise_form import (
    WrongField,
    days_of,
    guess_of,
    places_of,
    refused,
    spec_of,
    threshold_of,
)
from components.pages.organise_form import size_of as size_of
from components.pages.organise_instructions import preview_html
from components.pages.organise_invite import made_html
from components.pages.organise_new import planned
from components.pages.organise_people import effect_html, erase_html
from components.pages.organise_said import person_name
from components.pages.served import text_of, whole_of
from studio.core.errors import BadInput
from studio.core.judge import NO_JUDGE
from studio.core.people_run import PeopleRun
from studio.core.project import ProjectState, Role
from studio.core.run import Viewer
from studio.core.votes import AGGREGATIONS, Aggregation
from studio.texts import Lang, t
from studio.texts.run_names import validity

if TYPE_CHECKING:
    from studio.service import Studio

Answer = dict[str, Any]
Act = Callable[["Studio", Mapping[str, Any], Viewer, Lang], Answer]


def plan(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> Answer:
    """What the form of a new project would ask; or which field is wrong."""
    try:
        return planned(studio, data, who, lang)
    except (WrongField, BadInput) as error:
        return refused(error, lang)


def make(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> Answer:
    """A project as a draft; its address."""
    try:
        spec, size = spec_of(data, lang), size_of(data, lang)
        guess_of(data, lang)  # no setting; but what is wrong on the form is said before it is sent
        stratify = text_of(data, "stratify", 200) if size is not None else ""
        project = studio.organising.make(who, spec, size=size, stratify=stratify)
    except (WrongField, BadInput) as error:
        return refused(error, lang)
    return {"address": link("organise", lang, project=project)}


def change(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> Answer:
    project = _project(data)
    try:
        spec = spec_of(data, lang, studio.organising.project(who, project).spec)
        studio.organising.change(who, project, spec)
    except (WrongField, BadInput) as error:
        return refused(error, lang)
    return {"said": t("organise.kept", lang)}


def state(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> Answer:
    """Opens, pauses, closes."""
    to = cast(ProjectState, text_of(data, "state", 20))
    studio.organising.set_state(who, _project(data), to)
    return {"said": t(f"organise.now.{to}", lang)}


def preview(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> Answer:
    """Instructions as they will be read."""
    studio.members.check(who, "organise", _project(data))
    return {"html": preview_html(text_of(data, "text", 60_000), lang)}


def instruct(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> Answer:
    try:
        version = studio.organising.instruct(who, _project(data), text_of(data, "text", 60_000))
    except BadInput as error:
        return refused(error, lang)
    return {"said": t("organise.instructions.kept", lang, n=version)}


def invite(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> Answer:
    """A link, told once."""
    project, role = _project(data), cast(Role, text_of(data, "role", 20))
    studio.members.check(who, "invite", project)
    try:
        places, days, note = places_of(data, lang), days_of(data, lang), text_of(data, "note", 500)
        made, secret = studio.members.invite(who, project, role, places=places, days=days, note=note)
    except (WrongField, BadInput) as error:
        return refused(error, lang)
    html, said = made_html(f"join/{secret}", lang), t("organise.invite.once", lang)
    return {"html": html, "invitation": made.id, "said": said}


def revoke(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> Answer:
    studio.members.revoke(who, _project(data), text_of(data, "invitation", 100))
    return {"said": t("organise.invite.revoked", lang)}


def role(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> Answer:
    """Another role for somebody."""
    given = cast(Role, text_of(data, "role", 20))
    studio.members.give(who, _project(data), text_of(data, "person", 100), given)
    return {"said": t("organise.role.given", lang, role=t(f"organise.role.{given}", lang))}


def effect(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> Answer:
    """What excluding somebody would do, or taking him back; nothing is done."""
    project, person = _project(data), text_of(data, "person", 100)
    found = studio.baselines.exclusion(who, project, person)
    excluded = studio.overseeing.is_excluded(who, project, person)
    overlap = studio.organising.project(who, project).spec.overlap
    return {"html": effect_html(found, excluded, overlap, lang)}


def exclude(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> Answer:
    studio.organising.exclude(who, _project(data), text_of(data, "person", 100), text_of(data, "reason", 500))
    return {"said": t("organise.excluded.done", lang)}


def readmit(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> Answer:
    studio.organising.readmit(who, _project(data), text_of(data, "person", 100))
    return {"said": t("organise.readmitted.done", lang)}


def admit(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> Answer:
    """Opens the work to somebody whom the training had stopped."""
    studio.admitting.admit(who, _project(data), text_of(data, "person", 100))
    return {"said": t("organise.admitted.done", lang)}


def adjudicate(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> Answer:
    """The last word on an item, or (without a text and with `back`) taking it back."""
    text = None if data.get("back") else text_of(data, "text", 4_000)
    if text is not None and not text.strip():
        studio.members.check(who, "adjudicate", _project(data))
        return {"field": "text", "words": t("organise.bad.word", lang)}
    try:
        studio.organising.adjudicate(who, _project(data), whole_of(data, "item") or 0, text)
    except BadInput as error:
        return refused(error, lang)
    return {"said": t("organise.word.taken" if text is None else "organise.word.done", lang)}


def retire(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> Answer:
    out = bool(data.get("retired"))
    studio.organising.retire(who, _project(data), whole_of(data, "item") or 0, retired=out)
    return {"said": t("organise.retired" if out else "organise.unretired", lang)}


def runs(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> Answer:
    """Makes the runs of people's answers as they stand."""
    method = text_of(data, "method", 20)
    judge = text_of(data, "judge", 400) or NO_JUDGE
    try:
        if judge != NO_JUDGE and judge not in studio.judges():
            raise BadInput("unknown_judge", name=judge)
        made = studio.baselines.make_runs(
            who,
            _project(data),
            method=cast(Aggregation, method) if method in AGGREGATIONS else "majority",
            threshold=threshold_of(text_of(data, "threshold", 10)),
            judge=judge,
        )
    except BadInput as error:
        return refused(error, lang)
    people = PeopleRun.of(studio.run(made[0]).resolved)
    if people is None or people.valid is not False:
        return {"said": t("organise.runs.made", lang, n=len(made))}
    said = validity(people, lang)
    return {"said": t("organise.runs.made.invalid", lang, n=len(made), said=said[:1].upper() + said[1:])}


def chain(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> Answer:
    """Whether the whole journal holds, record by record."""
    return {"html": chain_html(studio.audit.verified(who, _project(data)), lang)}


def erasing(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> Answer:
    """What erasing a person's data would do, with the word to type."""
    person = text_of(data, "person", 100)
    studio.members.check_erasing(who, person)
    name, word = _called(studio, _project(data), person, who, lang)
    return {"html": erase_html(name, person, word, lang)}


def erase(studio: "Studio", data: Mapping[str, Any], who: Viewer, lang: Lang) -> Answer:
    """Erases a person's data, once the right word was typed."""
    person = text_of(data, "person", 100)
    studio.members.check_erasing(who, person)  # first: who may not is not told the word, which is a name
    _, word = _called(studio, _project(data), person, who, lang)
    if " ".join(text_of(data, "typed", 200).split()).casefold() != word.casefold():
        return {"field": "", "words": t("organise.bad.typed", lang, word=word)}
    n = studio.members.erase(who, person)
    return {"said": t("organise.erased", lang, n=n)}


def _called(studio: "Studio", project: str, person: str, who: Viewer, lang: Lang) -> tuple[str, str]:
    """What a person of a project is called, and the word that confirms an erasure. Raises BadInput, NotAllowed."""
    for number, (each, _) in enumerate(studio.members.people(who, project), 1):
        if each.id == person:
            return person_name(number, each.name, lang), each.name or each.id
    raise BadInput("unknown_person", id=person)


def _project(data: Mapping[str, Any]) -> str:
    return text_of(data, "project", 100)


ACTS: Mapping[str, Act] = {
    each.__name__: each
    for each in (
        plan, make, change, state, preview, instruct, invite, revoke, role, effect, exclude, readmit, admit, adjudicate,
        retire, runs, chain, erasing, erase,
    )
}  # fmt: skip
