"""A task from the hub: found by name, pinned to a commit, fetched file by file, there without the hub afterwards."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.tasks.fake_hub import COMMIT, FakeHub
from tests.tasks.mera_copies import write_copy

pytestmark = pytest.mark.slow  # each load is a process of its own: the hub's address is read at import

ROOT = Path(__file__).parent.parent.parent
LOAD = """
import json, sys
from pathlib import Path
from studio.core.errors import StudioError
from studio.tasks import Catalogue
from studio.texts import describe

ref, home, limit = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]) or None
catalogue = Catalogue({}, cache=home)
try:
    tasks = [catalogue.load(info, "test", limit=limit) for info in catalogue.resolve(ref)]
except StudioError as error:
    print(json.dumps({"code": error.problem.code, "said": describe(error, "en")}))
    sys.exit()
print(json.dumps([
    {"name": task.info.name, "source": task.info.source, "access": task.info.access, "sizes": task.info.sizes,
     "ids": [sample.id for sample in task], "problems": [str(sample.problem) for sample in task if sample.problem],
     "media": [medium.sha256 for sample in task for medium in sample.media]}
    for task in tasks
]))
"""


@pytest.fixture
def hub(tmp_path: Path) -> FakeHub:
    for name in ("WEIRD", "ruNaturalScienceVQA"):
        write_copy(tmp_path / "hub" / "MERA-evaluation", name)
    card = "---\nconfigs:\n" + "".join(
        f"- config_name: {config}\n  data_files:\n  - split: test\n    path: {config}/test-*\n"
        f"  - split: shots\n    path: {config}/shots-*\n"
        for config in ("biology", "chemistry", "earth_science", "physics")
    )
    folder = tmp_path / "hub" / "MERA-evaluation"
    (folder / "ruNaturalScienceVQA" / "README.md").write_text(f"{card}---\n", encoding="utf-8")
    data = folder / "WEIRD" / "data"
    (data / "test-00000-of-00001.parquet").rename(data / "test-00000-of-00002.parquet")
    more = (data / "shots-00000-of-00001.parquet").read_bytes()
    (data / "test-00001-of-00002.parquet").write_bytes(more)
    return FakeHub(tmp_path / "hub")


@pytest.fixture
def load(tmp_path: Path) -> Iterator[Any]:
    def load(endpoint: str, ref: str, limit: int = 0) -> Any:
        environ = {
            **os.environ,
            "HF_ENDPOINT": endpoint,
            "HF_HUB_OFFLINE": "0",
            "HF_HOME": str(tmp_path / "hf"),
        }
        done = subprocess.run(
            [sys.executable, "-c", LOAD, ref, str(tmp_path / "home"), str(limit)],
            env=environ, cwd=ROOT, capture_output=True, text=True, timeout=240,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    yield load


NOWHERE = "http://127.0.0.1:9"


def test_a_task_is_fetched_by_name_pinned_and_there_without_the_hub(hub: FakeHub, load: Any) -> None:
    with hub.serving() as endpoint:
        (online,) = load(endpoint, "weird")
    assert online["source"] == f"hub:MERA-evaluation/WEIRD@{COMMIT}"
    assert (online["name"], len(online["ids"]), online["problems"]) == ("WEIRD", 6, [])
    assert sorted(set(hub.asked)) == [
        "data/test-00000-of-00002.parquet",
        "data/test-00001-of-00002.parquet",
    ]
    assert load(NOWHERE, "weird") == [online]
    assert load(NOWHERE, online["source"]) == [online]


def test_a_limit_fetches_no_file_that_it_does_not_need(hub: FakeHub, load: Any) -> None:
    with hub.serving() as endpoint:
        (some,) = load(endpoint, "WEIRD", 2)
    assert len(some["ids"]) == 2 and set(hub.asked) == {"data/test-00000-of-00002.parquet"}


def test_domains_are_configurations(hub: FakeHub, load: Any) -> None:
    with hub.serving() as endpoint:
        found = load(endpoint, "runaturalsciencevqa")
    assert [task["source"] for task in found] == [
        f"hub:MERA-evaluation/ruNaturalScienceVQA:{config}@{COMMIT}"
        for config in ("biology", "chemistry", "earth_science", "physics")
    ]
    assert all(len(task["ids"]) == 3 and not task["problems"] for task in found)


def test_a_silent_hub_and_an_unknown_dataset_are_told_apart(hub: FakeHub, load: Any) -> None:
    assert load(NOWHERE, "weird")["code"] == "hub_unreachable"
    with hub.serving() as endpoint:
        said = load(endpoint, "hub:MERA-evaluation/Nothing")
    assert said["code"] == "dataset_not_on_hub" and "Nothing" in said["said"]
