"""Who somebody is and what he may do: one function for every page and command, whatever vouches for the person.

A person comes by an invitation (a link with a secret; only its hash is kept), by Hugging Face, or is the owner.
Names and accounts stand in records' bodies, which can be erased; everything else knows people by meaningless ids.
"""

import hashlib
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from studio.access import Account
from studio.core.errors import BadInput, NotAllowed
from studio.core.project import MOST_DAYS, MOST_PLACES, ROLES, Invited, Person, Role
from studio.core.record import Planned
from studio.core.run import Viewer
from studio.humans import OWNERS, allows
from studio.service.people.ledger import Act, Ledger
from studio.store.people import Invitation, People

OWNER_ID = "owner"
SIGNED_IN_S = 30 * 86400.0
LONGEST_NAME = 80


class Members:
    """People, their roles, the links that bring them here."""

    def __init__(
        self,
        people: People,
        ledger: Ledger,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._people, self._ledger, self._now = people, ledger, now

    def role(self, viewer: Viewer, project: str = "") -> Role:
        """What whoever asks may be: in a project, or everywhere."""
        if viewer.role == "owner":
            return "lead"
        return self._people.role(viewer.person, project) if viewer.person else "visitor"

    def check(self, viewer: Viewer, act: str, project: str = "") -> str:
        """The id of whoever asks, when his role allows this act. Raises NotAllowed otherwise, and for an act that no
        table lists."""
        if act in OWNERS:
            if viewer.role != "owner":
                raise NotAllowed("not_allowed")
        elif not allows(self.role(viewer, project), act):
            raise NotAllowed("no_role")
        return OWNER_ID if viewer.role == "owner" else viewer.person

    def signed_in(self, token: str) -> Person | None:
        """Whose browser brings this token; None for nobody's, an old one, one that was signed out."""
        return self._people.signed_in(_hash(token), self._now()) if token else None

    def here(self, token: str, account: Account | None) -> Person | None:
        """Who is here: by the token of the browser, else by the account that Hugging Face vouches for; None: nobody."""
        found = self.signed_in(token)
        return self.arrive(account.login, account.name) if found is None and account else found

    def name(self, viewer: Viewer) -> str:
        """What whoever is signed in calls himself; empty: nobody is."""
        found = self._people.person(viewer.person) if viewer.person else None
        return found.name if found else ""

    def invite(
        self, viewer: Viewer, project: str, role: Role, *, places: int = 1, days: float = 14.0, note: str = ""
    ) -> tuple[Invitation, str]:
        """A link for so many people; its secret is told once, here. Raises NotAllowed, BadInput."""
        by = self.check(viewer, "invite", project)
        if role not in ROLES[1:] or not 1 <= places <= MOST_PLACES or not 0 < days <= MOST_DAYS:
            raise BadInput("bad_invitation", places=MOST_PLACES, days=MOST_DAYS)
        secret = secrets.token_urlsafe(24)
        facts = {
            "invitation": f"i{secrets.token_hex(4)}",
            "secret": _hash(secret),
            "role": role,
            "places": places,
            "expires_at": self._now() + days * 86400,
        }
        with self._ledger.writing() as act:
            act.record(Planned("invited", by, project, facts, {"note": note[:500]} if note else {}))
        found = self._people.invitation(_hash(secret))
        assert found is not None
        return found, secret

    def invitation(self, secret: str) -> Invitation:
        """What a link offers. Raises NotAllowed when it is unknown, used up, revoked or too old."""
        found = self._people.invitation(_hash(secret))
        if found is None:
            raise NotAllowed("invitation_unknown")
        if found.revoked_at is not None:
            raise NotAllowed("invitation_revoked")
        if found.used >= found.places:
            raise NotAllowed("invitation_used")
        if self._now() >= found.expires_at:
            raise NotAllowed("invitation_expired")
        return found

    def offer(self, secret: str) -> Invited:
        """What a link offers, to whoever holds it. Raises NotAllowed like `invitation`."""
        return self._offered(self.invitation(secret))

    def came_before(self, secret: str, viewer: Viewer) -> Invited | None:
        """What a link once offered to whoever has joined its project since, however it ended; None: he has not."""
        found = self._people.invitation(_hash(secret))
        if found is None or not viewer.person or not found.project:
            return None
        role = self._people.role(viewer.person, found.project)
        return None if role == "visitor" else replace(self._offered(found), role=role)

    def redeem(self, secret: str, name: str, viewer: Viewer) -> tuple[str, str]:
        """Joins a project by a link: as whoever is signed in already, else as somebody new of this name. Returns the
        project and the token for the browser ("" where it has one). Raises NotAllowed, BadInput."""
        with self._ledger.writing() as act:
            found = self.invitation(secret)  # inside: the last place is for one
            if viewer.person:
                if self._people.role(viewer.person, found.project) == "visitor":
                    if found.role == "annotator":
                        self._blind(viewer.person, found.project)
                    self._join(act, viewer.person, found)
                return found.project, ""
            person, token = self._new(act, _name(name), "", "invitation")
            self._join(act, person, found)
        return found.project, token

    def join_open(self, project: str, name: str, viewer: Viewer) -> str:
        """Joins a project that anyone may join, while it is open: as whoever is signed in already, else as somebody new
        of this name. Returns the token for the browser ("" where it has one). Raises NotAllowed, BadInput."""
        with self._ledger.writing() as act:
            row = act.tables.project(project)
            if row is None or row.spec.joining != "anyone":
                raise NotAllowed("project_by_invitation")
            if row.state != "open":
                raise NotAllowed("project_not_open")
            person, token = viewer.person, ""
            self._blind(person, project)
            if not person:
                person, token = self._new(act, _name(name), "", "open")
            if self._people.role(person, project) == "visitor":
                given = {"person": person, "role": "annotator"}
                act.record(Planned("role_given", person, project, given))
        return token

    def show_as(self, viewer: Viewer, project: str, name: str) -> None:
        """Chooses the name under which everybody sees whoever asks in a project; "" for none. Raises NotAllowed,
        BadInput."""
        self.check(viewer, "answer", project)
        shown = _name(name) if name.strip() else ""
        with self._ledger.writing() as act:
            act.record(Planned("shown_as", viewer.person, project, {}, {"name": shown} if shown else {}))

    def arrive(self, account: str, name: str) -> Person:
        """Whoever Hugging Face vouches for, by account; met for the first time, a person without a role."""
        known = self._people.of_account("huggingface", account)
        if known is None:
            with self._ledger.writing() as act:
                known = self._people.of_account("huggingface", account)
                if known is None:
                    person, _ = self._new(act, name[:LONGEST_NAME], account, "huggingface")
                    known = self._people.person(person)
        assert known is not None
        return known

    def revoke(self, viewer: Viewer, project: str, invitation: str) -> None:
        """Closes a link; who has joined by it stays. Raises NotAllowed, BadInput."""
        by = self.check(viewer, "invite", project)
        if invitation not in {each.id for each in self._people.invitations(project)}:
            raise BadInput("unknown_invitation", id=invitation)
        with self._ledger.writing() as act:
            act.record(Planned("invitation_revoked", by, project, {"invitation": invitation}))

    def invitations(self, viewer: Viewer, project: str) -> list[Invitation]:
        self.check(viewer, "invite", project)
        return self._people.invitations(project)

    def people(self, viewer: Viewer, project: str) -> list[tuple[Person, Role]]:
        self.check(viewer, "see_board", project)
        return self._people.of_project(project)

    def everyone(self, viewer: Viewer) -> list[tuple[Person, dict[str, Role]]]:
        """Everybody who ever came, in that order, with their roles by project ("" is everywhere)."""
        self.check(viewer, "invite")
        return [(person, self._people.roles(person.id)) for person in self._people.everyone()]

    def give(self, viewer: Viewer, project: str, person: str, role: Role) -> None:
        """Gives a role in a project ("" everywhere), `visitor` takes it. Raises NotAllowed, BadInput."""
        by = self.check(viewer, "invite", project)
        if role not in ROLES:
            raise BadInput("unknown_role", role=role, known=", ".join(ROLES))
        self._known(person)
        with self._ledger.writing() as act:
            act.record(Planned("role_given", by, project, {"person": person, "role": role}))

    def sign_out(self, viewer: Viewer, token: str = "") -> None:
        """Forgets this browser, or without a token all browsers of whoever asks."""
        if viewer.person:
            facts: Mapping[str, str] = {"token": _hash(token)} if token else {}
            with self._ledger.writing() as act:
                act.record(Planned("signed_out", viewer.person, "", facts))

    def erase(self, viewer: Viewer, person: str) -> int:
        """Erases whatever may tell who somebody is: name, account, comments, from the tables, the journal's files and
        the shelf. His answers stay, under an id that leads to nobody, so that what was worked out of them stays true.
        Returns in how many records something was erased. Raises NotAllowed, BadInput.
        """
        by = self.check_erasing(viewer, person)
        self._known(person)
        with self._people.erasing(), self._ledger.writing() as act:
            links = [
                record.facts["invitation"]
                for record in self._ledger.journal.records()
                if record.kind == "invitation_used" and record.actor == person
            ]
            act.record(Planned("person_erased", by, "", {"person": person, "invitations": links}))
        return self._ledger.erase()

    def check_erasing(self, viewer: Viewer, person: str) -> str:
        """The id of whoever asks, when he may erase this person's data: they are his own; he leads the whole studio; or
        he leads every project where this person has ever been, who leads none and has no role everywhere. Raises
        NotAllowed."""
        if viewer.person and viewer.person == person:
            return person
        if allows(self.role(viewer), "erase_person"):
            return self.check(viewer, "erase_person")
        places, roles = self._people.places(person), self._people.roles(person)
        led = [allows(self.role(viewer, project), "erase_person") for project in places]
        if not any(led):
            raise NotAllowed("no_role")
        if not all(led) or "" in roles or "lead" in roles.values():
            raise NotAllowed("erase_elsewhere")
        return viewer.person

    def _offered(self, found: Invitation) -> Invited:
        row = self._ledger.project(found.project)
        title, state = (row.spec.title, row.state) if row else ("", None)
        return Invited(found.project, title, found.role, found.expires_at, state)

    def _new(self, act: Act, name: str, account: str, via: str) -> tuple[str, str]:
        person, token = f"p{secrets.token_hex(4)}", secrets.token_urlsafe(32)
        body = {"name": name} | ({"account": account} if account else {})
        act.record(Planned("joined", person, "", {"via": via}, body))
        if not account:
            expires = self._now() + SIGNED_IN_S
            act.record(Planned("signed_in", person, "", {"token": _hash(token), "expires_at": expires}))
        return person, token

    def _join(self, act: Act, person: str, invitation: Invitation) -> None:
        given = {"person": person, "role": invitation.role}
        act.record(
            Planned("invitation_used", person, invitation.project, {"invitation": invitation.id}),
            Planned("role_given", invitation.created_by, invitation.project, given),
        )

    def _blind(self, person: str, project: str) -> None:
        """Raises NotAllowed for whoever has ever been one who sees the gold of a project: he does not answer there."""
        if person and self._people.has_seen_gold(person, project):
            raise NotAllowed("sees_gold")

    def _known(self, person: str) -> Person:
        found = self._people.person(person)
        if found is None:
            raise BadInput("unknown_person", id=person)
        return found


def _hash(secret: str) -> str:
    """Secrets are long and random, so a plain sha256 cannot be turned back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _name(given: str) -> str:
    name = " ".join(given.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise BadInput("bad_annotator")
    return name
