"""Runs as background jobs: what is missing is asked, what is answered is kept, the judge follows behind."""

from studio.runner.jobs import Jobs, lives
from studio.runner.loop import Tools, problem_of
from studio.runner.scorer import Scorer

__all__ = ["Jobs", "Scorer", "Tools", "lives", "problem_of"]
