"""A run's pace through the studio's door: real runs of a scripted model, resumed, foreign, imported, gauged."""

import threading
import time

import pytest

from studio.core.errors import BadInput
from studio.core.figures import Price
from studio.core.pace import Gauge, StageLoad
from studio.core.run import RunSpec
from studio.engines.scripted import ScriptedEngine
from studio.runner.live import LiveState
from studio.service import Studio
from studio.settings import Settings
from studio.store import Store
from tests.people import finished
from tests.support import scripted_studio, write_task

GOLDS = ["красный", "синий", "два", "кошка"]
TOKEN_S = 0.02
WORDS = "на картинке скорее всего красный"


@pytest.fixture
def task(tmp_path):
    return str(write_task(tmp_path / "Things", GOLDS))


@pytest.fixture
def studio(tmp_path):
    engine = ScriptedEngine({1: WORDS, 2: WORDS, 3: WORDS}, token_s=TOKEN_S)
    studio = scripted_studio(tmp_path / "home", engine, data=tmp_path / "none")
    yield studio
    studio.close()


@pytest.fixture
def run_id(studio, task):
    return studio.wait(studio.start(RunSpec("our/model", (task,))), timeout_s=30).id


def test_a_run_tells_what_was_measured(studio, run_id):
    pace = studio.pace(run_id)
    figures = pace.figures
    assert (figures.answered, figures.failed, figures.judged) == (3, 1, 3)
    assert (figures.completion_tokens, figures.completion_seen) == (15, 3)
    assert 0 < figures.asking_s <= figures.working_s
    assert figures.per_second == pytest.approx(3 / figures.asking_s)
    assert figures.tokens_per_second == pytest.approx(15 / figures.asking_s)
    assert TOKEN_S <= figures.ttft.p50 <= figures.latency.p50
    assert figures.per_token.n == 3 and figures.per_token.p50 >= TOKEN_S
    assert not pace.untimed and not pace.going and not pace.batched and pace.judged


def test_the_timeline_holds_every_answer_and_verdict(studio, run_id):
    timeline = studio.pace(run_id).timeline
    assert sum(moment.answered for moment in timeline.moments) == 3
    assert sum(moment.failed for moment in timeline.moments) == 1
    assert timeline.moments[-1].judged_so_far == 3 and timeline.moments[-1].backlog == 0
    assert all(0 <= moment.under_way <= 3 for moment in timeline.moments)
    assert any(moment.under_way > 0 for moment in timeline.moments)


def test_a_pause_makes_a_resumed_run_no_slower(studio, run_id):
    """The first spell is put a day back; the second asks what had failed, now in vain again."""
    day = 86_400.0
    with studio._store.db.write() as connection:
        for table, column in (("generations", "created_at"), ("scores", "created_at"), ("events", "at")):
            connection.execute(f"UPDATE {table} SET {column} = {column} - ?", (day,))
    before = studio.pace(run_id).figures
    studio.resume(run_id)
    studio.wait(run_id, timeout_s=30)
    pace = studio.pace(run_id)
    assert pace.figures.failed == 2
    assert pace.figures.working_s < before.working_s + 60
    (pause,) = pace.timeline.pauses
    assert pause.seconds == pytest.approx(day, rel=0.01) and pace.timeline.seconds < 60


def test_a_run_of_another_process_is_timed_while_it_goes_on(studio, run_id, tmp_path):
    with studio._store.db.write() as connection:
        later = time.time() + 60
        connection.execute(
            "UPDATE runs SET state = 'running', owner = 'elsewhere:1:2', heartbeat = ?", (later,)
        )
        connection.execute("UPDATE run_samples SET state = 'pending', cell = 'pending' WHERE cell = 'failed'")
    settings = Settings(home=tmp_path / "b", db=studio.settings.db)
    other = Studio(settings, Store(settings.db))
    rest = time.time() - studio._store.pace.times(run_id, "").ends[-1]
    pace = other.pace(run_id)
    assert pace.going and pace.figures.answered == 3 and pace.loads == {}
    assert pace.figures.asking_s >= rest, "a server that fell silent is seen to"
    other.close()


def test_of_a_run_that_goes_on_the_stages_are_told_as_they_are(studio, run_id, task):
    clock = [0.0]
    gauge = Gauge(lambda: clock[0])
    gauge.room("request", 32)
    gauge.room("prepare", 2)
    gauge.enter("prepare", 2)
    gauge.enter("request", 4)
    clock[0] = 30.0
    gauge.leave("request", 3)
    for _ in range(9):
        with gauge.at("request"):
            pass
    state = studio._jobs._live.setdefault(run_id, _live(gauge))
    try:
        pace = studio.pace(run_id)
    finally:
        studio._jobs._live.pop(run_id)
    assert state.gauge is gauge and pace.loads["prepare"].now == 2
    assert (pace.findings[0].code, pace.findings[0].stage) == ("starved_model", "prepare")
    assert pace.findings[0].share == pytest.approx(1 - 4 / 32)


def test_what_held_a_finished_run_up_is_told_from_what_was_kept(studio, run_id):
    full = StageLoad(busy_s=60, sample_s=60 * 32, passed=500, room=32)
    studio._store.pace.keep(run_id, time.time() - 60, 60.0, {"request": full}, 32)
    (finding,) = studio.pace(run_id).findings
    assert (finding.code, finding.room) == ("model", 32)


def test_the_gauge_of_a_run_is_kept_when_it_ends(studio, run_id):
    (spell,) = studio._store.pace.of(run_id)
    request = spell.loads["request"]
    assert (request.passed, request.now, request.room, spell.room) == (len(GOLDS), 0, 1, 1)
    assert 3 * 5 * TOKEN_S <= request.busy_s <= spell.elapsed_s
    assert spell.started_at < spell.ended_at


def test_a_thousand_answers_have_a_price(studio, run_id):
    pace = studio.pace(run_id, Price(hour=3600.0, completion=1_000_000.0))
    assert pace.cost.hour == pytest.approx(pace.figures.working_s / 3 * 1000)
    assert pace.cost.completion == pytest.approx(5_000.0), "five tokens an answer at 1 a token"
    assert pace.cost.total == pytest.approx(pace.cost.hour + pace.cost.completion)
    assert studio.pace(run_id).cost is None


def test_what_an_imported_log_does_not_say_is_not_invented(studio, run_id, tmp_path):
    studio.export_log(run_id, tmp_path / "log")
    (imported,) = studio.import_logs([tmp_path / "log"])
    pace = studio.pace(imported.run, Price(hour=250))
    assert pace.untimed == "imported" and pace.timeline is None and pace.findings == ()
    assert pace.figures.per_second is None and pace.figures.tokens_per_second is None
    assert pace.cost.total is None and pace.cost.unknown == ("hour",)


def test_of_a_person_nothing_is_told(studio, task):
    human = finished(studio, "Анна", task, ["кот"] * 100)
    assert studio.pace(human).untimed == "human"


def test_before_the_first_answer_there_is_nothing_to_tell(tmp_path, task):
    go = threading.Event()
    studio = scripted_studio(tmp_path / "slow", lambda asked: go.wait(60) and WORDS, data=tmp_path / "none")
    run_id = studio.start(RunSpec("our/model", (task,)))
    pace = studio.pace(run_id)
    studio.cancel(run_id)
    go.set()
    studio.close()
    assert pace.untimed == "early" and pace.figures.per_second is None and pace.timeline is None


def test_without_a_judge_nobody_is_behind(tmp_path, task):
    studio = scripted_studio(tmp_path / "plain", lambda asked: WORDS, data=tmp_path / "none")
    run_id = studio.wait(studio.start(RunSpec("our/model", (task,), judge="none")), timeout_s=30).id
    pace = studio.pace(run_id)
    studio.close()
    assert not pace.judged and pace.findings == () and pace.figures.judged == 0


def test_it_is_worked_out_again_only_when_something_changed(studio, run_id):
    first = studio.pace(run_id).timeline
    assert studio.pace(run_id).timeline is first
    studio.resume(run_id)
    studio.wait(run_id, timeout_s=30)
    assert studio.pace(run_id).figures.failed == 2


def test_answers_out_of_an_earlier_run_took_no_time(studio, run_id, task):
    """The same questions again: three answers are there, and the one that failed is asked anew."""
    spec = RunSpec("our/model", (task,), reuse=True)
    again = studio.wait(studio.start(spec), timeout_s=30)
    figures = studio.pace(again.id).figures
    assert again.recalled == 3
    assert (figures.answered, figures.recalled, figures.failed, figures.judged) == (0, 3, 1, 0)
    assert figures.per_second is None and figures.latency is None and figures.completion_seen == 0


def test_where_everything_is_out_of_an_earlier_run_nothing_is_measured(tmp_path):
    task = str(write_task(tmp_path / "Whole", GOLDS))
    studio = scripted_studio(tmp_path / "whole", lambda asked: WORDS, data=tmp_path / "none")
    for _ in range(2):
        run_id = studio.wait(studio.start(RunSpec("our/model", (task,), reuse=True)), timeout_s=30).id
    pace = studio.pace(run_id)
    studio.close()
    assert pace.untimed == "recalled" and pace.figures.recalled == len(GOLDS) and pace.timeline is None


def test_an_unknown_run_is_refused(studio):
    with pytest.raises(BadInput):
        studio.pace("r-нет")


def _live(gauge):
    return LiveState(phase="answering", gauge=gauge)
