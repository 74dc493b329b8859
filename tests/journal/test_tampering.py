"""Whoever changes a byte of the journal is found out, wherever it is."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.core.record import Planned
from studio.journal import Journal, JournalBroken


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three segments of records with and without a body; some bodies are erased."""
    folder = tmp_path_factory.mktemp("journal")
    for n in range(3):
        journal = Journal(folder, now=lambda n=n: 1_000_000.25 + n)  # type: ignore[misc]
        with journal.writing() as log:
            for k in range(4):
                body = {"comment": f"замечание {k}"} if k % 2 else {}
                log.plan(Planned("answered", "ab"[k % 2], "p", {"item": k, "текст": "кот\n"}, body))
            log.keep()
    Journal(folder).erase(lambda record: record.n == 6)
    return folder


def holds(folder: Path) -> bool:
    """Whether the journal is as it was, by what is left of it: its end is told by the database, too."""
    try:
        return Journal(folder).verify() == 12
    except JournalBroken:
        return False


@given(data=st.data())
@settings(
    max_examples=300,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_byte_that_is_changed_lost_or_added_is_found(
    written: Path, tmp_path: Path, data: st.DataObject
) -> None:
    assert holds(written)
    segments = sorted(written.glob("*.jsonl"))
    for path in segments:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    path = tmp_path / data.draw(st.sampled_from([each.name for each in segments]))
    content = path.read_bytes()
    place = data.draw(st.integers(0, len(content) - 1))
    how = data.draw(st.sampled_from(["change", "cut", "add"]))
    if how == "change":
        byte = data.draw(st.integers(0, 255).filter(lambda value: value != content[place]))
        changed = content[:place] + bytes([byte]) + content[place + 1 :]
    elif how == "cut":
        changed = content[:place] + content[place + 1 :]
    else:
        changed = content[:place] + bytes([data.draw(st.integers(0, 255))]) + content[place:]
    path.write_bytes(changed)
    assert changed == content or not holds(tmp_path)
