"""Where segments are kept when a machine's own disk is not kept: a folder, a private dataset, a bucket."""

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

from studio.core.errors import BadInput

_FOLDER = "journal"


class Shelf(Protocol):
    """A store of whole files by name. Every method may raise OSError, or what its library raises; nothing is retried
    here, the shipper tries again. `pace_s`: something may be kept here once in so many seconds."""

    pace_s: float

    @property
    def name(self) -> str:
        """How a reader calls it; no secret in it."""
        ...

    def files(self) -> dict[str, int]:
        """The files that are there, with their bytes."""
        ...

    def get(self, name: str) -> bytes: ...

    def put(self, files: Mapping[str, bytes], *, forget: bool = False) -> None:
        """Keeps files, all of them or none. With `forget` older contents of these names must not be had back."""
        ...


def shelf_of(place: str) -> Shelf:
    """The shelf that a setting names: a folder, `bucket:NAME` or `dataset:NAME` of the hub."""
    kind, _, name = place.partition(":")
    if kind == "bucket" and name:
        return BucketShelf(name)
    if kind == "dataset" and name:
        return DatasetShelf(name)
    return FolderShelf(Path(place).expanduser())


class FolderShelf:
    """A folder of another disk, or of a mounted one: each file is written once, whole, and never opened for adding."""

    pace_s = 10.0

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def name(self) -> str:
        return self._folder.name

    def files(self) -> dict[str, int]:
        return {
            path.name: path.stat().st_size
            for path in self._folder.iterdir()
            if path.suffix in {".jsonl", ".json"}
        }

    def get(self, name: str) -> bytes:
        return (self._folder / name).read_bytes()

    def put(self, files: Mapping[str, bytes], *, forget: bool = False) -> None:
        for name, content in files.items():
            beside = self._folder / f"{name}.new"  # what a death leaves of it the next one writes over
            with beside.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self._folder / name)


class DatasetShelf:
    """A private dataset of the hub; every upload is a commit, so its history is kept, unless it is asked to forget."""

    pace_s = 30.0  # the hub takes 128 commits an hour

    def __init__(self, repo_id: str, api: Any = None) -> None:
        self._repo_id = repo_id
        self._api = api or _api()
        self._there = False

    @property
    def name(self) -> str:
        return self._repo_id

    def files(self) -> dict[str, int]:
        self._made()
        tree = self._api.list_repo_tree(self._repo_id, recursive=True, repo_type="dataset")
        return _sizes(tree)

    def get(self, name: str) -> bytes:
        with tempfile.TemporaryDirectory() as folder:  # not the cache: what is erased would stay there
            path = self._api.hf_hub_download(
                self._repo_id, f"{_FOLDER}/{name}", repo_type="dataset", local_dir=folder
            )
            return Path(path).read_bytes()

    def put(self, files: Mapping[str, bytes], *, forget: bool = False) -> None:
        from huggingface_hub import CommitOperationAdd

        self._made()
        added = [CommitOperationAdd(f"{_FOLDER}/{name}", content) for name, content in files.items()]
        self._api.create_commit(
            self._repo_id, added, repo_type="dataset", commit_message=f"{len(files)} segments of the journal"
        )
        if forget:
            self._api.super_squash_history(self._repo_id, repo_type="dataset")

    def _made(self) -> None:
        """The dataset exists and is private. Raises BadInput for a public one: people's answers are not for all."""
        if not self._there:
            self._api.create_repo(self._repo_id, repo_type="dataset", private=True, exist_ok=True)
            self._there = True
        if not self._api.repo_info(self._repo_id, repo_type="dataset").private:
            raise BadInput("public_shelf", name=self._repo_id)


class BucketShelf:
    """A storage bucket of the hub; it has no versions, so what is replaced is gone."""

    pace_s = 10.0

    def __init__(self, bucket_id: str, api: Any = None) -> None:
        self._bucket_id = bucket_id
        self._api = api or _api()
        self._there = False

    @property
    def name(self) -> str:
        return self._bucket_id

    def files(self) -> dict[str, int]:
        self._made()
        return _sizes(self._api.list_bucket_tree(self._bucket_id, prefix=f"{_FOLDER}/", recursive=True))

    def get(self, name: str) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            self._api.download_bucket_files(self._bucket_id, [(f"{_FOLDER}/{name}", path)])
            return path.read_bytes()

    def put(self, files: Mapping[str, bytes], *, forget: bool = False) -> None:
        self._made()
        added = [(content, f"{_FOLDER}/{name}") for name, content in files.items()]
        self._api.batch_bucket_files(self._bucket_id, add=added)

    def _made(self) -> None:
        if not self._there:
            self._api.create_bucket(self._bucket_id, private=True, exist_ok=True)
            self._there = True
        if not self._api.bucket_info(self._bucket_id).private:
            raise BadInput("public_shelf", name=self._bucket_id)


def _sizes(tree: Iterable[Any]) -> dict[str, int]:
    """Of the journal's files in a tree that the hub tells; folders in it have no size."""
    return {
        each.path.removeprefix(f"{_FOLDER}/"): each.size
        for each in tree
        if each.path.startswith(f"{_FOLDER}/") and getattr(each, "size", None) is not None
    }


def _api() -> Any:
    from huggingface_hub import HfApi

    return HfApi()
