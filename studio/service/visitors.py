"""What a visitor of a public studio may ask for: what its lists offer. The rest is the owner's to open."""

from collections.abc import Iterable, Sequence

from studio.access import may_change
from studio.core.errors import NotAllowed
from studio.core.run import RunSpec, Viewer
from studio.engines import EMBEDDED
from studio.service.catalogue import Shelf
from studio.settings import Settings
from studio.store import Store

MOST_CROSSED = 30  # questions of a task that a visitor may put in every prompt


def steered(store: Store, run_ids: Iterable[str], viewer: Viewer) -> set[str]:
    """Those runs that this viewer may steer and label: the owner all, a visitor those begun in this browser."""
    named = set(run_ids)
    return named if may_change(viewer) else named & store.runs.started_by(viewer.browser)


def check_run(spec: RunSpec, settings: Settings, shelf: Shelf) -> None:
    """A name from the hub would fill somebody else's disk, a path would read it, an address would be called from inside
    the owner's network. Raises NotAllowed."""
    offered = (EMBEDDED, *settings.models)
    if spec.model not in offered:
        raise NotAllowed("visitor_model", model=spec.model, offered=", ".join(offered))
    check_listed(spec.tasks, spec.judge, shelf)
    if spec.crossed and spec.crossed.items > MOST_CROSSED:
        raise NotAllowed("visitor_crossed", most=MOST_CROSSED)
    if spec.servers or spec.vllm_args:
        raise NotAllowed("visitor_server")


def check_listed(tasks: Sequence[str], judge: str, shelf: Shelf) -> None:
    """Tasks and judges from the lists alone. Raises NotAllowed."""
    known = {"demo", *(info.name for info in shelf.tasks())}
    foreign = [ref for ref in tasks if ref not in known]
    if foreign:
        raise NotAllowed("visitor_task", name=foreign[0])
    if judge not in shelf.judges():
        raise NotAllowed("visitor_judge", judge=judge, offered=", ".join(shelf.judges()))
