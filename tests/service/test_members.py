"""Links, roles, and whoever asks: refused unless a table says otherwise."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.core.errors import BadInput, NotAllowed, StudioError
from studio.core.project import ROLES, ProjectSpec
from studio.core.record import Planned
from studio.core.run import OWNER, Viewer
from studio.journal import FolderShelf, Journal
from studio.service.people.ledger import Ledger
from studio.service.people.members import Members
from studio.store import Store

VISITOR = Viewer()


class Place:
    """A studio's people over one folder; `clock[0]` is the time."""

    def __init__(self, home: Path) -> None:
        self.clock = [1_000.0]
        self.store = Store(home / "studio.sqlite")
        self.journal = Journal(home / "journal")
        self.ledger = Ledger(self.journal, self.store.projects, FolderShelf(home / "shelf"))
        self.members = Members(self.store.people, self.ledger, now=lambda: self.clock[0])
        spec = ProjectSpec("Проект", "ruVQA").to_json()
        with self.ledger.writing() as act:
            act.record(
                *(
                    Planned("project_made", "owner", name, {"spec": spec, "items": []})
                    for name in ("b1", "b2")
                )
            )

    def joined(self, name: str, role: str = "annotator", project: str = "b1") -> Viewer:
        _, secret = self.members.invite(OWNER, project, role)  # type: ignore[arg-type]
        _, token = self.members.redeem(secret, name, VISITOR)
        person = self.members.signed_in(token)
        assert person is not None
        return Viewer(person=person.id)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    yield made
    made.store.close()


def code_of(error: pytest.ExceptionInfo[StudioError]) -> str:
    return error.value.problem.code


def test_a_link_brings_somebody_in_with_its_role_in_its_project_alone(place: Place) -> None:
    invitation, secret = place.members.invite(OWNER, "b1", "reviewer", note="для Ани")
    project, token = place.members.redeem(secret, "  Аня   П. ", VISITOR)
    person = place.members.signed_in(token)
    assert person is not None and (project, person.name, person.via) == ("b1", "Аня П.", "invitation")
    viewer = Viewer(person=person.id)
    assert (place.members.role(viewer, "b1"), place.members.role(viewer, "b2")) == ("reviewer", "visitor")
    assert (invitation.note, invitation.places) == ("для Ани", 1)


def test_no_secret_is_kept_anywhere(place: Place, tmp_path: Path) -> None:
    _, secret = place.members.invite(OWNER, "b1", "annotator")
    _, token = place.members.redeem(secret, "Аня", VISITOR)
    place.store.db.connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert secret.encode() not in content and token.encode() not in content, path.name


def test_a_link_ends_by_use_by_time_and_by_hand(place: Place) -> None:
    _, once = place.members.invite(OWNER, "b1", "annotator")
    place.members.redeem(once, "Аня", VISITOR)
    revoked, by_hand = place.members.invite(OWNER, "b1", "annotator", places=5)
    place.members.revoke(OWNER, "b1", revoked.id)
    _, old = place.members.invite(OWNER, "b1", "annotator", days=1)
    place.clock[0] += 86_401
    for secret, code in (
        (once, "invitation_used"),
        (by_hand, "invitation_revoked"),
        (old, "invitation_expired"),
    ):
        with pytest.raises(NotAllowed) as refused:
            place.members.redeem(secret, "Боря", VISITOR)
        assert code_of(refused) == code
    with pytest.raises(NotAllowed, match="invitation_unknown"):
        place.members.redeem("чужая", "Боря", VISITOR)


def test_a_second_click_on_a_link_neither_makes_a_second_person_nor_takes_a_place(place: Place) -> None:
    invitation, secret = place.members.invite(OWNER, "b1", "annotator", places=2)
    _, token = place.members.redeem(secret, "Аня", VISITOR)
    person = place.members.signed_in(token)
    assert person is not None
    assert place.members.redeem(secret, "Аня снова", Viewer(person=person.id)) == ("b1", "")
    (kept,) = place.members.invitations(OWNER, "b1")
    assert kept.used == 1 and len(place.members.people(OWNER, "b1")) == 1 and kept.id == invitation.id


def test_a_browser_is_known_for_a_month_and_until_it_signs_out(place: Place) -> None:
    _, secret = place.members.invite(OWNER, "b1", "annotator", places=2)
    tokens = [place.members.redeem(secret, name, VISITOR)[1] for name in ("Аня", "Боря")]
    first = place.members.signed_in(tokens[0])
    assert first is not None
    place.members.sign_out(Viewer(person=first.id), tokens[0])
    assert place.members.signed_in(tokens[0]) is None and place.members.signed_in(tokens[1]) is not None
    place.clock[0] += 31 * 86_400
    assert place.members.signed_in(tokens[1]) is None and place.members.signed_in("") is None


def test_hugging_face_vouches_for_one_person_however_often_he_comes(place: Place) -> None:
    first, again = (place.members.arrive("anya", "Аня") for _ in range(2))
    assert first == again and place.members.role(Viewer(person=first.id), "b1") == "visitor"
    place.members.give(OWNER, "b1", first.id, "annotator")
    assert place.members.role(Viewer(person=first.id), "b1") == "annotator"
    place.members.give(OWNER, "b1", first.id, "visitor")
    assert place.members.role(Viewer(person=first.id), "b1") == "visitor"


def test_only_a_lead_invites_gives_roles_and_erases(place: Place) -> None:
    annotator, reviewer, lead = (place.joined(role, role) for role in ROLES[1:])
    for viewer in (VISITOR, annotator, reviewer, Viewer(person="никто")):
        for act in (
            lambda viewer=viewer: place.members.invite(viewer, "b1", "annotator"),
            lambda viewer=viewer: place.members.invitations(viewer, "b1"),
            lambda viewer=viewer: place.members.give(viewer, "b1", annotator.person, "lead"),
            lambda viewer=viewer: place.members.revoke(viewer, "b1", "i1"),
            lambda viewer=viewer: place.members.erase(viewer, lead.person),
            lambda viewer=viewer: place.members.check(viewer, "чего нет в таблице", "b1"),
        ):
            with pytest.raises(NotAllowed, match="no_role"):
                act()
    assert place.members.invite(lead, "b1", "annotator")[0].created_by == lead.person
    with pytest.raises(NotAllowed):
        place.members.invite(lead, "b2", "annotator")
    assert place.members.erase(lead, annotator.person) > 0  # who works nowhere else


def test_a_projects_lead_erases_only_those_who_were_nowhere_else(place: Place) -> None:
    lead, other, elsewhere, gone, reviewer, high, kept = (
        place.joined(name, role)
        for name, role in (
            ("Лена", "lead"), ("Вторая", "lead"), ("Аня", "annotator"), ("Боря", "annotator"), ("Рина", "reviewer"),
            ("Вера", "annotator"), ("Гера", "annotator"),
        )
    )  # fmt: skip
    give = place.members.give
    give(OWNER, "b2", elsewhere.person, "annotator")
    give(OWNER, "b2", gone.person, "annotator")
    give(OWNER, "b2", gone.person, "visitor")  # his role was taken; what he was there stays
    give(OWNER, "", high.person, "reviewer")
    for whom in (other, elsewhere, gone, high):
        with pytest.raises(NotAllowed, match="erase_elsewhere"):
            place.members.erase(lead, whom.person)
    for stranger in ("никто", "", place.joined("Даша", project="b2").person):
        with pytest.raises(NotAllowed, match="no_role"):
            place.members.erase(lead, stranger)
    for viewer in (VISITOR, reviewer, kept):
        with pytest.raises(NotAllowed, match="no_role"):
            place.members.erase(viewer, gone.person)
    assert place.members.erase(lead, reviewer.person) > 0
    give(OWNER, "b2", lead.person, "lead")
    assert place.members.erase(lead, elsewhere.person) > 0, "he leads both projects now"
    assert place.members.erase(other, other.person) > 0, "his own"
    names = {person.name for person, _ in place.members.people(OWNER, "b1")}
    assert names == {"Лена", "Боря", "Вера", "Гера", ""}


def test_bad_links_and_names_are_refused(place: Place) -> None:
    for places, days, role in (
        (0, 1.0, "annotator"),
        (1, 0.0, "annotator"),
        (1, 9e9, "annotator"),
        (1, 1.0, "visitor"),
    ):
        with pytest.raises(BadInput, match="bad_invitation"):
            place.members.invite(OWNER, "b1", role, places=places, days=days)  # type: ignore[arg-type]
    _, secret = place.members.invite(OWNER, "b1", "annotator")
    for name in ("", "  ", "х" * 81, "а\nб"[:1] + "\x00"):
        with pytest.raises(BadInput, match="bad_annotator"):
            place.members.redeem(secret, name, VISITOR)
    with pytest.raises(BadInput, match="unknown_person"):
        place.members.give(OWNER, "b1", "p0", "lead")
    place.members.redeem(secret, "Аня", VISITOR)  # a refused name took no place


def test_what_tells_who_somebody_is_goes_from_everywhere_and_the_journal_holds(
    place: Place, tmp_path: Path
) -> None:
    anya, borya = place.joined("Аня Неповторимая"), place.joined("Боря")
    shipper = place.ledger.shipper
    assert shipper is not None and shipper.flush()
    assert place.members.erase(anya, anya.person) > 0
    assert shipper.flush()
    assert place.journal.verify() > 0
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert "Неповторимая".encode() not in path.read_bytes(), path.name
    names = {person.id: person.name for person, _ in place.members.people(OWNER, "b1")}
    assert names == {anya.person: "", borya.person: "Боря"}
    place.members.erase(OWNER, borya.person)
