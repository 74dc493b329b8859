"""Runs as background jobs: what is missing is asked, what is answered is kept, the judge follows behind."""

from studio.runner.jobs import Jobs
from studio.runner.loop import Tools
from studio.runner.scorer import Scorer

__all__ = ["Jobs", "Scorer", "Tools"]
