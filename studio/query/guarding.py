"""What a filter would tell somebody who may not see it."""

from studio.query import tree
from studio.query.fields import FIELDS, Tells, folded

_OPEN_CELLS = {"unscored", "failed", "pending"}
_OPEN_LABELS = {"", "hidden"}  # whether anybody said anything, not what
# What goes by scores, or by what was worked out of them.
SCORED: frozenset[str] = frozenset(
    {"em", "js", "judge_p", "cell", "unscored", "group", "reason", "decided", "changed", "model"}
)
_SCORED_ORDERS = {"informative", "judge_p"}
_TELLING_ORDERS: dict[str, Tells] = {"informative": "gold", "judge_p": "gold", "len": "answer"}


def tells(query: tree.Query) -> set[Tells]:
    """`gold` where a filter goes by gold or by verdicts, which tell a letter almost as well; `answer` where by what was
    answered. A search of `text` tells nothing: it looks only where its reader may look."""
    found = {told_by(leaf) for leaf in tree.leaves(query.node)} | {_TELLING_ORDERS.get(query.order.name, "")}
    return found - {""}


def tells_scores(query: tree.Query) -> bool:
    """Whether a filter or its order goes by what EM or the judge made of an answer, or by what was worked out of it."""
    terms = (leaf for leaf in tree.leaves(query.node) if leaf.field in SCORED)
    return query.order.name in _SCORED_ORDERS or any(not _is_open(leaf) for leaf in terms)


def _is_open(leaf: tree.Leaf) -> bool:
    """Whether an answer is there is no score of it."""
    words = {value.text for value in getattr(leaf, "values", ()) if isinstance(value, tree.Word)}
    return leaf.field == "cell" and bool(words) and words <= {"failed", "pending"}


def told_by(leaf: tree.Leaf) -> Tells:
    """What one term would tell."""
    if isinstance(leaf, tree.Term):
        words = {value.text if isinstance(value, tree.Word) else "" for value in leaf.values}
        if leaf.field == "human" and words <= _OPEN_LABELS:
            return ""
        if leaf.field == "cell" and words <= _OPEN_CELLS:
            return ""
        if any(isinstance(value, tree.Apart) for value in leaf.values):
            return "gold"
    return FIELDS[leaf.field].tells


def goes_by_labels(query: tree.Query) -> bool:
    """Whether a filter goes by what reviewers say of answers: verdicts, tags, notes. Whether and by whom an answer was
    labelled is told to everybody."""
    return any(
        leaf.field in {"tag", "note"} or (leaf.field == "human" and told_by(leaf) != "")
        for leaf in tree.leaves(query.node)
    )


def confined_to(query: tree.Query) -> set[str] | None:
    """The folded names of tasks without which nothing is kept; None where the filter names none for all it keeps."""
    for part in tree.conjuncts(query.node):
        words = [value.text for value in getattr(part, "values", ()) if isinstance(value, tree.Word)]
        if isinstance(part, tree.Term) and part.field == "task" and len(words) == len(part.values):
            return {folded(word) for word in words}
    return None
