"""Who may do what. What is not listed nobody may do."""

from collections.abc import Mapping

from studio.core.project import ROLES, Role

# The least role for each act. `visitor` is anybody at all.
ALLOWED: Mapping[str, Role] = {
    "join": "visitor",
    "answer": "annotator",
    "see_own_progress": "annotator",
    "leave": "annotator",
    "see_board": "reviewer",
    "see_answers": "reviewer",
    "see_gold": "reviewer",
    "adjudicate": "reviewer",
    "organise": "lead",
    "invite": "lead",
    "exclude": "lead",
    "aggregate": "lead",
    "export": "lead",
    "erase_person": "lead",
    "see_journal": "lead",
}


def allows(role: Role, act: str) -> bool:
    """Whether a role may do an act; False for an act that nobody listed."""
    least = ALLOWED.get(act)
    return least is not None and ROLES.index(role) >= ROLES.index(least)
