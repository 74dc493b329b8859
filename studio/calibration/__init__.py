"""Answers whose verdict is known by the way they are made, for asking a judge about."""

from studio.calibration.answers import Answer, answers_of
from studio.calibration.kinds import KINDS, Kind, kind_named

__all__ = ["KINDS", "Answer", "Kind", "answers_of", "kind_named"]
