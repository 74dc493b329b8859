"""What reaches the model under `media: sent | none | null`: of every kind, of dialogues, of text-only models."""

import json

import pytest
from PIL import Image

from studio.core.content import MODALITIES, Media, media_of, text_of
from studio.core.engine import Capabilities, Settings
from studio.core.errors import BadInput
from studio.core.run import RunSpec
from studio.engines.scripted import ScriptedEngine
from studio.media import load_image
from tests.support import scripted_studio, write_task

NOTHING = Capabilities(frozenset(), history=True)


class Listening(ScriptedEngine):
    """Says «да» and keeps what it was asked."""

    def __init__(self, **options):
        self.requests = []
        super().__init__(self._hear, **options)

    def _hear(self, request):
        self.requests.append(request)
        return "да"


def ran(studio, folder, media, **settings):
    spec = RunSpec("our/model", (str(folder),), settings=Settings(media=media, **settings))
    return studio.wait(studio.start(spec), timeout_s=30)


@pytest.fixture
def things(tmp_path):
    return write_task(tmp_path / "Things", ["да", "нет", "да"])


def test_none_sends_no_medium_and_no_placeholder(tmp_path, things):
    engine = Listening(capabilities=NOTHING)
    studio = scripted_studio(tmp_path, engine)
    run = ran(studio, things, "none")
    assert (run.state, run.answered, run.failed) == ("done", 3, 0)
    for request in engine.requests:
        assert not media_of(request.message)
        assert text_of(request.message).startswith("Вопрос: Что на картинке номер ")
        assert "<" not in text_of(request.message) and "Посмотрите" not in text_of(request.message)
    card = studio.card(run.id, studio.queue(run.id).rows[0].sample_id)
    assert card.media_note == {"media": "none"}
    assert card.prompt == text_of(engine.requests[0].message)
    assert len(card.media) == 1  # the person who looks at it still sees the picture
    studio.close()


def test_null_sends_an_empty_medium_of_the_same_form(tmp_path, things):
    engine = Listening()
    studio = scripted_studio(tmp_path, engine)
    run = ran(studio, things, "null")
    assert (run.state, run.answered) == ("done", 3)
    for request in engine.requests:
        (medium,) = media_of(request.message)
        assert load_image(medium.path).image.getextrema() == ((128, 128),) * 3
        assert load_image(medium.path).image.size == (32, 32)
        assert "<image>" in text_of(request.message)
    card = studio.card(run.id, studio.queue(run.id).rows[0].sample_id)
    assert card.media_note["media"] == "null"
    assert "<image>" in card.prompt
    studio.close()


def test_sent_changes_nothing_and_notes_nothing(tmp_path, things):
    engine = Listening()
    studio = scripted_studio(tmp_path, engine)
    run = ran(studio, things, "sent")
    assert [media_of(request.message)[0].path.parent for request in engine.requests] == [
        things / "samples"
    ] * 3
    assert studio.card(run.id, studio.queue(run.id).rows[0].sample_id).media_note == {}
    studio.close()


def test_a_model_that_takes_nothing_is_refused_unless_nothing_is_sent(tmp_path, things):
    studio = scripted_studio(tmp_path, Listening(capabilities=NOTHING))
    assert ran(studio, things, "null").failed == 3
    assert ran(studio, things, "none").failed == 0
    studio.close()


@pytest.mark.parametrize("media", ["none", "null"])
def test_earlier_turns_of_a_dialogue_are_treated_alike(tmp_path, media):
    folder = write_task(tmp_path / "Talk", ["0", "1", "2", "3"])
    (folder / "dataset_meta.json").write_text(json.dumps({"dataset_name": "Talk", "dialogue_turns": 4}))
    engine = Listening()
    studio = scripted_studio(tmp_path, engine)
    ran(studio, folder, media, history=3)
    turns = [turn.message for request in engine.requests for turn in request.history]
    assert len(turns) == 0 + 1 + 2 + 3
    found = [medium for message in turns for medium in media_of(message)]
    assert len(found) == (0 if media == "none" else len(turns))
    assert all(medium.path.parent == studio.settings.blanks for medium in found)
    studio.close()


def several(tmp_path):
    """Two pictures in one question; of the second record the second picture is absent."""
    folder = tmp_path / "Pairs"
    (folder / "samples").mkdir(parents=True)
    for name, size in (("a.png", (20, 10)), ("b.png", (30, 40))):
        Image.new("RGB", size, "red").save(folder / "samples" / name)
    records = [
        {
            "instruction": "Первое: <image_1>\nВторое: <image_2>\nВопрос: {question}",
            "inputs": {"image_1": "samples/a.png", "image_2": second, "question": "Одинаковы?"},
            "outputs": "нет",
            "meta": {"id": number},
        }
        for number, second in ((1, "samples/b.png"), (2, None))
    ]
    (folder / "test.json").write_text(json.dumps({"access": "public", "data": records}, ensure_ascii=False))
    return folder


def test_each_of_several_media_is_emptied_by_its_own_form(tmp_path):
    engine = Listening()
    studio = scripted_studio(tmp_path, engine)
    ran(studio, several(tmp_path), "null")
    sizes = [[load_image(m.path).image.size for m in media_of(r.message)] for r in engine.requests]
    assert sizes == [[(20, 10), (30, 40)], [(20, 10)]]
    studio.close()


def test_a_record_that_lacks_a_medium_is_asked_without_any(tmp_path):
    engine = Listening(capabilities=NOTHING)
    studio = scripted_studio(tmp_path, engine)
    ran(studio, several(tmp_path), "none")
    assert [text_of(request.message) for request in engine.requests] == ["Вопрос: Одинаковы?"] * 2
    studio.close()


def test_a_question_that_is_nothing_but_media_fails_with_its_reason(tmp_path):
    folder = several(tmp_path)
    data = json.loads((folder / "test.json").read_text())
    data["data"][0]["instruction"] = "<image_1>\n<image_2>"
    (folder / "test.json").write_text(json.dumps(data))
    studio = scripted_studio(tmp_path, Listening())
    run = ran(studio, folder, "none")
    assert (run.answered, run.failed) == (1, 1)
    card = studio.card(run.id, studio.queue(run.id).rows[0].sample_id)
    assert card.problem.code == "nothing_but_media"
    studio.close()


def test_an_empty_medium_cannot_be_made_of_a_file_that_is_gone(tmp_path, things):
    engine = Listening()
    studio = scripted_studio(tmp_path, engine)
    (run_id,) = [studio.start(RunSpec("our/model", (str(things),), limit=1))]
    studio.wait(run_id, timeout_s=30)
    media = Media("image", "image", things / "samples" / "0000.png")
    media.path.unlink()
    run = ran(studio, things, "null")
    assert (run.answered, run.failed) == (2, 1)
    studio.close()


def test_an_unknown_way_is_refused_before_anything_is_written(tmp_path, things):
    studio = scripted_studio(tmp_path, Listening())
    with pytest.raises(BadInput, match="unknown_media_use"):
        ran(studio, things, "blurred")
    assert studio.runs() == []
    studio.close()


def test_a_run_of_before_the_setting_was_shown_its_media():
    spec = RunSpec("our/model", ("demo",)).to_json()
    del spec["settings"]["media"]
    assert RunSpec.from_json(spec).settings.media == "sent"
    assert set(MODALITIES) == {"image", "audio", "video"}
