"""Which studio a shelf belongs to. Two that write to one shelf would number different records alike, so a shelf has one
holder, named in a file of it; whoever starts as a server takes it over, and the one before stops taking answers.

A take-over in order: the new one writes `taking`; the old one sees it at its next look, ships what it has, writes
`handed` and closes; then the new one fetches everything and writes `held`. An old one that is gone hands over nothing:
after a while the new one goes on. What an old one that was cut off still has, it lays aside on the shelf, under names
that are no segments: nothing is lost, and nothing is mixed.
"""

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from studio.journal.shelf import Shelf

NAME = "holder.json"
ASIDE = "aside-"
State = Literal["taking", "handed", "held", "released"]


@dataclass(frozen=True)
class Claim:
    """`studio` is an id of the folder of a journal, `place` what a reader knows it by, `at` when it was written."""

    studio: str
    place: str
    state: State
    at: float


def claim_of(shelf: Shelf, files: dict[str, int]) -> Claim | None:
    """Who holds the shelf, out of its `files`; None: nobody yet. Raises what the shelf raises, ValueError for a file
    that is no claim."""
    if NAME not in files:
        return None
    found = json.loads(shelf.get(NAME))
    return Claim(str(found["studio"]), str(found["place"]), found["state"], float(found["at"]))


def put_claim(shelf: Shelf, claim: Claim) -> None:
    shelf.put({NAME: json.dumps(asdict(claim), ensure_ascii=False).encode()})


def studio_id(folder: Path) -> str:
    """The id of this folder of a journal, made when it is first asked for; an empty disk is another studio."""
    path = folder / "studio-id"
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(secrets.token_hex(8))
    except FileExistsError:
        pass
    return path.read_text(encoding="utf-8").strip()
