"""Runs over models behind servers, through the studio's door: what is kept, what is not, who may."""

import base64
import io
import json
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from studio.core.engine import Settings as Generation
from studio.core.errors import BadInput, EngineFailed, ModelError, NotAllowed
from studio.core.judge import JudgeCase
from studio.core.run import RunSpec, Viewer
from studio.service import Studio
from studio.settings import Settings
from studio.store import Store
from tests.engines.server_stub import MODELS, Refuse, Stub, serving, text_of, until
from tests.support import RuleJudge, write_task

GOLDS = ["кот", "пёс", "3", "да"]
TWO_MODELS = {"data": [{"id": "one"}, {"id": "two"}]}


@pytest.fixture
def task(tmp_path: Path) -> str:
    return str(write_task(tmp_path / "Animals", GOLDS))


@pytest.fixture
def studio(tmp_path: Path):
    settings = Settings(
        home=tmp_path / "home",
        db=tmp_path / "home" / "studio.sqlite",
        data=tmp_path / "no-demo",
        server_patience_s=0.3,
    )
    opened = Studio(settings, Store(settings.db), judge=lambda name: RuleJudge())
    yield opened
    opened.close()


def right(body) -> str:
    """The gold of whichever question it is."""
    return next(gold for i, gold in enumerate(GOLDS) if f"номер {i}?" in text_of(body))


def finished(studio: Studio, *stubs: Stub, task: str, **asked):
    spec = RunSpec(**{"model": "", "tasks": (task,), "servers": tuple(stub.url for stub in stubs), **asked})
    return studio.wait(studio.start(spec), timeout_s=30)


def test_a_run_over_a_server_is_scored_like_any_other(studio, task):
    with serving(right) as stub:
        run = finished(studio, stub, task=task)
    assert (run.state, run.answered, run.failed, run.model) == ("done", 4, 0, "stub")
    assert run.em.mean == 1.0 and run.js.mean == 1.0
    assert run.resolved["engine"]["engine"] == "server:openai"
    assert studio.run(run.id).spec.servers == (stub.url,)


def test_the_servers_words_are_shown_where_it_refused(studio, task):
    def script(body) -> str:
        if "номер 1?" in text_of(body):
            raise Refuse(400, "too many pictures")
        return right(body)

    with serving(script) as stub:
        run = finished(studio, stub, task=task)
    assert (run.answered, run.failed) == (3, 1)
    (row,) = [row for row in studio.queue(run.id).rows if row.cell == "failed"]
    assert studio.card(run.id, row.sample_id).problem.values["words"] == "too many pictures"


def test_a_run_whose_server_died_goes_on_with_what_is_missing(studio, task):
    first = Stub(lambda body: right(body) if "номер 0?" in text_of(body) else first.close() or "")
    run = finished(studio, first, task=task, settings=Generation(concurrency=1))
    assert run.state == "failed" and run.problem.code == "servers_silent"
    assert (run.answered, run.failed) == (1, 0), "a silent server fails no question"
    with serving(right, port=first.port) as again:
        studio.resume(run.id)
        run = studio.wait(run.id, timeout_s=30)
    assert (run.state, run.answered) == ("done", 4)
    assert len(again.asked) == 3, "what was answered is not asked again"


def test_who_is_silent_is_told_while_the_run_waits_for_it(tmp_path, task):
    settings = Settings(home=tmp_path, db=tmp_path / "x.sqlite", data=tmp_path, server_patience_s=60.0)
    studio = Studio(settings, Store(settings.db), judge=lambda name: RuleJudge())
    first = Stub(lambda body: right(body) if "номер 0?" in text_of(body) else first.close() or "")
    spec = RunSpec("stub", (task,), servers=(first.url,), settings=Generation(concurrency=1))
    run = studio.start(spec)
    until(lambda: studio.live(run).silence.urls == (first.url,))
    assert 0 < studio.live(run).silence.until - time.time() <= 60
    assert studio.live(run, Viewer()).silence.urls == (), "an address is for the owner's eyes"
    with serving(right, port=first.port):
        assert studio.wait(run, timeout_s=30).answered == 4
    assert studio.live(run).silence.urls == ()
    studio.close()


def test_a_dead_server_beside_a_live_one_is_still_named_when_the_run_is_over(studio, task):
    dead = Stub(right)
    with serving(right) as live:
        spec = RunSpec("stub", (task,), servers=(dead.url, live.url), settings=Generation(concurrency=1))
        dead.close()
        run = studio.wait(studio.start(spec), timeout_s=30)
        assert run.answered == 4
        assert studio.silence(run.id).urls == (dead.url,)


def test_a_studio_that_closes_while_a_judge_is_asked_blames_no_judge(tmp_path, task, caplog):
    """Its connections are closed under it: that is no failure of the judge's, and no traceback."""
    asked = threading.Event()

    class Interrupted(RuleJudge):
        def verdicts(self, cases):
            asked.set()
            until(lambda: studio._scorer._closed)
            raise RuntimeError("cannot schedule new futures after shutdown")

    settings = Settings(home=tmp_path, db=tmp_path / "x.sqlite", data=tmp_path)
    studio = Studio(settings, Store(settings.db), judge=lambda name: Interrupted())
    with serving(right) as model:
        run = studio.start(RunSpec("stub", (task,), servers=(model.url,)))
        assert asked.wait(30)
        studio.close()
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
    again = Store(settings.db)
    assert again.db.scalar("SELECT COUNT(*) FROM scores WHERE scorer = 'js'") == 0, "they wait for a resume"
    assert run and again.close() is None


def test_a_judge_whose_server_falls_silent_is_named_while_it_is_waited_for(tmp_path, task):
    settings = Settings(home=tmp_path, db=tmp_path / "x.sqlite", data=tmp_path, server_patience_s=60.0)
    studio = Studio(settings, Store(settings.db))
    judge = Stub(lambda body: judge.close() or "")
    with serving(right) as model:
        run = studio.start(RunSpec("stub", (task,), servers=(model.url,), judge=f"llm:{judge.url}#stub"))
        until(lambda: studio.live(run).judge_silence.urls == (judge.url,))
        assert studio.live(run).silence.urls == (), "the model answers"
        assert studio.live(run, Viewer()).judge_silence.urls == (), "an address is for the owner's eyes"
        with serving(lambda body: json.dumps({"verdict": "верно", "reason": "да"}), port=judge.port):
            found = studio.wait(run, timeout_s=30)
    assert (found.state, found.js.scored) == ("done", 4)
    assert studio.live(run).judge_silence.urls == ()
    studio.close()


def test_a_server_that_has_no_time_is_told_of_until_it_has(tmp_path, task):
    settings = Settings(home=tmp_path, db=tmp_path / "x.sqlite", data=tmp_path, server_patience_s=60.0)
    studio = Studio(settings, Store(settings.db), judge=lambda name: RuleJudge())
    full = threading.Event()
    full.set()

    def script(body) -> str:
        if full.is_set():
            raise Refuse(503, "no time", {"Retry-After": "0.05"})
        return right(body)

    with serving(script) as stub:
        began = time.time()
        run = studio.start(RunSpec("stub", (task,), servers=(stub.url,)))
        until(lambda: studio.live(run).silence.busy != ())
        ((url, since),) = studio.live(run).silence.busy
        assert url == stub.url and began <= since <= time.time()
        assert studio.live(run, Viewer()).silence.busy == ()
        full.clear()
        assert studio.wait(run, timeout_s=30).answered == 4
    assert studio.live(run).silence.busy == ()
    studio.close()


def test_a_key_is_sent_and_kept_nowhere(studio, task, monkeypatch):
    monkeypatch.setenv("STUB_KEY", "s3cr3t-of-the-server")
    with serving(right) as stub:
        run = finished(studio, stub, task=task, key_env="STUB_KEY")
        assert stub.headers["authorization"] == "Bearer s3cr3t-of-the-server"
    target = studio.export(run.id, studio.settings.home / "out.sqlite")
    for file in (*studio.settings.home.glob("*.sqlite*"), target):
        assert b"s3cr3t" not in file.read_bytes()
    assert json.loads(json.dumps(studio.run(run.id).spec.to_json()))["key_env"] == "STUB_KEY"


def test_an_exported_run_does_not_tell_where_the_servers_stand(studio, task):
    def script(body) -> str:
        if "номер 1?" in text_of(body):
            raise Refuse(400, "too many pictures")
        return right(body)

    with serving(script) as stub:
        run = finished(studio, stub, task=task, judge=f"llm:{stub.url}#stub")
    target = studio.export(run.id, studio.settings.home / "out.sqlite")
    assert f":{stub.port}".encode() not in target.read_bytes()
    assert b"too many pictures" in target.read_bytes() and b"llm:#stub" in target.read_bytes()


def test_what_cannot_be_is_refused_before_a_run_is_made(studio, task, monkeypatch):
    monkeypatch.delenv("NOT_SET", raising=False)
    with serving(right, TWO_MODELS) as stub:
        for asked, code in (
            ({}, "server_model_unnamed"),
            ({"model": "embedded"}, "server_embedded"),
            ({"model": "one", "key_env": "NOT_SET"}, "server_key_missing"),
            ({"model": "one", "revision": "main"}, "revision_of_server"),
            ({"model": "one", "settings": Generation(concurrency=0)}, "out_of_bounds"),
            ({"model": "one", "settings": Generation(load="telepathy")}, "unknown_load"),
        ):
            with pytest.raises(BadInput) as raised:
                finished(studio, stub, task=task, **asked)
            assert raised.value.problem.code == code
    assert studio.runs() == []


def test_a_model_that_a_server_does_not_list_is_refused_with_those_that_it_does(studio, task):
    with serving(right, TWO_MODELS) as one, serving(right, MODELS) as other:
        for stubs, model in (((one,), "three"), ((one, other), "one")):
            with pytest.raises(ModelError) as raised:
                finished(studio, *stubs, task=task, model=model)
            assert raised.value.problem.code == "server_no_such_model"
        assert (raised.value.problem.values["url"], raised.value.problem.values["offered"]) == (
            other.url,
            "stub",
        )
    assert studio.runs() == []


def test_a_server_that_lists_nothing_is_asked_for_any_model(studio, task):
    with serving(right, {"data": []}) as stub:
        assert finished(studio, stub, task=task, model="three").answered == 4


def test_a_silent_server_refuses_no_name_and_the_run_tells_of_it_once_it_answers(studio, task):
    gone = Stub(right, TWO_MODELS)
    gone.close()
    run = finished(studio, gone, task=task, model="three")
    assert (run.state, run.problem.code) == ("failed", "server_silent")
    with serving(right, TWO_MODELS, port=gone.port):
        studio.resume(run.id)
        run = studio.wait(run.id, timeout_s=30)
    assert run.state == "failed" and run.problem.values["offered"] == "one, two"


def test_a_silent_judge_is_waited_for_as_long_as_a_silent_model(studio):
    stub = Stub(lambda body: '{"reason": "Да.", "verdict": "верно"}')
    opened = Studio(studio.settings, Store(studio.settings.db))
    case = JudgeCase("Кто?", "кот", "кот")
    assert opened.judge_pairs([case], f"llm:{stub.url}")[1][0].label == 1
    stub.close()
    with pytest.raises(EngineFailed) as raised:
        opened.judge_pairs([replace(case, prediction="пёс")], f"llm:{stub.url}")
    assert raised.value.problem.code == "servers_silent"
    opened.close()


def test_the_models_of_servers_can_be_listed(studio):
    with serving(right, TWO_MODELS) as one, serving(right, MODELS) as other:
        assert studio.server_models((one.url, other.url)) == {one.url: ["one", "two"], other.url: ["stub"]}
    with pytest.raises(ModelError):
        studio.server_models((one.url,))


def test_a_visitor_calls_no_server(studio, task):
    visitor = Viewer()
    with serving(right) as stub:
        with pytest.raises(NotAllowed):
            studio.server_models((stub.url,), viewer=visitor)
        with pytest.raises(NotAllowed):
            studio.start(RunSpec("embedded", (task,), servers=(stub.url,)), visitor)
        assert stub.asked == []


def test_media_are_not_sent_over_the_wire_or_are_empty_where_the_run_says_so(studio, task):
    with serving(right) as stub:
        base = finished(studio, stub, task=task)
        for media, n in (("none", 0), ("null", 4)):
            stub.asked.clear()
            run = studio.wait(studio.start_blind(base.id, media), timeout_s=30)
            assert (run.answered, run.failed) == (4, 0)
            parts = [
                part for body in stub.asked for part in body["messages"][-1]["content"] if part != "text"
            ]
            urls = [
                part["image_url"]["url"] for part in parts if isinstance(part, dict) and "image_url" in part
            ]
            assert len(urls) == n and "<image>" not in json.dumps(stub.asked)
            for url in urls:
                image = Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))).convert("RGB")
                assert image.size == (32, 32) and image.getextrema() == ((128, 128),) * 3
            assert studio.trial(run.id).total.full.scored == 4
        again = studio.start_pair(RunSpec("", (task,), servers=(stub.url,)), "none")
        assert again[0] == base.id and len(studio.runs()) == 3
