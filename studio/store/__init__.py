"""The only truth: one SQLite file (WAL). SQL lives in this room and nowhere else.

`Store` is the door; its parts speak of one subject each: `tasks`, `runs`, `answers`, `browse`, `humans`.
"""

from studio.store.database import Database
from studio.store.export import Kept, export_run
from studio.store.migrations import SCHEMA_VERSION
from studio.store.store import Store

__all__ = ["SCHEMA_VERSION", "Database", "Kept", "Store", "export_run"]
