"""From what a person typed to a folder with a checkpoint: the embedded model, a local folder, or a hub id."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from studio.core.errors import BadInput, ModelError

EMBEDDED = "embedded"
_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+")
# Weights in safetensors only; whatever else a repository holds (original formats, ONNX, pickles) is not fetched.
_WANTED = ("*.json", "*.safetensors", "*.jinja", "*.txt", "*.model", "*.tiktoken")
_UNWANTED = ("original/*", "onnx/*", "consolidated*", "*.fp16.safetensors", "*.msgpack")


@dataclass(frozen=True)
class Source:
    """Where a model comes from: a local folder, or a hub id (then `folder` is None until it is fetched)."""

    name: str
    folder: Path | None
    hub_id: str | None = None


def find_source(name: str, models_dir: Path) -> Source:
    """What a model's name means. Raises ModelError for a name that is nothing of all this."""
    if name == EMBEDDED:
        return Source(name, models_dir / "omni")
    path = Path(name).expanduser()
    if name and path.is_dir():
        return Source(name, path)
    if name.startswith(("/", ".", "~")) or "\\" in name:
        raise ModelError("model_folder_missing", model=name)
    if _HUB_ID.fullmatch(name):
        return Source(name, None, name)
    raise ModelError("unknown_model", name=name)


def cached_config(hub_id: str, revision: str | None) -> Path | None:
    """The folder of a hub model's `config.json` if it was fetched before. Asks nobody."""
    from huggingface_hub import try_to_load_from_cache

    found = try_to_load_from_cache(hub_id, "config.json", revision=revision)
    return Path(found).parent if isinstance(found, str) else None


def fetch(hub_id: str, revision: str | None, *, with_code: bool, only: str | None = None) -> Path:
    """A hub model's files as a folder named by the commit; from the cache where it has them all.

    `only` fetches that one file. `with_code` fetches the repository's Python files too. Raises ModelError.
    """
    from huggingface_hub import errors as hub
    from huggingface_hub import snapshot_download

    wanted = [only] if only else [*_WANTED, *(["*.py"] if with_code else [])]
    try:
        return Path(
            snapshot_download(
                hub_id, revision=revision, allow_patterns=wanted, ignore_patterns=list(_UNWANTED)
            )
        )
    except hub.GatedRepoError as exc:
        raise ModelError("model_gated", model=hub_id) from exc
    except hub.RevisionNotFoundError as exc:
        raise ModelError("model_no_revision", model=hub_id, revision=revision) from exc
    except hub.RepositoryNotFoundError as exc:
        raise ModelError("model_not_on_hub", model=hub_id) from exc
    except hub.HFValidationError as exc:
        raise ModelError("unknown_model", name=hub_id) from exc
    except (
        OSError
    ) as exc:  # no network, offline mode, nothing in the cache, an error of the hub itself, a full disk
        raise ModelError("model_hub_unreachable", model=hub_id, detail=_first_line(exc)) from exc


def check_revision(source: Source, revision: str | None) -> None:
    """A local folder has one revision: what lies in it. Raises BadInput when another one is asked for."""
    if revision and source.hub_id is None:
        raise BadInput("revision_of_folder", model=source.name, revision=revision)


def say_nothing(_: str) -> None:
    """The progress of someone who does not listen."""


Progress = Callable[[str], None]


def _first_line(exc: Exception) -> str:
    return (str(exc).strip().splitlines() or [type(exc).__name__])[0]
