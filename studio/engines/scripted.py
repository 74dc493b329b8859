"""An engine whose answers are written beforehand: for tests and for showing what failures look like."""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from studio.core.content import MODALITIES, media_of, text_of
from studio.core.engine import Answer, Capabilities, Completion, EngineInfo, OnText, Request, Settings
from studio.core.errors import EngineFailed, Problem
from studio.core.pace import Gauge

Script = Mapping[int, str] | Callable[[Request], str]


class ScriptedEngine:
    """Keeps the contract of `Engine` without a model.

    `script` gives the answer of a request: by its key, or by calling it. A word counts as a token. Keys in
    `failing` get a Problem; a key that the script does not know gets `no_answer`. `token_s` is the time of one token;
    a cancel is noticed between two tokens. `asked` lists the keys asked so far, in order.
    """

    def __init__(
        self,
        script: Script,
        *,
        failing: Collection[int] = (),
        token_s: float = 0.0,
        capabilities: Capabilities | None = None,
        model: str = "scripted",
    ) -> None:
        self._script = script
        self._failing = frozenset(failing)
        self._token_s = token_s
        self._capabilities = capabilities or Capabilities(frozenset(MODALITIES), history=True)
        self._info = EngineInfo("scripted", model, "scripted", hardware="none")
        self._closed = False
        self.asked: list[int] = []

    @property
    def info(self) -> EngineInfo:
        return self._info

    @property
    def capabilities(self) -> Capabilities:
        return self._capabilities

    @property
    def broken(self) -> bool:
        return self._closed

    def generate(
        self,
        requests: Iterable[Request],
        settings: Settings,
        *,
        on_text: OnText | None = None,
        cancelled: Callable[[], bool] = lambda: False,
        gauge: Gauge | None = None,
    ) -> Iterator[tuple[Request, Answer]]:
        """One request after the other, in the order given."""
        gauge = gauge or Gauge()
        gauge.room("request", 1)
        for request in requests:
            if self._closed:
                raise EngineFailed("engine_closed", model=self._info.model)
            if cancelled():
                return
            self.asked.append(request.key)
            with gauge.at("request"):
                answer = self._answer(request, settings, on_text, cancelled)
            if answer is None:
                return
            yield request, answer

    def close(self) -> None:
        self._closed = True

    def _answer(
        self, request: Request, settings: Settings, on_text: OnText | None, cancelled: Callable[[], bool]
    ) -> Answer | None:
        problem = self._problem(request)
        if problem:
            return problem
        text = self._text_of(request)
        if text is None:
            return Problem("no_answer")
        return self._speak(request, text, settings, on_text, cancelled)

    def _problem(self, request: Request) -> Problem | None:
        if request.key in self._failing:
            return Problem("model_refused", {"kind": "ScriptedFailure", "message": f"key {request.key}"})
        if request.history and not self._capabilities.history:
            return Problem("history_not_taken", {"model": self._info.model})
        for medium in (medium for message in request.messages for medium in media_of(message)):
            if medium.modality not in self._capabilities.modalities:
                return Problem("modality_not_taken", {"model": self._info.model, "modality": medium.modality})
        return None

    def _text_of(self, request: Request) -> str | None:
        return self._script(request) if callable(self._script) else self._script.get(request.key)

    def _speak(
        self,
        request: Request,
        text: str,
        settings: Settings,
        on_text: OnText | None,
        cancelled: Callable[[], bool],
    ) -> Completion | None:
        for stop in settings.stop:
            text = text.partition(stop)[0]
        words = text.split(" ") if text else []
        started, first_at, said = time.perf_counter(), 0.0, ""
        for index, word in enumerate(words[: settings.max_new_tokens]):
            if cancelled():
                return None
            if self._token_s:
                time.sleep(self._token_s)
            said = f"{said} {word}" if index else word
            first_at = first_at or time.perf_counter() - started
            if on_text is not None:
                on_text(request.key, said)
        return Completion(
            text=said,
            finish_reason="length" if len(words) > settings.max_new_tokens else "stop",
            prompt_tokens=len(text_of(request.message).split()),
            completion_tokens=min(len(words), settings.max_new_tokens),
            ttft_s=first_at,
            latency_s=time.perf_counter() - started,
        )
