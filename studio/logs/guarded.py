"""What a reader found, made safe for all who show and count it: anybody may have written the log.

A reader takes what is as its tool writes it; a field of another type is told with file and row, as any other complaint.
A number that no run can have (a year 3000, a call of a century, a count that no database holds) is not in the log: its
row keeps it as it was.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from studio.core.errors import BadInput, StudioError
from studio.core.logs import Log, LoggedSample

LATEST = 2.0**33  # seconds since the epoch: the year 2242
LONGEST = 10 * 366 * 86_400.0  # seconds: ten years
MOST_TOKENS = 10**12  # of one call; sums of as many rows as a log may have fit 64 bits
SAID = 200  # characters of what went wrong
# What reading a value of an unexpected type or size raises.
ODD = (TypeError, ValueError, AttributeError, LookupError, OverflowError, RecursionError)

Value = TypeVar("Value", int, float)


@dataclass(frozen=True)
class Guarded:
    """The samples of a task; each pass reads them anew. Raises BadInput where its reader stumbles over a row."""

    samples: Iterable[LoggedSample]
    tool: str
    files: str

    def __iter__(self) -> Iterator[LoggedSample]:
        last = ""
        try:
            for sample in self.samples:
                last = sample.place
                yield _plausible(sample)
        except StudioError:
            raise
        except ODD as error:
            if last:
                raise BadInput("log_odd_after", place=last, tool=self.tool, reason=_said(error)) from error
            raise BadInput("log_odd", file=self.files, tool=self.tool, reason=_said(error)) from error


def guarded(read: Callable[[], Iterable[Log]], tool: str, names: Iterable[str]) -> Iterator[Log]:
    """The logs that a tool's reader finds in the files of these names. Raises BadInput, and what the reader raises."""
    try:
        for log in read():
            files = ", ".join(file.name for file in log.files[:3])
            tasks = (replace(task, samples=Guarded(task.samples, tool, files)) for task in log.tasks)
            yield replace(
                log,
                tasks=tuple(tasks),
                created_at=_within(log.created_at, LATEST),
                seconds=_within(log.seconds, LONGEST),
            )
    except StudioError:
        raise
    except ODD as error:
        file = ", ".join(list(names)[:3])
        raise BadInput("log_odd", file=file, tool=tool, reason=_said(error)) from error


def _plausible(sample: LoggedSample) -> LoggedSample:
    latency = _within(sample.latency_s, LONGEST)
    prompt, completion = (
        _within(tokens, MOST_TOKENS) for tokens in (sample.prompt_tokens, sample.completion_tokens)
    )
    if (latency, prompt, completion) == (sample.latency_s, sample.prompt_tokens, sample.completion_tokens):
        return sample
    return replace(sample, latency_s=latency, prompt_tokens=prompt, completion_tokens=completion)


def _within(value: Value | None, most: Value) -> Value | None:
    """The value, where it is between 0 and the most that there may be; a NaN is not."""
    return value if value is not None and 0 <= value <= most else None


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:SAID]
