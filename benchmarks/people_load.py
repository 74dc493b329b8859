"""Fifty annotators at once, by HTTP against the served app: what an answer takes, and whether any is lost.

Two parts. Calm: everybody answers and thinks a moment; the time of a submit is from the request to the reply, which
brings the next question, and beside it a plain append with fsync on the same disk is timed all the while. Killed:
nobody thinks, the server is ended by SIGKILL at random moments and started again, and a browser that got no reply sends
the same answer again. Afterwards the journal is compared with what the clients were told: every acknowledged answer is
there once, no item has more than its overlap, nobody answered an item twice, and the project is complete.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from benchmarks.made_tasks import make_task
from benchmarks.report import percentiles, write
from studio.access import PERSON_COOKIE
from studio.core.project import ProjectSpec
from studio.core.run import OWNER, Viewer
from studio.service import Studio
from studio.settings import REPOSITORY, Settings
from tests.components.serving import free_port

PEOPLE, OVERLAP = 50, 5
THINK_S = 1.0  # in the calm part: fifty people give about forty answers a second, far more than real ones
LINE = b"x" * 900  # about a record


@dataclass
class Client:
    """A browser: what it was told was kept, and how long that took."""

    token: str
    seed: int
    acked: list[tuple[str, int, int, str]] = field(default_factory=list)  # client_id, item, occasion, text
    took_ms: list[float] = field(default_factory=list)
    opened_ms: list[float] = field(default_factory=list)
    resent: int = 0
    done: bool = False


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="a twentieth of it: to see that it works")
    options.add_argument("--parts", nargs="*", choices=("calm", "killed"), default=("calm", "killed"))
    asked = options.parse_args()
    n = 20 if asked.quick else 1
    if "calm" in asked.parts:
        write("people_calm", part(2_500 // n, kills=0, think_s=THINK_S), keep=not asked.quick)
    if "killed" in asked.parts:
        write(
            "people_killed",
            part(10_000 // n, kills=3 if asked.quick else 12, think_s=0.0),
            keep=not asked.quick,
        )


def part(answers: int, kills: int, think_s: float) -> dict[str, Any]:
    """A project of so many answers, from its first to its last."""
    with tempfile.TemporaryDirectory(prefix="studio-bench-") as folder:
        home = Path(folder) / "home"
        project, clients = made(home, Path(folder) / "Pictures", answers // OVERLAP)
        synced: list[float] = []
        began = time.perf_counter()
        with Server(home, Path(folder)) as server, beside(home, synced):
            killer = threading.Thread(target=server.kill_at, args=(clients, answers, kills))
            threads = [
                threading.Thread(target=work, args=(server, project, each, think_s)) for each in clients
            ]
            for thread in [*threads, killer]:
                thread.start()
            for thread in [*threads, killer]:
                thread.join()
        wall_s = time.perf_counter() - began
        took = [ms for each in clients for ms in each.took_ms]
        opened = [ms for each in clients for ms in each.opened_ms]
        plain, submit = percentiles(synced), percentiles(took)
        return {
            "people": PEOPLE,
            "items": answers // OVERLAP,
            "SIGKILLs": kills,
            "acknowledged": sum(len(each.acked) for each in clients),
            "sent again": sum(each.resent for each in clients),
            **checked(home, project, clients),
            "answers a second": round(len(took) / wall_s, 1),
            "submit and next question, ms": submit,
            "the desk opened, ms": percentiles(opened),
            "plain append and fsync, ms": plain,
            "ratio of medians": round(submit["p50"] / plain["p50"], 1),
            "ratio of p95": round(submit["p95"] / plain["p95"], 1),
        }


def made(home: Path, task: Path, items: int) -> tuple[str, list[Client]]:
    """A project and its people, signed in."""
    make_task(task, "image", items, distinct=50)
    studio = Studio.open(settings(home))
    spec = ProjectSpec("Нагрузка", str(task), overlap=OVERLAP, controls=0.05)
    project = studio.organising.make(OWNER, spec)
    studio.organising.set_state(OWNER, project, "open")
    _, secret = studio.members.invite(OWNER, project, "annotator", places=PEOPLE)
    tokens = [studio.members.redeem(secret, f"Участник {n}", Viewer())[1] for n in range(PEOPLE)]
    studio.close()
    return project, [Client(token, n) for n, token in enumerate(tokens)]


def settings(home: Path) -> Settings:
    return Settings(home=home, db=home / "studio.sqlite")


class Server:
    """The app in a process of its own; ended and started again at will."""

    def __init__(self, home: Path, folder: Path) -> None:
        self._home, self._folder, self._port = home, folder, free_port()
        self.url = f"http://127.0.0.1:{self._port}/"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Server":
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait(60)

    def _start(self) -> None:
        environ = os.environ | {
            "STUDIO_HOME": str(self._home),
            "STUDIO_SHELF": str(self._folder / "shelf"),
            "PORT": str(self._port),
            "GRADIO_ANALYTICS_ENABLED": "False",
        }
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "app.py"], cwd=REPOSITORY, env=environ, stdout=log, stderr=log
            )
        end = time.monotonic() + 120
        while time.monotonic() < end:
            try:
                httpx.get(f"{self.url}config", timeout=10)
                return
            except httpx.HTTPError:
                time.sleep(0.05)
        raise SystemExit((self._folder / "log").read_text(encoding="utf-8")[-3000:])

    def kill_at(self, clients: list[Client], answers: int, kills: int) -> None:
        """SIGKILL when random numbers of answers were acknowledged."""
        moments = sorted(random.Random(1).sample(range(answers // 20, answers - answers // 20), kills))
        for moment in moments:
            while sum(len(each.acked) for each in clients) < moment:
                if all(each.done for each in clients):
                    return
                time.sleep(0.002)
            assert self._process is not None
            self._process.kill()
            self._process.wait()
            self._start()


@contextmanager
def beside(home: Path, synced: list[float]) -> Iterator[None]:
    """Appends and syncs a line of its own twenty times a second, and keeps what it took in ms."""
    over = threading.Event()

    def run() -> None:
        handle = os.open(home / "beside", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        while not over.wait(0.05):
            began = time.perf_counter()
            os.write(handle, LINE)
            os.fsync(handle)
            synced.append((time.perf_counter() - began) * 1000)
        os.close(handle)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def work(server: Server, project: str, client: Client, think_s: float) -> None:
    """Answers until there is nothing more; what got no reply is sent again as it was."""
    rng = random.Random(client.seed)
    with httpx.Client(base_url=server.url, timeout=60, cookies={PERSON_COOKIE: client.token}) as http:
        component = _component(http)
        told = _asked(http, component, "annotate_open", {"project": project}, client.opened_ms)
        while told["wait"] in {"", "reserved", "preparing"}:
            asked = told["question"]
            if asked is None:
                time.sleep(0.2 if think_s else 0.05)
                told = _asked(http, component, "annotate_open", {"project": project}, client.opened_ms)
                continue
            time.sleep(rng.expovariate(1 / think_s) if think_s else 0)
            text = rng.choice(["круг", "квадрат", "не круг"])
            sent = {
                "project": project,
                "item": asked["item"],
                "occasion": asked["occasion"],
                "client_id": f"{client.seed}-{len(client.acked)}",
                "text": text,
            }
            told = _asked(http, component, "annotate_answer", sent, client.took_ms, client)
            client.acked.append((str(sent["client_id"]), asked["item"], asked["occasion"], text))
    client.done = True


def _component(http: httpx.Client) -> int:
    while True:
        try:
            components = http.get("config").json()["components"]
            return next(
                int(each["id"])
                for each in components
                if "annotate_open" in each["props"].get("server_fns", ())
            )
        except httpx.HTTPError:
            time.sleep(0.1)


def _asked(
    http: httpx.Client,
    component: int,
    function: str,
    data: dict[str, Any],
    took: list[float],
    client: Client | None = None,
) -> dict[str, Any]:
    body = {"component_id": component, "fn_name": function, "session_hash": "s", "data": data}
    while True:
        began = time.perf_counter()
        try:
            reply = http.post("gradio_api/component_server/", json=body)
            told: dict[str, Any] = reply.json() if reply.status_code == 200 else {}
        except (httpx.HTTPError, ValueError):
            told = {}
        if "wait" in told:
            took.append((time.perf_counter() - began) * 1000)
            return told
        if client:
            client.resent += 1
        time.sleep(0.1)


def checked(home: Path, project: str, clients: list[Client]) -> dict[str, int]:
    """What the journal holds beside what the clients were told."""
    studio = Studio.open(settings(home))
    try:
        rows = [row for row in studio._store.projects.responses(project) if row.action == "answer"]
        db = studio._store.db
        kept = Counter(
            db.column("SELECT client_id || ' ' || person_id FROM responses WHERE action = 'answer'")
        )
        people = [studio.members.signed_in(each.token) for each in clients]
        told = [
            f"{client_id} {person.id}"
            for person, each in zip(people, clients, strict=True)
            if person
            for client_id, *_ in each.acked
        ]
        said = {(row.person, row.item, row.occasion): row.text for row in rows}
        wrong = sum(
            said.get((person.id, item, occasion)) != text
            for person, each in zip(people, clients, strict=True)
            if person
            for _, item, occasion, text in each.acked
        )
        counted = Counter(row.item for row in rows if row.counts)
        cover = studio._store.projects.coverage(project)
        return {
            "records checked": studio._ledger.journal.verify(),
            "acknowledged and lost": sum(kept[each] == 0 for each in told),
            "kept twice": sum(n > 1 for n in kept.values()),
            "kept with another text": wrong,
            "an item answered twice by one": len(rows) - len(said),
            "items above their overlap": sum(n > OVERLAP for n in counted.values()),
            "items short of it": sum(valid < OVERLAP for valid, _ in cover),
        }
    finally:
        studio.close()


if __name__ == "__main__":
    main()
