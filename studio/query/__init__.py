"""The language of filters: `task:ruclevr em:0 js:1 judge_p<0.6`. Text to tree and back, completion, errors.

Nothing here knows the store: `studio.store.query_sql` turns a tree into SQL.
"""

from studio.query import tree
from studio.query.completion import NAMED, Completion, Suggestion, complete
from studio.query.errors import nearest
from studio.query.fields import CATEGORY, FIELDS, Field, Kind, folded
from studio.query.fitting import fits
from studio.query.guarding import SCORED, confined_to, goes_by_labels, tells, tells_scores, told_by
from studio.query.parsing import parse
from studio.query.patterns import Matcher, Needs, needs
from studio.query.printing import canonical, quoted
from studio.query.shortcuts import joined, label_value, query_of, split

__all__ = [
    "CATEGORY",
    "FIELDS",
    "NAMED",
    "SCORED",
    "Completion",
    "Field",
    "Kind",
    "Matcher",
    "Needs",
    "Suggestion",
    "canonical",
    "complete",
    "confined_to",
    "fits",
    "folded",
    "goes_by_labels",
    "joined",
    "label_value",
    "nearest",
    "needs",
    "parse",
    "query_of",
    "quoted",
    "split",
    "tells",
    "tells_scores",
    "told_by",
    "tree",
]
