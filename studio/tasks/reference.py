"""Where a dataset is: a folder here, or a repository of the hub at a revision."""

import re
from dataclasses import dataclass

from studio.core.errors import TaskError

_HUB = re.compile(r"hub:(?P<path>[^:@]+)(?::(?P<config>[^@]+))?(?:@(?P<revision>.+))?")


@dataclass(frozen=True)
class DatasetRef:
    """Where a dataset is: a local folder, or a hub id with its configuration and revision."""

    path: str
    config: str | None = None
    revision: str | None = None
    hub: bool = False

    @staticmethod
    def parse(ref: str) -> "DatasetRef":
        """`hub:owner/name[:config][@revision]`, or a local folder. Raises TaskError."""
        if not ref.startswith("hub:"):
            return DatasetRef(ref)
        match = _HUB.fullmatch(ref)
        if match is None:
            raise TaskError("dataset_ref", ref=ref)
        return DatasetRef(match["path"], match["config"], match["revision"], hub=True)

    @property
    def name(self) -> str:
        name = self.path.rstrip("/").rpartition("/")[2]
        return f"{name}_{self.config}" if self.config else name

    def __str__(self) -> str:
        if not self.hub:
            return self.path
        config = f":{self.config}" if self.config else ""
        return f"hub:{self.path}{config}" + (f"@{self.revision}" if self.revision else "")
