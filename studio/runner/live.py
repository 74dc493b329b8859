"""What only this process knows of a run that is going on."""

import time
from dataclasses import dataclass

from studio.core.pace import Gauge
from studio.core.run import Phase


@dataclass
class LiveState:
    """Written by the run's threads, read by pages. `gauge` is there from when the model is open."""

    phase: Phase = "queued"
    opening: str = ""
    current: int | None = None
    text: str = ""
    asked_from: float | None = None
    done: int = 0
    changes: int = 0
    gauge: Gauge | None = None

    def begins(self) -> None:
        """The model is asked from now on."""
        self.gauge = Gauge()
        self.asked_from = time.monotonic()
        self.phase = "answering"

    def opens(self, words: str) -> None:
        self.opening = words

    def follow(self, sample_id: int, text: str) -> None:
        self.current, self.text = sample_id, text

    def finished(self, sample_id: int, text: str) -> None:
        self.done += 1
        self.changes += 1
        if self.current == sample_id:
            self.text = text
