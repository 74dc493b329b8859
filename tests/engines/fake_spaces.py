"""What the package `spaces` 0.51 does on ZeroGPU, without a GPU and without Hugging Face.

As there: a decorated generator runs in a process forked at the first call and kept for the next ones, arguments and
values are pickled, `duration` is called with the arguments, the quota is that of the token in the request of Gradio's
context, a refusal is a `gr.Error` with a title, a worker that dies is "GPU task aborted".
"""

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import suppress
from contextvars import copy_context
from types import ModuleType
from typing import Any

import gradio as gr
from gradio.context import LocalContext

FORK = multiprocessing.get_context("fork")
HEADER = "x-ip-token"


class FakeSpaces:
    """`left` are the seconds of each token's quota; a call takes what it asks for. `asked` lists (token, seconds)."""

    def __init__(self, **left: float) -> None:
        self.left = dict(left)
        self.asked: list[tuple[str, float]] = []
        self.workers: list[Worker] = []
        self.refusal: Callable[[str], Exception | None] = lambda token: None

    @property
    def module(self) -> ModuleType:
        made = ModuleType("spaces")
        made.GPU = self.GPU  # type: ignore[attr-defined]
        return made

    def GPU(self, task: Callable[..., Any] | None = None, *, duration: Any = None) -> Any:
        if task is None:
            return lambda task: self.GPU(task, duration=duration)
        kept: list[Worker] = []

        def decorated(*args: Any) -> Iterator[Any]:
            self._schedule(duration(*args))
            if not kept or not kept[0].process.is_alive():
                kept[:] = [Worker(task)]
                self.workers += kept
            yield from kept[0].call(args)

        return decorated

    def _schedule(self, seconds: float) -> None:
        request = LocalContext.request.get(None)
        token = request.headers.get(HEADER, "") if request is not None else ""
        if refusal := self.refusal(token):
            raise refusal
        self.asked.append((token, seconds))
        if self.left.get(token, 0) < seconds:
            words = f"You have exceeded your ZeroGPU quota ({seconds}s requested vs. {self.left.get(token, 0)}s left)."
            raise gr.Error(words, title="ZeroGPU quota exceeded", print_exception=False)
        self.left[token] -= seconds

    def close(self) -> None:
        for worker in self.workers:
            worker.process.kill()
            worker.process.join()
            worker.here.close()


class Worker:
    """A forked process at the other end of a pipe. A pipe has no lock that a killed process could keep."""

    def __init__(self, task: Callable[..., Iterator[Any]]) -> None:
        self.here, self.there = FORK.Pipe()
        self.stop = FORK.Event()
        self.process = FORK.Process(target=self._work, args=(task,), daemon=True)
        self.process.start()
        self.there.close()  # the worker alone holds it, so its death is the end of the pipe

    def call(self, args: Any) -> Iterator[Any]:
        with suppress(OSError):  # it died meanwhile, which the next line tells
            self.here.send(args)
        while True:
            kind, value = self._told()
            if kind == "aborted":
                self.process.join(10)  # its pipe closes a moment before it is gone
                raise gr.Error("GPU task aborted", title="ZeroGPU worker error", print_exception=False)
            if kind == "raised":
                raise gr.Error(value, title="ZeroGPU worker error", print_exception=False)
            if kind == "end":
                return
            try:
                yield value
            except GeneratorExit:
                self.stop.set()
                while self._told()[0] == "value":
                    pass
                raise

    def _told(self) -> tuple[str, Any]:
        try:
            found: tuple[str, Any] = self.here.recv()
        except (EOFError, OSError):
            return "aborted", None
        return found

    def _work(self, task: Callable[..., Iterator[Any]]) -> None:
        self.here.close()
        while True:
            args = self.there.recv()
            self.stop.clear()
            stream = task(*args)
            try:
                for value in stream:
                    if self.stop.is_set():
                        stream.close()  # type: ignore[attr-defined]
                        break
                    self.there.send(("value", value))
            except Exception as error:
                self.there.send(("raised", type(error).__name__))
            else:
                self.there.send(("end", None))


class Asking:
    """A request of a visitor's browser."""

    def __init__(self, token: str) -> None:
        self.headers = {HEADER: token}


def context_of(token: str) -> Any:
    """The context of a handler that this visitor's browser called."""
    context = copy_context()
    context.run(LocalContext.request.set, Asking(token))
    return context
