"""Six hex digits come twice now and then: the second run is another one all the same."""

from studio.core import ids
from studio.core.run import RunSpec
from tests.support import write_task
from tests.two_models import studio_of


def test_a_run_whose_id_is_drawn_twice_starts(tmp_path, monkeypatch) -> None:
    drawn = iter(["6315f1", "6315f1", "6315f1", "a00001"])
    monkeypatch.setattr(ids, "token_hex", lambda n: next(drawn))
    studio = studio_of(tmp_path / "home", {"our/steady": lambda request: "A"})
    try:
        spec = RunSpec("our/steady", (str(write_task(tmp_path / "Things", ["A", "B"])),))
        first, second = studio.start(spec), studio.start(spec)
        assert (first[-6:], second[-6:]) == ("6315f1", "a00001")
        assert {studio.wait(each, timeout_s=30).state for each in (first, second)} == {"done"}
    finally:
        studio.close()
