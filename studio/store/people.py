"""Who works here: people, their roles, invitations, sign-ins. Secrets are here only as hashes."""

from contextlib import AbstractContextManager
from dataclasses import dataclass

from studio.core.project import ROLES, Person, Role
from studio.store.database import Database, Row

# Whether somebody has ever been one who sees gold: in this project, in another one of its task, everywhere.
SEEN_GOLD = (
    "SELECT 1 AS one FROM gold_seers s LEFT JOIN projects p ON p.id = s.project_id WHERE s.person_id = :person"
    " AND (s.project_id IN ('', :project) OR p.task = (SELECT task FROM projects WHERE id = :project))"
)


@dataclass(frozen=True)
class Invitation:
    """A link for some people to join with a role. It is open while it is not revoked, has places and time."""

    id: str
    project: str
    role: Role
    places: int
    used: int
    expires_at: float
    revoked_at: float | None
    created_by: str
    created_at: float
    note: str

    def open_at(self, now: float) -> bool:
        return self.revoked_at is None and self.used < self.places and now < self.expires_at


class People:
    """People by id, by account, by the token of a browser."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def erasing(self) -> AbstractContextManager[None]:
        """Whatever is erased in here is gone from the file, too."""
        return self._db.erasing()

    def person(self, person_id: str) -> Person | None:
        row = self._db.row("SELECT * FROM people WHERE id = ?", (person_id,))
        return _person(row) if row else None

    def of_account(self, via: str, account: str) -> Person | None:
        row = self._db.row("SELECT * FROM people WHERE via = ? AND account = ?", (via, account))
        return _person(row) if row and account else None

    def signed_in(self, token_hash: str, now: float) -> Person | None:
        """Whose browser holds a token; None when it has run out or was signed out."""
        row = self._db.row(
            "SELECT p.* FROM sign_ins s JOIN people p ON p.id = s.person_id"
            " WHERE s.token_hash = ? AND s.expires_at > ? AND p.erased_at IS NULL",
            (token_hash, now),
        )
        return _person(row) if row else None

    def shown_as(self, project: str, person: str) -> str | None:
        """The name that somebody chose for his run of a whole task; "" for none, None: he was not asked yet."""
        sql = "SELECT shown_as FROM project_people WHERE project_id = ? AND person_id = ?"
        found = self._db.scalar(sql, (project, person))
        return None if found is None else str(found)

    def role(self, person_id: str, project: str = "") -> Role:
        """What a person may be in a project: the greater of the role there and the role everywhere."""
        rows = self._db.column(
            "SELECT role FROM person_roles WHERE person_id = ? AND project_id IN ('', ?)",
            (person_id, project),
        )
        return max(rows, key=ROLES.index, default="visitor")

    def roles(self, person_id: str) -> dict[str, Role]:
        """A person's roles by project; "" is everywhere."""
        sql = "SELECT project_id, role FROM person_roles WHERE person_id = ?"
        return dict(self._db.tuples(sql, (person_id,)))

    def has_seen_gold(self, person_id: str, project: str) -> bool:
        """Whether somebody is, or ever was, one who sees the gold of a project's task, by any role he was given."""
        return self._db.row(SEEN_GOLD, {"person": person_id, "project": project}) is not None

    def places(self, person_id: str) -> list[str]:
        """The projects in which a person has ever been, whatever became of it."""
        sql = (
            "SELECT project_id FROM project_people WHERE person_id = :person UNION SELECT project_id FROM responses"
            " WHERE person_id = :person UNION SELECT project_id FROM person_roles WHERE person_id = :person"
            " AND project_id != '' ORDER BY 1"
        )
        return self._db.column(sql, {"person": person_id})

    def of_project(self, project: str) -> list[tuple[Person, Role]]:
        """Everybody with a role in a project, in the order in which they joined it."""
        rows = self._db.rows(
            "SELECT p.*, r.role FROM person_roles r JOIN people p ON p.id = r.person_id WHERE r.project_id = ?"
            " ORDER BY p.joined_at, p.id",
            (project,),
        )
        return [(_person(row), row["role"]) for row in rows]

    def everyone(self) -> list[Person]:
        """All who ever came, the first one first."""
        return [_person(row) for row in self._db.rows("SELECT * FROM people ORDER BY joined_at, id")]

    def invitation(self, secret_hash: str) -> Invitation | None:
        row = self._db.row("SELECT * FROM invitations WHERE secret_hash = ?", (secret_hash,))
        return _invitation(row) if row else None

    def invitations(self, project: str) -> list[Invitation]:
        sql = "SELECT * FROM invitations WHERE project_id = ? ORDER BY created_at"
        return [_invitation(row) for row in self._db.rows(sql, (project,))]


def _person(row: Row) -> Person:
    return Person(row["id"], row["name"], row["account"], row["via"], row["joined_at"], row["erased_at"])


def _invitation(row: Row) -> Invitation:
    return Invitation(
        row["id"], row["project_id"], row["role"], row["places"], row["used"], row["expires_at"],
        row["revoked_at"], row["created_by"], row["created_at"], row["note"],
    )  # fmt: skip
