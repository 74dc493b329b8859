"""Tasks of sounds and of clips over a real vLLM, beside a client that has every request prepared.

Distinct sounds (3 s, 44.1 kHz) and clips (4 s, 320 x 240, eight frames taken); the studio reads, decodes and encodes
them while the run goes on, the raw client sends bodies that were made beforehand. 32 under way, sides in turns. Once
server and client share the cores, so that what is decoded is taken from the server; once each has half of them, as
where the server computes elsewhere.
"""

import argparse
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.made_tasks import make_task
from benchmarks.report import write
from benchmarks.rounds import in_turns, once, table, vllm
from benchmarks.sides import Place, bodies, raw, studio
from studio.core.content import Modality
from tests.servers.real_vllm import THERE


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--quick", action="store_true", help="a few questions, one round: to see that it works"
    )
    quick = options.parse_args().quick
    if not THERE:
        print("left out: no environment with vLLM on this machine")
        return
    n, rounds = (24, 1) if quick else (128, 3)
    with tempfile.TemporaryDirectory(prefix="studio-bench-") as name:
        folder = Path(name)
        found = {
            "all cores shared": both(folder / "shared", n, rounds, apart=False),
            "half of the cores each": both(folder / "apart", n, rounds, apart=True),
        }
    write("media_tasks", {"questions": n, "under way": 32, "settings": found}, keep=not quick)


def both(folder: Path, n: int, rounds: int, *, apart: bool) -> dict[str, Any]:
    folder.mkdir()
    log = folder / "counted"
    log.touch()
    kinds: tuple[Modality, ...] = ("audio", "video")
    with vllm(folder, log, apart=apart) as url:
        return {kind: measured(kind, url, folder, log, n, rounds) for kind in kinds}


def measured(kind: Modality, url: str, folder: Path, log: Path, n: int, rounds: int) -> dict[str, Any]:
    place = Place(url, make_task(folder / kind, kind, n), 32, folder / "own")
    bodies(place)
    once(raw(), place, log, n)  # warm
    return table(in_turns([raw(), studio()], place, log, n, rounds), n)


if __name__ == "__main__":
    main()
