"""The rules of a human baseline, without a screen and without a store: what comes next, who may do what."""

from studio.humans.blinding import Standpoint, blinds
from studio.humans.dealing import Dealt, deal, shuffled
from studio.humans.roles import ALLOWED, OWNERS, allows
from studio.humans.selecting import Candidate, Selection, select
from studio.humans.validity import valid_first

__all__ = [
    "ALLOWED",
    "OWNERS",
    "Candidate",
    "Dealt",
    "Selection",
    "Standpoint",
    "allows",
    "blinds",
    "deal",
    "select",
    "shuffled",
    "valid_first",
]
