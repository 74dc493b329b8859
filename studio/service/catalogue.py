"""What can be picked: tasks, models, judges."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from studio.core.content import Modality
from studio.core.engine import Capabilities
from studio.core.engine import Settings as Generation
from studio.core.errors import TaskError
from studio.core.judge import HUB_JUDGE, NO_JUDGE
from studio.core.run import RunSpec
from studio.core.task import Task, TaskInfo, TaskStream
from studio.engines import check_model, describe_model
from studio.settings import Settings
from studio.tasks import Catalogue, crossed, suite_task
from studio.texts import LANGS, t

# Small hub models of the supported families, offered by name; any other hub id or folder can be typed.
SUGGESTED = (
    "Qwen/Qwen2.5-Omni-3B",
    "Qwen/Qwen3-VL-2B-Instruct",
    "Qwen/Qwen2-Audio-7B-Instruct",
    "HuggingFaceTB/SmolVLM2-2.2B-Instruct",
    "google/gemma-3-4b-it",
)


@dataclass(frozen=True)
class ModelInfo:
    """A model that can be picked. `modalities` is None when only opening it tells."""

    name: str
    title: Mapping[str, str]
    modalities: frozenset[Modality] | None
    source: str  # embedded | hub | path
    note: Mapping[str, str]


class Shelf:
    """Tasks and models known to this studio."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._tasks = Catalogue(
            {"demo": settings.data / "demo"}, settings.tasks, cache=settings.home / "datasets"
        )
        self._brought: set[str] = set()  # sources that another process would not know

    @property
    def models_dir(self) -> Path:
        return self._settings.data / "models"

    def tasks(self) -> list[TaskInfo]:
        return self._tasks.tasks()

    def resolve(self, refs: tuple[str, ...]) -> list[TaskInfo]:
        """The tasks behind names, the suite's name and paths, each once. Raises TaskError."""
        found: dict[tuple[str, str], TaskInfo] = {}
        for ref in refs:
            for info in self._tasks.resolve(ref):
                found.setdefault((info.name, info.source), info)
        return list(found.values())

    def behind(self, refs: tuple[str, ...]) -> frozenset[tuple[str, str]]:
        """The same by name and source, to tell whether other words mean the same tasks; none where one of the names
        leads nowhere any more."""
        try:
            return frozenset((info.name, info.source) for info in self.resolve(refs))
        except TaskError:
            return frozenset()

    def generation(self, refs: tuple[str, ...]) -> Generation:
        """How to generate for these tasks unless told otherwise: as long as the one that needs most, by their cards."""
        tokens = [
            card.generation.max_new_tokens for info in self.resolve(refs) if (card := suite_task(info.name))
        ]
        return replace(Generation(), max_new_tokens=max([Generation().max_new_tokens, *tokens]))

    def load(self, spec: RunSpec) -> Iterator[Task]:
        """The tasks of a spec with their samples, read one after the other: of 18 only one need be in memory."""
        for task in self.stream(spec):
            yield task.whole()

    def stream(self, spec: RunSpec) -> Iterator[TaskStream]:
        """The same, each task's samples read as they are taken."""
        for info in self.resolve(spec.tasks):
            task = self._tasks.stream(info, spec.split, limit=spec.limit)
            yield crossed(task, spec.crossed) if spec.crossed else task

    def load_one(self, info: TaskInfo) -> Task:
        return self._tasks.load(info)

    def remember(self, infos: Iterable[TaskInfo]) -> None:
        """Tasks that were given by path are known by name from then on."""
        known = {info.source for info in self.tasks()}
        for info in infos:
            if info.source not in known and Path(info.source).is_dir():
                self._tasks.add(Path(info.source))
                self._brought.add(info.source)

    def lasting(self) -> frozenset[str]:
        """The sources of tasks that are known by name in another process, too: without those only remembered here."""
        return frozenset(info.source for info in self.tasks()) - self._brought

    def capabilities(self, name: str, revision: str | None = None) -> Capabilities | None:
        """What a model takes, without opening it; None while that is not known."""
        return describe_model(name, self.models_dir, revision)

    def check(self, model: str) -> None:
        """Raises ModelError for a name that leads nowhere, or a folder that lacks a file."""
        check_model(model, self.models_dir)

    def models(self) -> list[ModelInfo]:
        """The embedded model first, then the operator's, then suggestions from the hub."""
        embedded = self.capabilities("embedded")
        found = [
            ModelInfo(
                "embedded",
                _both("model.embedded"),
                embedded.modalities if embedded else None,
                "embedded",
                _both("model.embedded.note"),
            )
        ]
        for name in (*self._settings.models, *SUGGESTED):
            local = Path(name).is_dir()
            note = _both("model.path.note" if local else "model.hub.note")
            found.append(
                ModelInfo(name, {lang: name for lang in LANGS}, None, "path" if local else "hub", note)
            )
        return found

    def judges(self) -> list[str]:
        return ["auto", "embedded", HUB_JUDGE, NO_JUDGE]


def _both(key: str) -> dict[str, str]:
    return {lang: t(key, lang) for lang in LANGS}
