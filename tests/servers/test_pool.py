"""Which server is asked next: not the one that refuses at once, while another has time."""

import asyncio
from collections import Counter

from studio.servers.pool import TROUBLES_IN_A_ROW, Pool, Server


async def well(server: Server) -> bool:
    return True


def asked(pool: Pool, n: int, answer) -> Counter[str]:
    """How often each server is asked in `n` requests one after the other, each answered by `answer(pool, server)`."""

    async def ask() -> Counter[str]:
        found: Counter[str] = Counter()
        for _ in range(n):
            server = await pool.acquire()
            found[server.url] += 1
            answer(pool, server)
            pool.release(server)
            await asyncio.sleep(0)
        await pool.close()
        return found

    return asyncio.run(ask())


def two() -> Pool:
    return Pool([Server("http://refuses", None), Server("http://answers", None)], well, 60.0)


def test_a_server_that_sends_everybody_away_is_left_alone_beside_one_that_has_time():
    def answer(pool, server):
        pool.busy(server, 30.0) if server.url == "http://refuses" else pool.well(server)

    assert asked(two(), 50, answer) == {"http://refuses": 1, "http://answers": 49}


def test_one_that_breaks_at_once_and_answers_its_doctor_rests_longer_each_time():
    def answer(pool, server):
        if server.url == "http://refuses":
            pool.trouble(server, "500", gone=False)
        else:
            pool.well(server)

    found = asked(two(), 200, answer)
    assert found["http://refuses"] <= TROUBLES_IN_A_ROW + 1


def test_where_nobody_has_time_the_one_with_the_least_to_do_is_asked_all_the_same():
    def answer(pool, server):
        pool.busy(server, 30.0)

    assert asked(two(), 4, answer).total() == 4


def test_a_busy_server_is_tried_by_one_request_once_its_pause_is_over():
    async def ask() -> list[str]:
        pool = two()
        refusing, answering = pool.servers
        pool.busy(refusing, 0.0)
        answering.outstanding = 5
        probe = await pool.acquire()
        second = await pool.acquire()
        pool.well(probe)
        pool.release(probe)
        third = await pool.acquire()
        await pool.close()
        return [probe.url, second.url, third.url]

    assert asyncio.run(ask()) == ["http://refuses", "http://answers", "http://refuses"]
