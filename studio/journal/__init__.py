"""What people did, in files that are only added to: the truth from which the database can be made anew."""

from studio.journal.disk import network_disk
from studio.journal.erasing import erasable
from studio.journal.journal import Journal, Writing
from studio.journal.record import JournalBroken, verify
from studio.journal.shelf import FolderShelf, Shelf, shelf_of
from studio.journal.shipping import Shipper

__all__ = [
    "FolderShelf",
    "Journal",
    "JournalBroken",
    "Shelf",
    "Shipper",
    "Writing",
    "erasable",
    "network_disk",
    "shelf_of",
    "verify",
]
