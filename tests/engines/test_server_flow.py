"""How requests flow to servers: in order, as they are needed, media ahead of time, and never more than fits."""

import gc
import itertools
import json
import threading
import weakref
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from studio.core.content import Media, Text
from studio.core.engine import Request, Settings
from studio.core.errors import StoreError
from studio.core.pace import Gauge
from studio.core.task import file_digest
from studio.engines import server_flow, server_messages
from studio.engines.server import ServerEngine, open_server
from studio.servers import Access
from tests.engines.server_stub import Stub, serving, text_of, until

QUICK = Settings(concurrency=4, max_new_tokens=16)


@pytest.fixture
def connect(tmp_path: Path) -> Iterator[Callable[[Stub], ServerEngine]]:
    engines = []

    def opened(stub: Stub) -> ServerEngine:
        engines.append(open_server("", Access((stub.url,), "EMPTY", 30.0), tmp_path / "files"))
        return engines[-1]

    yield opened
    for engine in engines:
        engine.close()


@pytest.fixture
def clips(tmp_path: Path) -> list[Request]:
    """Eight requests about a clip of their own, which differ in their last bytes alone."""
    whole = next((Path(__file__).parent.parent.parent / "data/demo").rglob("*.mp4")).read_bytes()
    requests = []
    for number in range(8):
        path = tmp_path / f"clip_{number}.mp4"
        path.write_bytes(whole + bytes([number]))
        requests.append(ask(number, Media("video", "video", path, file_digest(path))))
    return requests


def ask(key: int, *media: Media) -> Request:
    return Request(key, (*media, Text(f"вопрос {key}")))


def echo(body: dict[str, Any]) -> str:
    return f"ответ на {text_of(body)}"


def test_one_at_a_time_means_in_their_order(connect) -> None:
    with serving(echo) as stub:
        found = connect(stub).generate((ask(key) for key in range(30)), replace(QUICK, concurrency=1))
        assert [request.key for request, _ in found] == list(range(30))


def test_requests_are_taken_as_they_are_needed(connect) -> None:
    taken = itertools.count()
    last = [0]

    def endless() -> Iterator[Request]:
        for key in taken:
            last[0] = key
            yield ask(key)

    with serving(echo) as stub:
        found = connect(stub).generate(endless(), QUICK)
        for n in range(1, 41):
            next(found)
            assert last[0] <= n + 4 * QUICK.concurrency
        found.close()


def test_the_first_requests_set_out_together(connect, monkeypatch) -> None:
    monkeypatch.setattr(server_flow, "TOGETHER_WITHIN_S", 60.0)
    with serving(echo) as stub:

        def coming() -> Iterator[Request]:
            for key in range(QUICK.concurrency):
                assert stub.asked == []
                yield ask(key)

        assert len(list(connect(stub).generate(coming(), QUICK))) == QUICK.concurrency


def test_fewer_than_could_be_under_way_wait_for_nobody(connect, monkeypatch) -> None:
    monkeypatch.setattr(server_flow, "TOGETHER_WITHIN_S", 60.0)
    with serving(echo) as stub:
        assert len(list(connect(stub).generate([ask(0), ask(1)], QUICK))) == 2


def test_who_prepares_slowly_is_not_waited_for(connect, monkeypatch) -> None:
    monkeypatch.setattr(server_flow, "TOGETHER_WITHIN_S", 0.01)
    monkeypatch.setattr(server_flow, "TAKING_S", 0.0)  # one at a time
    with serving(echo) as stub:

        def coming() -> Iterator[Request]:
            yield ask(0)
            until(lambda: len(stub.answered) == 1)
            yield ask(1)

        assert len(list(connect(stub).generate(coming(), QUICK))) == 2


def test_media_are_prepared_while_others_are_asked_about(connect, clips) -> None:
    gate = threading.Event()

    def waits(body: dict[str, Any]) -> str:
        assert gate.wait(30)
        return "да"

    gauge = Gauge()
    with serving(waits) as stub:
        settings = replace(QUICK, concurrency=2)
        found = connect(stub).generate(clips, settings, gauge=gauge)
        answers: list[Any] = []
        reading = threading.Thread(target=lambda: answers.extend(found))
        reading.start()
        two_asked_and_all_others_ready = (2, 6)
        until(
            lambda: (
                (gauge.loads()["request"].now, gauge.loads()["request"].waiting)
                == two_asked_and_all_others_ready
            )
        )
        gate.set()
        reading.join(30)
    loads = gauge.loads()
    assert len(answers) == 8
    assert (loads["prepare"].passed, loads["request"].passed, loads["request"].waiting) == (8, 8, 0)
    assert (loads["prepare"].room, loads["request"].room) == (server_flow.READERS, 2)


def test_bodies_that_do_not_fit_together_travel_one_after_another(connect, clips, monkeypatch) -> None:
    monkeypatch.setattr(server_flow, "BODIES_BYTES", 1000)
    under_way, most, lock = [0], [0], threading.Lock()

    def counts(body: dict[str, Any]) -> str:
        with lock:
            under_way[0] += 1
            most[0] = max(most[0], under_way[0])
        assert len(json.dumps(body)) > 1000
        with lock:
            under_way[0] -= 1
        return "да"

    with serving(counts) as stub:
        found = list(connect(stub).generate(clips, replace(QUICK, concurrency=8)))
    assert len(found) == 8 and most[0] == 1


def test_a_body_is_let_go_when_it_is_answered_though_more_is_to_come(connect, clips, monkeypatch) -> None:
    bodies: list[weakref.ref[Any]] = []
    write = server_messages.Writer.write

    def remembered(writer: Any, *asked: Any) -> Any:
        written = write(writer, *asked)
        bodies.append(weakref.ref(written))
        return written

    monkeypatch.setattr(server_messages.Writer, "write", remembered)
    gate = threading.Event()

    def coming() -> Iterator[Request]:
        yield from clips
        assert gate.wait(30)

    with serving(echo) as stub:
        # As many as there is room for: the next ones are asked for while these are answered.
        found = connect(stub).generate(coming(), replace(QUICK, concurrency=2))
        try:
            for _ in clips:
                next(found)
            until(lambda: gc.collect() >= 0 and not any(body() for body in bodies))
        finally:
            gate.set()
        assert list(found) == [] and len(bodies) == 8


def test_a_picture_of_many_questions_is_read_once(connect, tmp_path, monkeypatch) -> None:
    path = next((Path(__file__).parent.parent.parent / "data/demo").rglob("*.png"))
    picture = Media("image", "image", path, file_digest(path))
    read = []
    monkeypatch.setattr(
        server_messages,
        "carry",
        lambda medium, *rest: read.append(medium.path) or carry(medium, *rest),
    )
    with serving(echo) as stub:
        engine = connect(stub)
        found = list(engine.generate([ask(0, picture)], QUICK))
        found += engine.generate([ask(key, picture) for key in (1, 2)], QUICK)
        assert (
            read == [path]
            and len({json.dumps(body["messages"][0]["content"][0]) for body in stub.asked}) == 1
        )
        notes = [answer.media_note["image"] for _, answer in found]
        assert notes[0] == notes[1] == notes[2] and notes[0] is not notes[1]
        list(engine.generate([ask(9, picture)], replace(QUICK, image_max_side=16)))
        assert read == [path, path], "other settings make another picture"


carry = server_messages.carry


def test_when_requests_cannot_be_read_the_reason_is_raised(connect) -> None:
    def broken() -> Iterator[Request]:
        yield ask(0)
        raise StoreError("store_locked", path="studio.sqlite")

    with serving(echo) as stub, pytest.raises(StoreError):
        list(connect(stub).generate(broken(), QUICK))
