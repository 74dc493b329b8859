"""A model on ZeroGPU: slices on a visitor's request, a fork that answers, pauses instead of failures."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import gradio as gr
import pytest

from studio.core.content import Text
from studio.core.engine import Completion, Request, Settings
from studio.core.errors import EngineFailed, Paused
from studio.core.visits import Visits
from studio.engines import ScriptedEngine, zerogpu, zerogpu_here
from studio.engines.zerogpu import FIRST, SLICE_S, START_S, WORK_S, Pace, SlicedEngine
from studio.settings import Settings as Place
from tests.engines.fake_spaces import FakeSpaces, context_of

pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")
SETTINGS = Settings()


class InFork(ScriptedEngine):
    """A scripted model that knows whether it was woken in a fork."""

    device = "cpu"

    def wake_in_fork(self, device: str) -> None:
        self.device = device


@pytest.fixture
def spaces() -> Iterator[FakeSpaces]:
    made = FakeSpaces(anna=10_000)
    yield made
    made.close()


@pytest.fixture
def visits() -> Visits:
    made = Visits()
    made.works("r")
    return made


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zerogpu, "NOBODY_S", 0.0)


def questions(n: int) -> list[Request]:
    return [Request(key, (Text(f"вопрос {key}"),)) for key in range(n)]


def asked_once(engine: SlicedEngine, n: int) -> dict[int, str]:
    found: dict[int, str] = {}
    for request, answer in engine.generate(iter(questions(n)), SETTINGS):
        assert isinstance(answer, Completion) and request.key not in found
        found[request.key] = answer.text
    assert sorted(found) == list(range(n))
    return found


def test_every_question_is_answered_once_in_a_fork_that_is_kept(spaces: FakeSpaces, visits: Visits) -> None:
    engine = InFork(lambda asked: f"{os.getpid()} {engine.device}")
    visits.come("r", context_of("anna"))
    found = asked_once(SlicedEngine(engine, spaces.GPU, visits), 30)
    (worker,) = spaces.workers
    assert set(found.values()) == {f"{worker.process.pid} cuda"} and engine.device == "cpu"


def test_the_first_slice_is_small_and_the_next_are_as_long_as_the_first_says(
    spaces: FakeSpaces, visits: Visits
) -> None:
    visits.come("r", context_of("anna"))
    asked_once(SlicedEngine(InFork(lambda asked: "да"), spaces.GPU, visits), FIRST + 4 * FIRST + 1)
    seconds = [each for _, each in spaces.asked]
    assert len(seconds) == 3 and seconds[0] == SLICE_S
    assert all(START_S < each < SLICE_S for each in seconds[1:])


def test_answers_are_told_while_they_arrive(spaces: FakeSpaces, visits: Visits) -> None:
    visits.come("r", context_of("anna"))
    engine = SlicedEngine(InFork(lambda asked: "раз два", token_s=0.3), spaces.GPU, visits)
    told: list[tuple[int, str]] = []
    list(engine.generate(questions(1), SETTINGS, on_text=lambda key, text: told.append((key, text))))
    assert told == [(0, "раз"), (0, "раз два")]


def test_a_run_pauses_when_the_quota_is_used_up_and_keeps_what_is_answered(
    spaces: FakeSpaces, visits: Visits
) -> None:
    spaces.left["anna"] = SLICE_S
    visits.come("r", context_of("anna"))
    engine = SlicedEngine(InFork(lambda asked: "да"), spaces.GPU, visits)
    kept: list[int] = []
    with pytest.raises(Paused) as paused:
        for request, _ in engine.generate(questions(10), SETTINGS):
            kept.append(request.key)
    assert paused.value.problem.code == "zerogpu_quota" and "exceeded" in paused.value.problem.values["words"]
    assert kept == list(range(FIRST))


def test_another_visitor_takes_over_where_the_quota_of_one_ends(spaces: FakeSpaces, visits: Visits) -> None:
    spaces.left = {"anna": 10_000, "boris": SLICE_S}
    visits.come("r", context_of("anna"))
    visits.come("r", context_of("boris"))
    asked_once(SlicedEngine(InFork(lambda asked: "да"), spaces.GPU, visits), 12)
    assert [token for token, _ in spaces.asked] == ["boris", "boris", "anna"]


@pytest.mark.parametrize("who", ["nobody at all", "a visitor of another run", "one who has left"])
def test_a_run_pauses_when_nobody_looks_at_it(spaces: FakeSpaces, visits: Visits, who: str) -> None:
    if who == "a visitor of another run":
        visits.come("other", context_of("anna"))
    elif who == "one who has left":
        visits.go(visits.come("r", context_of("anna")))
    with pytest.raises(Paused) as paused:
        asked_once(SlicedEngine(InFork(lambda asked: "да"), spaces.GPU, visits), 1)
    assert paused.value.problem.code == "zerogpu_nobody" and not spaces.asked


REFUSALS = {
    "zerogpu_expired": gr.Error("Expired ZeroGPU proxy token", title="ZeroGPU client error"),
    "zerogpu_busy": gr.Error("No GPU was available after 60s", title="ZeroGPU queue timeout"),
    "zerogpu_nobody": RuntimeError("Connection closed by visitor while queueing"),
}


@pytest.mark.parametrize("code", REFUSALS)
def test_a_refusal_that_passes_is_a_pause_with_a_reason_of_its_own(
    spaces: FakeSpaces, visits: Visits, code: str
) -> None:
    spaces.refusal = lambda token: REFUSALS[code]
    visits.come("r", context_of("anna"))
    with pytest.raises(Paused) as paused:
        asked_once(SlicedEngine(InFork(lambda asked: "да"), spaces.GPU, visits), 1)
    assert paused.value.problem.code == code


def test_a_refusal_that_will_not_pass_ends_the_run_in_its_own_words(
    spaces: FakeSpaces, visits: Visits
) -> None:
    spaces.refusal = lambda token: gr.Error("larger than the maximum", title="ZeroGPU illegal duration")
    visits.come("r", context_of("anna"))
    with pytest.raises(EngineFailed) as failed:
        asked_once(SlicedEngine(InFork(lambda asked: "да"), spaces.GPU, visits), 1)
    assert failed.value.problem.values["words"] == "larger than the maximum"


def test_a_slice_that_was_killed_is_asked_again_for_what_it_did_not_answer(
    spaces: FakeSpaces, visits: Visits, tmp_path: Path
) -> None:
    died = tmp_path / "died"

    def script(asked: Request) -> str:
        if asked.key == 6 and not died.exists():
            died.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return "да"

    visits.come("r", context_of("anna"))
    asked_once(SlicedEngine(InFork(script, token_s=0.05), spaces.GPU, visits), 20)
    assert died.exists() and len(spaces.workers) == 2


def test_a_model_too_slow_for_a_slice_ends_the_run_instead_of_eating_every_quota(
    spaces: FakeSpaces, visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zerogpu, "WORK_S", 0.2)
    visits.come("r", context_of("anna"))
    with pytest.raises(EngineFailed) as failed:
        asked_once(SlicedEngine(InFork(lambda asked: "слово " * 99, token_s=0.1), spaces.GPU, visits), 1)
    assert failed.value.problem.code == "zerogpu_too_slow" and len(spaces.asked) == zerogpu.IN_VAIN


class DiesWaking(InFork):
    """A model that does not fit: its process is killed on the way to the GPU, each time or the first time."""

    def __init__(self, again: Callable[[], bool]) -> None:
        super().__init__(lambda asked: "да")
        self.again = again

    def wake_in_fork(self, device: str) -> None:
        if self.again():
            os.kill(os.getpid(), signal.SIGKILL)


def test_a_model_that_dies_on_its_way_to_the_gpu_is_not_called_slow(
    spaces: FakeSpaces, visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zerogpu, "STILLBORN_S", 0.0)
    visits.come("r", context_of("anna"))
    with pytest.raises(EngineFailed) as failed:
        asked_once(SlicedEngine(DiesWaking(lambda: True), spaces.GPU, visits), 1)
    assert failed.value.problem.code == "zerogpu_died" and len(spaces.asked) == zerogpu.IN_VAIN


def test_a_model_that_dies_once_on_its_way_is_asked_again(
    spaces: FakeSpaces, visits: Visits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zerogpu, "STILLBORN_S", 0.0)
    died = tmp_path / "died"

    def first() -> bool:
        seen = died.exists()
        died.touch()
        return not seen

    visits.come("r", context_of("anna"))
    asked_once(SlicedEngine(DiesWaking(first), spaces.GPU, visits), 5)
    assert len(spaces.workers) == 2


def test_what_ends_the_work_in_the_fork_comes_out_with_its_words(spaces: FakeSpaces, visits: Visits) -> None:
    def script(asked: Request) -> str:
        raise ValueError("не та форма")

    visits.come("r", context_of("anna"))
    with pytest.raises(EngineFailed) as failed:
        asked_once(SlicedEngine(InFork(script), spaces.GPU, visits), 1)
    assert failed.value.problem.values == {"words": "ValueError: не та форма"}


def test_a_cancel_is_noticed_between_two_words(spaces: FakeSpaces, visits: Visits) -> None:
    visits.come("r", context_of("anna"))
    stop = threading.Event()
    engine = SlicedEngine(InFork(lambda asked: "слово " * 999, token_s=0.05), spaces.GPU, visits)
    found = engine.generate(
        questions(3), SETTINGS, on_text=lambda key, text: stop.set(), cancelled=stop.is_set
    )
    assert list(found) == []


def test_a_closed_model_is_held_by_nothing_that_spaces_keeps(spaces: FakeSpaces, visits: Visits) -> None:
    visits.come("r", context_of("anna"))
    engine = SlicedEngine(InFork(lambda asked: "да"), spaces.GPU, visits)
    engine.close()
    assert engine.broken
    with pytest.raises(EngineFailed, match="engine_closed"):
        asked_once(engine, 1)


def test_a_slice_holds_what_fits_by_what_the_last_one_took() -> None:
    pace = Pace()
    pace.ended(FIRST, 8.0)  # two seconds each
    assert pace.size == 15 and pace.seconds == WORK_S
    pace.ended(15, 150.0)  # ten seconds each: clips came
    assert pace.size == 3 and pace.seconds == pytest.approx(45.0)
    pace.ended(0, 45.0)
    assert pace.size == 1 and pace.seconds == WORK_S


def test_a_visit_is_waited_for_a_moment(visits: Visits) -> None:
    threading.Timer(0.2, visits.come, ("r", context_of("anna"))).start()
    began = time.monotonic()
    assert visits.latest(30, lambda: False) is not None and time.monotonic() - began < 30


def test_without_the_package_nothing_is_asked_of_zerogpu(tmp_path: Path) -> None:
    assert zerogpu.decorator() is None and not zerogpu_here()
    assert not Place.from_env({"STUDIO_HOME": str(tmp_path)}).zero_gpu
    assert Place.from_env({"STUDIO_HOME": str(tmp_path), "SPACES_ZERO_GPU": "true"}).zero_gpu
