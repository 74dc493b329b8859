"""Models of texts by name: a hub id or a folder with a checkpoint, or `http://host:8000/v1#model` behind a server."""

from contextlib import ExitStack
from pathlib import Path

from studio.core.embedding import Embedder
from studio.core.errors import ModelError
from studio.engines import folder as folders
from studio.engines.sources import EMBEDDED, fetch, find_source
from studio.servers import NO_KEY, PATIENCE_S, Access, Line, base_urls


def is_served(name: str) -> bool:
    """Whether a name is an address."""
    return name.startswith(("http://", "https://"))


def open_embedder(
    name: str,
    *,
    models_dir: Path,
    trusted: frozenset[str] = frozenset(),
    device: str = "auto",
    key: str = "",
    patience_s: float = PATIENCE_S,
) -> Embedder:
    """Opens a model of texts. Raises ModelError when it cannot be opened or nobody answers, BadInput for an address
    that is none."""
    if is_served(name):
        from studio.engines.embedding_served import ServedEmbedder

        urls, _, model = name.partition("#")
        line = Line(Access(base_urls(urls.split(",")), key or NO_KEY, patience_s))
        with ExitStack() as undo:
            undo.callback(line.close)
            served = ServedEmbedder(line, line.model(model))
            undo.pop_all()
        return served
    from studio.engines.embedding_local import open_folder

    source = find_source(name, models_dir)
    if name == EMBEDDED:
        raise ModelError("embedder_none", name=name)
    folder = source.folder or fetch(str(source.hub_id), None, with_code=name in trusted)
    weights = folders.weight_files(folder, name)
    revision = folder.name[:12] if source.hub_id else folders.weights_digest(weights)
    return open_folder(
        folder,
        name,
        revision,
        source="hub" if source.hub_id else "path",
        device=device,
        with_code=name in trusted,
    )
