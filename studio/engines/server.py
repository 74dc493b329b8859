"""The engine over OpenAI-compatible servers: vLLM and its kin, one or many, with many requests under way at once."""

import queue
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from studio.core.content import MODALITIES
from studio.core.engine import Answer, Capabilities, Completion, EngineInfo, OnText, Request, Settings
from studio.core.errors import EngineFailed, Problem
from studio.core.pace import Gauge
from studio.engines.server_flow import Flow, Outcome, Watching
from studio.engines.server_messages import Writer, Written
from studio.engines.server_replies import PATH, Reply, posted, streamed
from studio.servers import (
    VLLM,
    Access,
    Answered,
    Body,
    Dialect,
    Line,
    Server,
    batch_invariant,
    is_near,
    post,
    version,
)

_POLL_S = 0.05  # how soon a cancel is noticed


def open_server(model: str, access: Access, files: Path) -> "ServerEngine":
    """Connects to a model on servers, the empty name meaning their only one; `files` is the folder for media that are
    handed over as files. Raises ModelError when none of them answers or knows the model."""
    with ExitStack() as undo:
        line = Line(access)
        undo.callback(line.close)
        engine = ServerEngine(line, line.model(model), files)
        undo.pop_all()  # it is the engine's to close now
        return engine


class ServerEngine:
    """A model behind one or more base URLs. Made by `open_server`."""

    def __init__(self, line: Line, model: str, files: Path) -> None:
        self._line = line
        self._dialect, versions, traits = line.wait(_known(line, model))
        told = sorted({offer.weights[model] for _, offer in line.offers if model in offer.weights})
        urls = line.access.urls
        self._writer = Writer(model, self._dialect, files, near=all(map(is_near, urls)))
        self._info = EngineInfo(
            engine=f"server:{self._dialect.name}",
            model=model,
            revision="",  # what weights a server has, it does not tell
            device=", ".join(urls),
            versions=versions,
            hardware=f"{len(urls)} × HTTP" if len(urls) > 1 else "HTTP",
            weights=", ".join(told),
            traits=traits,
        )
        self._capabilities = Capabilities(frozenset(MODALITIES), history=True)

    @property
    def info(self) -> EngineInfo:
        return self._info

    @property
    def capabilities(self) -> Capabilities:
        """A server does not tell what it takes: what it refuses is recorded with its own words, sample by sample."""
        return self._capabilities

    @property
    def broken(self) -> bool:
        """A server that is silent may come back: only a line that was ended is broken."""
        return self._line.closed

    def generate(
        self,
        requests: Iterable[Request],
        settings: Settings,
        *,
        on_text: OnText | None = None,
        cancelled: Callable[[], bool] = lambda: False,
        gauge: Gauge | None = None,
    ) -> Iterator[Outcome]:
        """Answers as they come, `settings.concurrency` requests under way; `on_text` follows one of them at a time."""
        if self._line.closed:
            raise EngineFailed("engine_closed", model=self._info.model)
        concurrency = 1 if self._dialect.alone else max(1, settings.concurrency)
        flow = Flow(requests, settings, self._writer, concurrency, gauge or Gauge())
        watching = Watching(on_text if self._dialect.streams else None)
        done = self._line.begin(flow.run(partial(self._ask, watching)))
        try:
            while True:
                try:
                    outcome = flow.outcomes.get(timeout=_POLL_S)
                except queue.Empty:
                    if cancelled():
                        return
                    continue
                if outcome is None:
                    done.result()  # what ended it, if something did
                    return
                yield outcome
                self._line.call_soon(flow.taken)
                if cancelled():
                    return
        finally:
            done.cancel()

    def close(self) -> None:
        """Ends the connections; a closed engine answers nothing more."""
        self._line.close()

    async def _ask(self, watching: Watching, request: Request, written: Written) -> Answer:
        on_text = watching.begin(request.key)
        send = (lambda server, body: streamed(server, body, on_text)) if on_text else posted
        try:
            found = await self._line.asker.ask(written.body, send)
        finally:
            watching.end(request.key)
        return found if isinstance(found, Problem) else _completion(found, written)


def _completion(found: Answered[Reply], written: Written) -> Completion:
    note, reply = dict(written.note), found.result
    if found.not_sent:
        note["not_sent"] = list(found.not_sent)
    if reply.reasoning:
        note["reasoning"] = reply.reasoning
    return Completion(
        text=reply.text,
        finish_reason=reply.finish_reason,
        prompt_tokens=reply.prompt_tokens,
        completion_tokens=reply.completion_tokens,
        ttft_s=reply.ttft_s,
        latency_s=found.seconds,
        media_note=note,
    )


async def _known(line: Line, model: str) -> tuple[Dialect, dict[str, str], dict[str, bool]]:
    """How the servers want to be spoken to, their versions, and what else they tell that may change an answer."""
    dialect = line.offer.dialect
    if dialect is VLLM and all([await _trusts(server, model) for server, _ in line.offers]):
        dialect = replace(VLLM, told_frames=True)
    traits = {"told_frames": True} if dialect.told_frames else {}
    versions = {(await version(server)).get("server", "") for server, _ in line.offers} - {""}
    if dialect.name == VLLM.name:
        told = {await batch_invariant(server) for server, _ in line.offers}
        if None not in told:  # servers that differ are as one that is not
            traits["batch_invariant"] = told == {True}
    return dialect, {"server": ", ".join(sorted(versions))} if versions else {}, traits


async def _trusts(server: Server, model: str) -> bool:
    """Whether a vLLM lets a request say how its media are read; it refuses even the shortest one that does."""
    import openai

    body: Body = {
        "model": model, "messages": [{"role": "user", "content": "."}], "max_completion_tokens": 1,
        "media_io_kwargs": {"video": {"num_frames": 1}},
    }  # fmt: skip
    try:
        await post(server, PATH, body)
    except openai.OpenAIError:
        return False
    return True
