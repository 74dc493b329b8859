"""Several models over one studio: each answers by a rule of its own, so that who is right where is known beforehand."""

from collections.abc import Callable, Mapping
from pathlib import Path

from studio.core.engine import Request
from studio.core.run import RunSpec
from studio.engines.scripted import ScriptedEngine
from studio.service import Studio
from studio.settings import Settings
from studio.store import Store
from tests.support import RuleJudge


def studio_of(home: Path, models: Mapping[str, Callable[[Request], str] | ScriptedEngine]) -> Studio:
    """A studio that opens each model by its name."""
    settings = Settings(home=home, db=home / "studio.sqlite", data=home / "no-demo")

    def opened(spec: RunSpec) -> ScriptedEngine:
        known = models[spec.model]
        return known if isinstance(known, ScriptedEngine) else ScriptedEngine(known)

    return Studio(
        settings,
        Store(settings.db),
        engine=opened,
        judge=lambda name: RuleJudge(name),
    )


def ran(studio: Studio, model: str, *tasks: Path, **asked: object) -> str:
    """The id of a finished run of a model."""
    run = studio.start(RunSpec(model, tuple(map(str, tasks)), **asked))  # type: ignore[arg-type]
    studio.wait(run, timeout_s=30)
    return run
