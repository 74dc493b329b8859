"""Answers on their way into the store: in order, many in a transaction, and nobody waits in vain."""

import threading

import pytest

from studio.core.engine import Completion
from studio.core.errors import StoreError
from studio.runner.writing import ROWS, writing
from studio.store.answers import Answered


def answered(sample_id: int) -> Answered:
    return Answered(sample_id, Completion("да", "stop", 1, 1, 0.0, 0.1), None)


def ids(batches: list[list[Answered]]) -> list[int]:
    return [item.sample_id for batch in batches for item in batch]


def test_everything_that_was_put_is_kept_in_its_order():
    kept: list[list[Answered]] = []
    with writing(lambda some: kept.append(list(some))) as work:
        for sample_id in range(500):
            work.put(answered(sample_id))
    assert ids(kept) == list(range(500))
    assert max(map(len, kept)) <= ROWS


def test_what_comes_during_a_transaction_is_kept_in_the_next_one():
    kept: list[list[Answered]] = []
    begun, go_on = threading.Event(), threading.Event()

    def keep(some):
        kept.append(list(some))
        begun.set()
        assert go_on.wait(30)

    with writing(keep) as work:
        work.put(answered(0))
        assert begun.wait(30), "the first one does not wait for company"
        for sample_id in range(1, 11):
            work.put(answered(sample_id))
        go_on.set()
    assert [len(batch) for batch in kept] == [1, 10]


def test_a_slow_disk_holds_back_whoever_brings_answers():
    go_on, brought = threading.Event(), []

    def keep(some):
        assert go_on.wait(30)

    with writing(keep) as work:

        def bring() -> None:
            for sample_id in range(4 * ROWS):
                work.put(answered(sample_id))
                brought.append(sample_id)

        bringing = threading.Thread(target=bring)
        bringing.start()
        bringing.join(0.5)
        assert bringing.is_alive() and len(brought) <= 2 * ROWS
        go_on.set()
        bringing.join(30)
    assert len(brought) == 4 * ROWS


@pytest.mark.parametrize("n", [1, 5 * ROWS])
def test_a_full_disk_is_told_to_whoever_brings_the_next_answer(n):
    def keep(some):
        raise StoreError("store_full", path="studio.sqlite")

    with pytest.raises(StoreError), writing(keep) as work:
        for sample_id in range(n):
            work.put(answered(sample_id))


def test_an_error_of_the_work_is_not_hidden_and_what_came_before_is_kept():
    kept: list[list[Answered]] = []
    with pytest.raises(KeyError, match="broken"), writing(lambda some: kept.append(list(some))) as work:
        work.put(answered(7))
        raise KeyError("broken")
    assert ids(kept) == [7]
