"""Which requests are asked together, and preparing the next batch while one is being answered."""

from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

from studio.core.content import Media, media_of, text_of
from studio.core.engine import Request

Item = TypeVar("Item")
Prepared = TypeVar("Prepared")


# Requests that are sorted together: enough for batches of like length, few enough that memory stays flat.
WINDOW = 1024


def plan(requests: Iterable[Request], batch_size: int, window: int = WINDOW) -> Iterator[list[Request]]:
    """Requests in batches of at most `batch_size`: of one set of media kinds each, and of like length.

    Prompts of one length need no padding, so each kind's requests are sorted before they are cut, as far as `window`
    reaches: requests are taken from the iterable so many at a time. A medium's size is taken from its file: sounds grow
    with it evenly, pictures roughly, so it only counts by powers of four.
    """
    coming = iter(requests)
    while some := list(islice(coming, window)):
        kinds: dict[tuple[str, ...], list[Request]] = {}
        for request in some:
            key: tuple[str, ...] = tuple(sorted({medium.modality for medium in _media(request)}))
            kinds.setdefault(key, []).append(request)
        for key in sorted(kinds):
            ordered = sorted(kinds[key], key=_weight)
            yield from (ordered[start : start + batch_size] for start in range(0, len(ordered), batch_size))


def ahead(items: Iterable[Item], prepare: Callable[[Item], Prepared]) -> Generator[Prepared, None, None]:
    """`prepare(item)` for each item, in order; the next one is taken and prepared in a thread while the caller works on
    this one.

    When the caller stops early, what has not begun is dropped; what has begun ends on its own.
    """
    coming = iter(items)

    def one_more() -> list[Prepared]:
        return [prepare(item) for item in islice(coming, 1)]

    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="engine-prepare")
    try:
        following = pool.submit(one_more)
        while prepared := following.result():
            following = pool.submit(one_more)
            yield prepared[0]
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _weight(request: Request) -> tuple[int, int, int]:
    media = _media(request)
    n_bytes = 0
    for medium in media:
        try:
            n_bytes += medium.path.stat().st_size
        except OSError:  # found and told when it is read
            continue
    return len(media), n_bytes.bit_length() // 2, sum(len(text_of(message)) for message in request.messages)


def _media(request: Request) -> list[Media]:
    return [medium for message in request.messages for medium in media_of(message)]
