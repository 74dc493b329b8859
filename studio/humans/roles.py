"""Who may do what. What is not listed nobody may do."""

from collections.abc import Mapping

from studio.core.project import ROLES, Role

# The least role for each act. `visitor` is anybody at all.
ALLOWED: Mapping[str, Role] = {
    "look": "visitor",  # pages and files of runs; what they hold of gold is for `studio.access` to say
    "run": "visitor",  # begins runs, steers one's own, brings logs; the service knows whose a run is
    "label": "visitor",  # says of a model's answer whether it is right
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

# Acts of whoever owns the studio: no role is enough.
OWNERS = frozenset({"delete_run", "verify_run", "rescore", "use_judge"})


def allows(role: Role, act: str) -> bool:
    """Whether a role may do an act; False for an act that nobody listed."""
    least = ALLOWED.get(act)
    return least is not None and ROLES.index(role) >= ROLES.index(least)
