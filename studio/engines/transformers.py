"""The engine over Hugging Face transformers: any multimodal checkpoint of a hub or a folder, asked in batches."""

import copy
import gc
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from studio.core.engine import Answer, Capabilities, Completion, EngineInfo, OnText, Request, Settings
from studio.core.errors import EngineFailed, Problem
from studio.core.pace import Gauge
from studio.engines.batching import ahead, plan
from studio.engines.hardware import is_out_of_memory, release
from studio.engines.loading import Loaded
from studio.engines.preparing import PROCESSOR_ERRORS, Batch, Preparer, Ready
from studio.engines.streaming import BatchWatch, Row, stop_when

Answers = Iterator[tuple[Request, Answer]]
Result = TypeVar("Result")


@dataclass(frozen=True)
class _Asking:
    """What one call of `generate` was given."""

    settings: Settings
    on_text: OnText | None
    cancelled: Callable[[], bool]
    gauge: Gauge


class TransformersEngine:
    """A checkpoint in memory. Made by `studio.engines.open_engine`."""

    def __init__(self, loaded: Loaded, info: EngineInfo, capabilities: Capabilities) -> None:
        self._loaded: Loaded | None = loaded
        self._info = info
        self._preparer = Preparer(loaded, capabilities, info.model)
        self._capabilities = replace(capabilities, history=self._preparer.takes_history)
        # Its own tokenizer, since the preparer's works in another thread meanwhile.
        self._decoder = copy.deepcopy(loaded.tokenizer)
        self._largest_batch: int | None = 1 if loaded.family.one_by_one else None

    @property
    def info(self) -> EngineInfo:
        return self._info

    @property
    def capabilities(self) -> Capabilities:
        return self._capabilities

    @property
    def broken(self) -> bool:
        return self._loaded is None

    def generate(
        self,
        requests: Iterable[Request],
        settings: Settings,
        *,
        on_text: OnText | None = None,
        cancelled: Callable[[], bool] = lambda: False,
        gauge: Gauge | None = None,
    ) -> Answers:
        """Answers batch by batch, batches ordered by kind and length; see `Engine.generate`.

        `ttft_s` and `latency_s` count from when the batch's tensors are on the device. With several requests in a
        batch `on_text` follows one of them at a time; a single request is told token by token.
        """
        if self._loaded is None:
            raise EngineFailed("engine_closed", model=self._info.model)
        gauge, size = gauge or Gauge(), max(1, settings.batch_size)
        gauge.room("prepare", size)
        gauge.room("request", size)
        asking = _Asking(settings, on_text and _guarded(on_text), _guarded(cancelled), gauge)
        stop = threading.Event()

        def stopped() -> bool:
            return stop.is_set() or cancelled()

        def prepare(some: list[Request]) -> Batch:
            with gauge.at("prepare", len(some)):
                return self._preparer.prepare(some, settings, stopped)

        prepared = ahead(plan(requests, size), prepare)
        try:
            for batch in prepared:
                yield from batch.refused
                if batch.ready and not cancelled():
                    yield from self._answer(batch, asking)
                if cancelled():
                    return
        except _CallersError as exc:
            raise exc.error from exc.__cause__
        finally:
            stop.set()
            prepared.close()

    def wake_in_fork(self, device: str) -> None:
        """Goes on in a process that was forked from the one that opened it: there its weights are on `device`."""
        import torch

        # The threads of torch on the processor stayed behind in the parent: whoever waits for them, waits for ever.
        torch.set_num_threads(1)
        self._opened.model.to(device)
        self._info = replace(self._info, device=device)

    def close(self) -> None:
        """Frees the model's memory; a closed engine answers nothing more."""
        if self._loaded is not None:
            device, self._loaded = self._info.device, None
            del self._preparer
            gc.collect()
            release(device)

    def _answer(self, batch: Batch, asking: _Asking) -> Answers:
        """Answers a batch. One that is refused or does not fit is cut in half, down to the request that is to blame."""
        limit = self._largest_batch
        if limit is not None and len(batch.ready) > limit:
            yield from self._answer_parts(batch.ready, limit, asking)
            return
        try:
            inputs = batch.inputs if batch.inputs is not None else self._preparer.encode(batch.ready)
            too_long = self._too_long(batch.ready, inputs)
            answers = [] if too_long else self._run(batch.ready, inputs, asking)
        except _failures() as exc:
            yield from self._after_failure(batch.ready, exc, asking)
            return
        yield from too_long
        yield from answers
        if too_long:
            refused = {request.key for request, _ in too_long}
            rest = tuple(item for item in batch.ready if item.request.key not in refused)
            if rest:
                yield from self._answer(Batch(rest), asking)

    def _answer_parts(self, ready: Sequence[Ready], size: int, asking: _Asking) -> Answers:
        for start in range(0, len(ready), size):
            if asking.cancelled():
                return
            yield from self._answer(Batch(tuple(ready[start : start + size])), asking)

    def _after_failure(self, ready: Sequence[Ready], exc: Exception, asking: _Asking) -> Answers:
        no_memory = is_out_of_memory(exc)
        if no_memory:
            release(self._info.device)
        if len(ready) == 1:
            yield ready[0].request, _problem(exc, no_memory)
            return
        half = (len(ready) + 1) // 2
        if no_memory:  # what did not fit once is not tried again in this run
            self._largest_batch = half
        yield from self._answer_parts(ready, half, asking)

    def _too_long(self, ready: Sequence[Ready], inputs: Any) -> list[tuple[Request, Answer]]:
        context = self._opened.context
        if not context:
            return []
        lengths = inputs["attention_mask"].sum(-1).tolist()
        return [
            (item.request, Problem("prompt_too_long", {"tokens": length, "context": context}))
            for item, length in zip(ready, lengths, strict=True)
            if length >= context
        ]

    def _run(self, ready: Sequence[Ready], inputs: Any, asking: _Asking) -> list[tuple[Request, Answer]]:
        """One batch through the model. Raises what torch raises."""
        import torch

        loaded, settings = self._opened, asking.settings
        lengths = inputs["attention_mask"].sum(-1).tolist()
        tensors = _moved(inputs, loaded.model.device, loaded.model.dtype)
        ends = loaded.stop_ids | ({loaded.pad_id} if loaded.pad_id is not None else set())
        watch = BatchWatch(len(ready), frozenset(ends), self._decoder, _by_key(ready, asking.on_text))
        torch.manual_seed(settings.seed)
        with torch.inference_mode(), asking.gauge.at("request", len(ready)):
            loaded.model.generate(
                **tensors,
                **self._options(settings, inputs["input_ids"].shape[-1]),
                streamer=watch,
                stopping_criteria=[stop_when(asking.cancelled)],
            )
        stopped_by_user = asking.cancelled()
        return [
            (item.request, self._completion(item, row, n_prompt, watch, settings))
            for item, row, n_prompt in zip(ready, watch.rows, lengths, strict=True)
            # After a cancel, an answer that is not finished is none; at its full length it is.
            if row.finished or not stopped_by_user or len(row.tokens) >= settings.max_new_tokens
        ]

    def _options(self, settings: Settings, prompt_length: int) -> dict[str, Any]:
        """`generate`'s keywords: greedy unless there is a temperature, and no stop but those that were asked for."""
        room = (self._opened.context or prompt_length + settings.max_new_tokens) - prompt_length
        options: dict[str, Any] = {"max_new_tokens": max(1, min(settings.max_new_tokens, room))}
        if settings.temperature > 0:
            options |= {
                "do_sample": True,
                "temperature": settings.temperature,
                "top_p": settings.top_p,
                "top_k": 0,
            }
        else:
            options["do_sample"] = False
        if settings.stop:
            options |= {"stop_strings": list(settings.stop), "tokenizer": self._decoder}
        return options

    def _completion(
        self, item: Ready, row: Row, prompt_tokens: int, watch: BatchWatch, settings: Settings
    ) -> Completion:
        text = str(self._decoder.decode(row.tokens, skip_special_tokens=True))
        cuts = [text.index(stop) for stop in settings.stop if stop in text]
        first_at = watch.first_at or watch.started_at
        return Completion(
            text=text[: min(cuts)] if cuts else text,
            finish_reason="stop" if row.finished or cuts else "length",
            prompt_tokens=int(prompt_tokens),
            completion_tokens=len(row.tokens),
            ttft_s=first_at - watch.started_at,
            latency_s=(row.ended_at or time.perf_counter()) - watch.started_at,
            media_note=item.note,
        )

    @property
    def _opened(self) -> Loaded:
        if self._loaded is None:
            raise EngineFailed("engine_closed", model=self._info.model)
        return self._loaded


class _CallersError(Exception):
    """Carries what the caller's own function raised through the model's code, where errors are the model's."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


def _guarded(function: Callable[..., Result]) -> Callable[..., Result]:
    def guarded(*args: Any) -> Result:
        try:
            return function(*args)
        except Exception as exc:  # any at all: it is not ours to judge, only to bring back to the caller
            raise _CallersError(exc) from exc

    return guarded


def _moved(inputs: Any, device: Any, dtype: Any) -> dict[str, Any]:
    """A processor's tensors on the model's device, its real numbers in the model's type."""

    def move(value: Any) -> Any:
        if isinstance(value, list | tuple):
            return type(value)(move(each) for each in value)
        if not hasattr(value, "to"):
            return value
        return value.to(device, dtype=dtype) if value.is_floating_point() else value.to(device)

    return {name: move(value) for name, value in inputs.items()}


def _by_key(ready: Sequence[Ready], on_text: OnText | None) -> Callable[[int, str], None] | None:
    """`on_text` of a batch's rows, told by their requests' keys."""
    if on_text is None:
        return None
    return lambda row, text: on_text(ready[row].request.key, text)


def _failures() -> tuple[type[Exception], ...]:
    from jinja2 import TemplateError

    return (*PROCESSOR_ERRORS, MemoryError, TemplateError)


def _problem(exc: Exception, no_memory: bool) -> Problem:
    if no_memory:
        return Problem("out_of_memory")
    lines = str(exc).strip().splitlines()
    return Problem("model_refused", {"kind": type(exc).__name__, "message": lines[0][:500] if lines else ""})
