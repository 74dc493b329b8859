"""Vectors of failures by a model of texts: each different text is asked about once."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from studio.core.embedding import Embedder
from studio.core.errors import ModelError
from studio.core.reasons import Failure
from studio.reasons import text_of

_TELL_EVERY = 64  # texts


def vectors_of(
    embedder: Embedder, failures: Sequence[Failure], tell: Callable[[int, int], None]
) -> NDArray[np.float32]:
    """A row for each failure; one that says nothing is the origin. `tell` hears how many different texts are done, of
    how many. Raises what the embedder raises; ModelError where vectors are of several lengths, or missing."""
    texts = [text_of(failure) for failure in failures]
    known = {text: place for place, text in enumerate(dict.fromkeys(text for text in texts if text))}
    if not known:
        return np.zeros((len(failures), 1), dtype=np.float32)
    tell(0, len(known))
    rows: NDArray[np.float32] | None = None
    done: set[int] = set()
    for place, vector in embedder.vectors(tuple(known)):
        if rows is None:
            rows = np.zeros((len(known) + 1, len(vector)), dtype=np.float32)
        if len(vector) != rows.shape[1]:
            raise ModelError(
                "embedder_failed", model=embedder.info.name, detail=f"{len(vector)} ≠ {rows.shape[1]}"
            )
        rows[place] = vector
        done.add(place)
        if len(done) % _TELL_EVERY == 0 or len(done) == len(known):
            tell(len(done), len(known))
    if rows is None or len(done) < len(known):
        raise ModelError("embedder_failed", model=embedder.info.name, detail=f"{len(done)} < {len(known)}")
    return rows[[known.get(text, len(known)) for text in texts]]
