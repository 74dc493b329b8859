"""Other tools' logs, read into values of `studio.core.logs`. Nothing here knows the store.

`open_logs` takes files and folders, asks each reader by content which of them are its own, and gives the logs. A new
tool is a module with a `Reader` and a line in `READERS`.
"""

from studio.logs.opening import MOST_UNPACKED, READERS, Opened, open_logs, rest_of
from studio.logs.reader import Reader, Source

__all__ = ["MOST_UNPACKED", "READERS", "Opened", "Reader", "Source", "open_logs", "rest_of"]
