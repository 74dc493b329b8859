"""From whom gold is kept while people answer."""

import pytest

from studio.core.project import ROLES
from studio.humans import Standpoint, blinds

STATES = ("draft", "open", "paused", "closed")


@pytest.mark.parametrize("joining", ["invited", "anyone"])
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ["reviewer", "lead"])
def test_reviewers_and_leads_see_gold_always(state, joining, role):
    assert not blinds(state, joining, Standpoint(role, owner=False, finished=False))


@pytest.mark.parametrize(
    ("joining", "finished", "blind_in"),
    [
        ("invited", False, {"draft", "open", "paused"}),
        ("invited", True, {"draft", "open", "paused"}),
        ("anyone", False, {"draft", "open", "paused"}),
        ("anyone", True, set()),
    ],
)
@pytest.mark.parametrize("owner", [False, True])
def test_an_annotator_is_blind_until_his_project_ends(joining, finished, blind_in, owner):
    """An owner who joined as an annotator is one, in this browser."""
    found = {state for state in STATES if blinds(state, joining, Standpoint("annotator", owner, finished))}
    assert found == blind_in


@pytest.mark.parametrize(("joining", "blind_in"), [("invited", {"open", "paused"}), ("anyone", set())])
def test_a_visitor_is_blind_while_invited_people_work(joining, blind_in):
    found = {state for state in STATES if blinds(state, joining, Standpoint("visitor", False, False))}
    assert found == blind_in


def test_the_owner_sees_what_others_answer():
    assert not any(
        blinds(state, "invited", Standpoint("visitor", owner=True, finished=False)) for state in STATES
    )


def test_nothing_is_hidden_from_anybody_once_a_project_is_closed():
    assert not any(
        blinds("closed", joining, Standpoint(role, owner, finished))
        for joining in ("invited", "anyone")
        for role in ROLES
        for owner in (False, True)
        for finished in (False, True)
    )
