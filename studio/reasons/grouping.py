"""Failures into groups, without a model and without a network: the same failures and seed give the same groups.

An answer is a point: its text and the reviewers' notes, by pieces of words (TF-IDF of 2-4 characters, which is kind to
Russian endings and to misspelt words) or by the vectors of a model, brought to 32 numbers by a truncated SVD; beside
them its patterns, the rule of Exact Match that decided, the cell and the length. Points are gathered into many small
heaps (k-means, linear in their number), heaps into a few groups from below (average linkage), cut where the next step
would join what lies furthest apart. Groups that show the same pattern become one.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from studio.core.reasons import DEFAULT_SEED, MOST_GROUPS, Failure, Reason, ReasonName
from studio.reasons.naming import name_of, words_of
from studio.reasons.traits import TRAITS, traits

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

TYPICAL = 5
_HEAPS = 120
_DIMENSIONS = 32
_SHOWN = 400  # characters of a text that are looked at, from its end
_FEWEST = 8  # so few are told apart by their patterns alone
_TELL_EVERY = 500  # failures
_AFTER = {"traits": 0.45, "texts": 0.78, "heaps": 0.89}  # of the time of 50,000, when each step is done
_WEIGHTS = {"first": 1.2, "trait": 0.5, "decided": 0.35, "cell": 0.5, "text": 0.7, "length": 0.15}


def untold(share: float) -> None:
    """Nobody wants to know how far it is."""


def grouped(
    failures: Sequence[Failure],
    *,
    most: int = MOST_GROUPS,
    seed: int = DEFAULT_SEED,
    vectors: "NDArray[np.float32] | None" = None,
    tell: Callable[[float], None] = untold,
) -> tuple[Reason, ...]:
    """The groups, the largest first; every failure is in one. At most `most` of them. `vectors` are those of `text_of`
    each failure, a row each; a row of zeros says nothing. Without them texts go by pieces of words. `tell` hears the
    share of the work that is done."""
    if not failures:
        return ()
    shown = _patterns(failures, tell)
    texts = _texts(failures, seed) if vectors is None else _reduced(vectors, seed)
    tell(_AFTER["texts"])
    points = _points(failures, shown, texts)
    places = _clustered(points, most, seed) if len(failures) >= _FEWEST else _by_pattern(shown)
    tell(_AFTER["heaps"])
    everywhere = Counter(word for failure in failures for word in words_of(failure))
    merged: dict[ReasonName | int, list[int]] = {}
    for place in dict.fromkeys(places):
        members = [i for i, where in enumerate(places) if where == place]
        name = name_of([failures[i] for i in members], [shown[i] for i in members], everywhere, len(failures))
        # One pattern, one group: a person reads it once. Without a pattern words are all the name there is.
        merged.setdefault(ReasonName(name.trait) if name.trait else place, []).extend(members)
    reasons = [_reason(sorted(members), failures, shown, points, everywhere) for members in merged.values()]
    return tuple(sorted(reasons, key=lambda reason: (-reason.n, reason.failures[0].number)))


def _patterns(failures: Sequence[Failure], tell: Callable[[float], None]) -> list[tuple[str, ...]]:
    found = []
    for i, failure in enumerate(failures):
        if i % _TELL_EVERY == 0:
            tell(_AFTER["traits"] * i / len(failures))
        found.append(traits(failure))
    return found


def _by_pattern(shown: Sequence[tuple[str, ...]]) -> list[int]:
    known: dict[str, int] = {}
    return [known.setdefault(each[0] if each else "", len(known)) for each in shown]


def _reason(
    members: Sequence[int],
    failures: Sequence[Failure],
    shown: Sequence[tuple[str, ...]],
    points: "Points",
    everywhere: Counter[str],
) -> Reason:
    import numpy as np

    own = [failures[i] for i in members]
    middle = points[members].mean(axis=0)
    near = np.argsort(((points[members] - middle) ** 2).sum(axis=1), kind="stable")[:TYPICAL]
    decided = Counter(failure.decided for failure in own if failure.decided).most_common(1)
    return Reason(
        name_of(own, [shown[i] for i in members], everywhere, len(failures)),
        tuple(own),
        tuple(own[int(i)] for i in near),
        dict(Counter((failure.run, failure.task) for failure in own)),
        decided[0][0] if decided else "",
    )


def text_of(failure: Failure) -> str:
    """What a model of texts is asked about: what was compared, and the reviewers' notes."""
    return " — ".join(
        part for part in (failure.final[-_SHOWN:].strip(), failure.notes[:_SHOWN].strip()) if part
    )


def _reduced(vectors: "NDArray[np.float32]", seed: int) -> "Points":
    """Vectors around their middle (those of a model lie in a narrow cone), brought to few numbers, of length one."""
    import numpy as np
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize

    said = np.any(vectors != 0, axis=1)
    rows = np.zeros((len(vectors), min(_DIMENSIONS, vectors.shape[1])))
    if not said.any():
        return rows
    found = vectors[said].astype(np.float64)
    found -= found.mean(axis=0)
    if min(found.shape) > _DIMENSIONS + 1:
        found = TruncatedSVD(_DIMENSIONS, random_state=seed).fit_transform(found)
    rows = np.zeros((len(vectors), found.shape[1]))
    rows[said] = normalize(found)
    return rows


def _points(failures: Sequence[Failure], shown: Sequence[tuple[str, ...]], texts: "Points") -> "Points":
    import numpy as np

    first = _one_hot([each[0] if each else "" for each in shown], _WEIGHTS["first"])
    every = np.zeros((len(failures), len(TRAITS)))
    for i, each in enumerate(shown):
        every[i, [TRAITS.index(trait) for trait in each]] = _WEIGHTS["trait"]
    decided = _one_hot([failure.decided for failure in failures], _WEIGHTS["decided"])
    cells = _one_hot([failure.cell for failure in failures], _WEIGHTS["cell"])
    length = np.log1p([[len(failure.answer)] for failure in failures]) * _WEIGHTS["length"]
    return np.hstack([first, every, decided, cells, length, _WEIGHTS["text"] * texts])


def _one_hot(values: Sequence[str], weight: float) -> "Points":
    import numpy as np

    known = {value: place for place, value in enumerate(sorted(set(values)))}
    found = np.zeros((len(values), len(known)))
    found[np.arange(len(values)), [known[value] for value in values]] = weight
    return found


def _texts(failures: Sequence[Failure], seed: int) -> "Points":
    """Texts as rows of length one: what was compared, twice the reviewers' notes. Nothing but blanks is the origin."""
    import numpy as np
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    texts = [f"{failure.final[-_SHOWN:]} {failure.notes} {failure.notes}".casefold() for failure in failures]
    if not any(text.strip() for text in texts):
        return np.zeros((len(texts), 1))
    vectors = TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(2, 4),
        sublinear_tf=True,
        max_features=20_000,
        min_df=1 + (len(texts) > 50),
    )
    try:
        found: Any = vectors.fit_transform(texts)
    except ValueError:  # no piece of a word stands in two texts
        return np.zeros((len(texts), 1))
    if min(found.shape) > _DIMENSIONS + 1:
        found = TruncatedSVD(_DIMENSIONS, random_state=seed).fit_transform(found)
    else:
        found = found.toarray()
    rows: Points = np.asarray(normalize(found), dtype=np.float64)
    return rows


def _clustered(points: "Points", most: int, seed: int) -> list[int]:
    import numpy as np
    from sklearn.cluster import AgglomerativeClustering, MiniBatchKMeans

    heaps = np.arange(len(points))
    middles = points
    if len(points) > 3 * _HEAPS:
        means = MiniBatchKMeans(_HEAPS, random_state=seed, n_init=3, batch_size=4096).fit(points)
        used, heaps = np.unique(means.labels_, return_inverse=True)
        middles = means.cluster_centers_[used]
    tree = AgglomerativeClustering(n_clusters=None, distance_threshold=0.0, linkage="average").fit(middles)
    n = _cut(tree.distances_, most)
    flat = AgglomerativeClustering(n_clusters=n, linkage="average").fit(middles).labels_
    return [int(place) for place in flat[heaps]]


def _cut(distances: "Points", most: int) -> int:
    """How many groups: before the join, among the last, that is the furthest beyond the one before it."""
    joins = len(distances)
    if joins < 2 or distances[-1] <= 0:
        return 1
    # With n groups the next join is the (joins - n + 1)-th; the one that made them n groups is before it.
    gaps = {n: float(distances[joins - n + 1] - distances[joins - n]) for n in range(3, min(most, joins) + 1)}
    best = max(gaps, key=lambda n: (round(gaps[n], 9), n), default=0)
    return best if best and gaps[best] > 1e-9 else min(2, most)
