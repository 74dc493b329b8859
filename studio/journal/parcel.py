"""Where a project's files are sent when its lead wants them elsewhere: a private dataset of the hub, or a folder."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from studio.core.errors import BadInput

_REPO = re.compile(r"[A-Za-z0-9][\w.-]*(?:/[A-Za-z0-9][\w.-]*)?")


class Parcel(Protocol):
    """A place that takes whole folders."""

    @property
    def name(self) -> str:
        """How a reader calls it."""
        ...

    def send(self, folder: str, files: Mapping[str, bytes]) -> None:
        """Puts the files under `folder`, those of the same names replaced. Raises BadInput in words: `public_shelf`
        for a place that all can read, `push_failed` for what did not get there."""
        ...


def parcel_of(place: str) -> Parcel:
    """The place of a name: `dataset:GROUP/NAME`, else a folder. Raises BadInput."""
    kind, _, name = place.partition(":")
    if kind == "dataset":
        if not _REPO.fullmatch(name):
            raise BadInput("push_place", place=place)
        return DatasetParcel(name)
    if not place.strip() or re.match(r"[a-z]{2,}:", place):  # bucket:, https:, a misspelt dataset:
        raise BadInput("push_place", place=place)
    return FolderParcel(Path(place).expanduser())


class FolderParcel:
    """A folder, of this machine or a mounted one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def name(self) -> str:
        return str(self._folder)

    def send(self, folder: str, files: Mapping[str, bytes]) -> None:
        try:
            for name, content in files.items():
                path = self._folder / folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        except OSError as error:
            raise BadInput("push_failed", name=self.name, reason=error.strerror or str(error)) from error


class DatasetParcel:
    """A private dataset of the hub; each sending is one commit."""

    def __init__(self, repo_id: str, api: Any = None) -> None:
        self._repo_id, self._api = repo_id, api

    @property
    def name(self) -> str:
        return self._repo_id

    def send(self, folder: str, files: Mapping[str, bytes]) -> None:
        from huggingface_hub import CommitOperationAdd, HfApi
        from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalTokenNotFoundError

        http = HfHubHTTPError.__bases__[0]  # httpx's error or requests', by the version of the library
        api = self._api or HfApi()
        try:
            api.create_repo(self._repo_id, repo_type="dataset", private=True, exist_ok=True)
            if not api.repo_info(self._repo_id, repo_type="dataset").private:
                raise BadInput("public_shelf", name=self._repo_id)
            added = [CommitOperationAdd(f"{folder}/{name}", content) for name, content in files.items()]
            api.create_commit(
                self._repo_id, added, repo_type="dataset", commit_message=f"Human baseline {folder}"
            )
        except (http, HfHubHTTPError, HFValidationError, LocalTokenNotFoundError, OSError) as error:
            said = str(error).strip().splitlines()
            raise BadInput(
                "push_failed", name=self._repo_id, reason=said[0] if said else type(error).__name__
            ) from error
