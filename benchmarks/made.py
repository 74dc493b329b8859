"""The database that something is measured on: made for it, or a copy of the one that was made before."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from studio.settings import Settings
from studio.store import Store


def folder_named() -> Path | None:
    """The folder that keeps databases for the next time: the argument of a script."""
    return Path(sys.argv[1]) if len(sys.argv) > 1 else None


@contextmanager
def database(name: str, make: Callable[[Settings], None], folder: Path | None) -> Iterator[Settings]:
    """A studio's settings over `name`.sqlite of the folder; where it has none, over what `make` makes, kept there."""
    with tempfile.TemporaryDirectory() as made:
        settings = Settings(home=Path(made), db=Path(made) / "s.sqlite")
        known = folder / f"{name}.sqlite" if folder else None
        if known and known.exists():
            shutil.copy(known, settings.db)
        else:
            make(settings)
            if known:
                shutil.copy(settings.db, known)
        yield settings


def filled(fill: Callable[[Store, int], object], size: int) -> Callable[[Settings], None]:
    """How `database` makes one of so many samples."""

    def make(settings: Settings) -> None:
        with closing(Store(settings.db)) as store:
            fill(store, size)

    return make
