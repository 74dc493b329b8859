"""What is wrong with a filter, and where in its text."""

from difflib import get_close_matches
from typing import Any

from studio.core.errors import QueryError
from studio.core.keyboard import in_english, in_russian
from studio.query.fields import FIELDS, Field, all_names, field_named, folded


def wrong(code: str, text: str, start: int, end: int, **values: Any) -> QueryError:
    """An error of the code `query_<code>` about a place (characters from `start` to `end`) in a filter's text."""
    return QueryError(f"query_{code}", text=text, start=start, end=end, word=text[start:end], **values)


def unknown_field(text: str, start: int, end: int) -> QueryError:
    """No field bears this name; the nearest one is suggested."""
    near = nearest(text[start:end], all_names())
    if near:
        known = field_named(near)
        return wrong("field_like", text, start, end, suggestion=known.name if known else near)
    return wrong("field_unknown", text, start, end, known=", ".join(FIELDS))


def unknown_choice(known: Field, word: str, text: str, start: int, end: int) -> QueryError:
    """The field takes a few words, and this is none of them."""
    also = {name: choice for choice, names in known.choices.items() for name in (choice, *names)}
    near = nearest(word, tuple(also))
    offered = ", ".join(known.choices)
    if near:
        return wrong("choice_like", text, start, end, field=known.name, suggestion=also[near], known=offered)
    return wrong("choice_unknown", text, start, end, field=known.name, known=offered)


def nearest(word: str, known: tuple[str, ...]) -> str | None:
    """The known word that was most likely meant, also on the other keyboard layout; None where none is near."""
    for spelled in (word, in_english(word), in_russian(word)):
        found = get_close_matches(folded(spelled), [folded(name) for name in known], n=1, cutoff=0.6)
        if found:
            return next(name for name in known if folded(name) == found[0])
    return None
