"""A model in a vLLM that the studio starts: the engine over servers, with the server's life in its hands."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from studio.core.engine import EngineInfo, Opening
from studio.engines.server import ServerEngine
from studio.servers import NO_KEY, Access, Line, ManagedServer, Wish

# A child that falls silent has died: waiting for it would be waiting for nobody.
PATIENCE_S = 30.0


class ManagedEngine(ServerEngine):
    """Asks its own vLLM; closing it ends the vLLM."""

    def __init__(self, server: ManagedServer, line: Line, model: str, files: Path, revision: str) -> None:
        super().__init__(line, model, files)
        self._server = server
        self._managed = replace(
            super().info, engine="vllm", revision=revision, hardware="vLLM", device=server.devices,
            traits={**super().info.traits, "batch_invariant": server.batch_invariant},
        )  # fmt: skip

    @property
    def info(self) -> EngineInfo:
        return self._managed

    @property
    def broken(self) -> bool:
        """Also when the vLLM has ended: a next run needs a new one."""
        return super().broken or not self._server.alive

    def close(self) -> None:
        super().close()
        self._server.stop()


def open_vllm(
    command: tuple[str, ...],
    wish: Wish,
    name: str,
    *,
    log: Path,
    files: Path,
    opening: Opening,
    revision: str = "",
) -> ManagedEngine:
    """Starts a vLLM and connects to it; `name` is what it serves the model as, `revision` what is known of its weights.

    Raises ModelError with the reason in a sentence where it does not start, Cancelled when nobody waits any more.
    """
    with ExitStack() as undo:
        server = ManagedServer(command, wish, log)
        undo.callback(server.stop)
        server.wait(opening.say, opening.cancelled)
        line = Line(Access((server.url,), NO_KEY, PATIENCE_S))
        undo.callback(line.close)
        engine = ManagedEngine(server, line, name, files, revision)
        undo.pop_all()  # both are the engine's to end now
        return engine
