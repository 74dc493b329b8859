"""Engines: models that can be asked. `open_engine` turns a name into one; heavy libraries are imported only then.

Names: `embedded` (the model that comes with the studio), the path of a local folder, or a hub id `org/name`. Models
behind servers are opened by `studio.engines.server`, by the name that the servers know.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.engine import Capabilities, EngineInfo, Settings
from studio.core.errors import ModelError
from studio.core.visits import Visits
from studio.engines import folder as folders
from studio.engines import zerogpu
from studio.engines.embedding import open_embedder
from studio.engines.families import capabilities_of
from studio.engines.scripted import ScriptedEngine
from studio.engines.sources import (
    EMBEDDED,
    Progress,
    Source,
    cached_config,
    check_revision,
    fetch,
    find_source,
    say_nothing,
)

if TYPE_CHECKING:
    from studio.engines.transformers import TransformersEngine

__all__ = [
    "EMBEDDED", "ScriptedEngine", "check_model", "describe_model", "local_revision", "open_embedder",
    "open_engine", "open_sliced", "zerogpu_here",
]  # fmt: skip


def open_engine(
    name: str,
    *,
    models_dir: Path,
    settings: Settings,
    revision: str | None = None,
    trusted: frozenset[str] = frozenset(),
    on_progress: Progress | None = None,
) -> "TransformersEngine":
    """Opens a model for asking; of the settings only `device` and `dtype` matter here.

    `revision` is a hub branch, tag or commit. `trusted` are the names whose own code may run. `on_progress` is told
    the stages `download`, `check`, `processor`, `weights`, `ready`. Raises ModelError when the model cannot be
    opened and BadInput for a device, dtype or revision that is not to be had.
    """
    source = find_source(name, models_dir)
    check_revision(source, revision)
    return _open(source, settings, revision, trusted, on_progress or say_nothing)


def zerogpu_here() -> bool:
    """Whether the package `spaces` is here. If so ZeroGPU learns that it will be asked: it must before pages open."""
    decorate = zerogpu.decorator()
    if decorate:
        zerogpu.announce(decorate)
    return decorate is not None


def open_sliced(
    opened: Callable[..., "TransformersEngine"], settings: Settings, visits: Visits
) -> zerogpu.SlicedEngine:
    """A model that is asked on ZeroGPU, on the requests of `visits`, once `zerogpu_here()` has said so. `opened` opens
    it with the `settings` that it is called with; raises what that raises."""
    from studio.engines.hardware import pick_dtype

    decorate = zerogpu.decorator()
    if decorate is None:
        raise ModelError("zerogpu_no_package")
    here = replace(settings, device="cpu", dtype=pick_dtype(settings.dtype, "cuda"))
    return zerogpu.SlicedEngine(opened(settings=here), decorate, visits)


def describe_model(name: str, models_dir: Path, revision: str | None = None) -> Capabilities | None:
    """What a model takes, by its configuration alone, without loading it. None while that is not known.

    A hub is not asked: its models are known once they were fetched. Never raises for a model that cannot be opened.
    """
    try:
        source = find_source(name, models_dir)
        folder = source.folder or cached_config(str(source.hub_id), revision)
        return capabilities_of(folders.read_config(folder, name)) if folder else None
    except ModelError:
        return None


def check_model(name: str, models_dir: Path) -> None:
    """Refuses what can be refused without loading or asking a hub: a name that is nothing, a folder that lacks a file.

    Raises ModelError.
    """
    source = find_source(name, models_dir)
    if source.folder:
        folders.read_config(source.folder, name)
        folders.check_files(source.folder, name)


def local_revision(folder: str, name: str) -> str:
    """`sha256:…` of the weights in a folder of this machine; empty for what is none, or holds another form of them."""
    try:
        return (
            folders.weights_digest(folders.check_files(Path(folder), name)) if Path(folder).is_dir() else ""
        )
    except ModelError:
        return ""


def _open(
    source: Source, settings: Settings, revision: str | None, trusted: frozenset[str], on_progress: Progress
) -> "TransformersEngine":
    from studio.engines import hardware, loading
    from studio.engines.transformers import TransformersEngine

    device = hardware.pick_device(settings.device)
    dtype = hardware.pick_dtype(settings.dtype, device)
    # The configuration alone first: a model that cannot be opened is refused before its weights are fetched.
    folder = source.folder or _fetch_first(source, revision, on_progress)
    config = folders.read_config(folder, source.name)
    with_code = loading.needs_code(config, source.name)
    if with_code and source.name not in trusted:
        raise ModelError("model_needs_code", model=source.name)
    if source.hub_id:
        folder = fetch(source.hub_id, revision, with_code=with_code)
    on_progress("check")
    weights = folders.check_files(folder, source.name)
    loaded = loading.load(
        folder,
        source.name,
        config,
        device=device,
        dtype=dtype,
        with_code=with_code,
        on_progress=on_progress,
    )
    info = EngineInfo(
        engine="transformers",
        model=source.name,
        # The hub's cache names the folder by the commit.
        revision=folder.name if source.hub_id else folders.weights_digest(weights),
        parameters=int(loaded.model.num_parameters()),
        dtype=dtype,
        device=device,
        versions=hardware.versions(),
        hardware=hardware.describe_hardware(device),
    )
    on_progress("ready")
    return TransformersEngine(loaded, info, capabilities_of(config))


def _fetch_first(source: Source, revision: str | None, on_progress: Progress) -> Path:
    on_progress("download")
    return fetch(str(source.hub_id), revision, with_code=False, only="config.json")
