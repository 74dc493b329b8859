"""What models received of media, out of the notes of their answers; never of a file that changed since."""

import json

import pytest

from components.pages.inspect_card import card_html
from components.widgets.evidence import evidence_html
from studio.core.engine import Settings
from studio.core.errors import BadInput, MediaError
from studio.core.evidence import Evidence
from studio.core.run import Neighbours, RunSpec
from studio.media import load_image
from tests.media.conftest import clip, picture, sound  # noqa: F401  (fixtures)
from tests.people import finished, kept_from
from tests.support import SeeingEngine, scripted_studio, write_media_task, write_task

SETTINGS = Settings(frames=4, image_max_side=50)


@pytest.fixture
def studio(tmp_path):
    studio = scripted_studio(tmp_path / "home", SeeingEngine(lambda asked: "да"), data=tmp_path / "data")
    yield studio
    studio.close()


@pytest.fixture
def task(tmp_path, picture, sound, clip):  # noqa: F811
    media = {
        "image": [picture("large.png", size=(120, 90)), picture("small.png")],
        "audio": [sound("tone.wav", rate=44_100, channels=2)],
        "video": [clip("moves.mp4", frames=50)],
    }
    return write_media_task(tmp_path / "Media", media)


def run_of(studio, task, settings=SETTINGS) -> str:
    run_id = studio.start(RunSpec("our/model", (str(task),), settings=settings))
    assert studio.wait(run_id, timeout_s=60).failed == 0
    return run_id


def of(studio, run: str, number: int) -> Evidence:
    return studio.evidence.of(run, studio.queue(run).rows[number - 1].sample_id, 0)


def test_each_medium_is_shown_in_the_form_that_was_sent(studio, task):
    run = run_of(studio, task)
    large, small, tone, moves = (of(studio, run, number) for number in (1, 2, 3, 4))
    assert (large.form, large.picture.width, large.picture.height) == ("made", 50, 37)
    assert large.native_size == (120, 90)
    assert (small.form, small.picture) == ("same", None)
    assert (tone.sound.rate, tone.sound.channels) == (16_000, 1)
    assert (tone.native_rate, tone.native_channels) == (44_100, 2)
    assert [frame.index for frame in moves.frames] == [0, 16, 33, 49] and moves.frame_size == (50, 37)
    assert not any(each.problem or each.changed or each.blank for each in (large, small, tone, moves))


def test_a_frame_is_opened_whole(studio, task):
    run = run_of(studio, task)
    sample = studio.queue(run).rows[3].sample_id
    frame = studio.evidence.frame(run, sample, 0, 3)
    assert load_image(studio.media_dir / frame.file).image.size == (50, 37)
    with pytest.raises(BadInput, match="evidence_no_frame"):
        studio.evidence.frame(run, sample, 0, 4)


def test_a_run_without_media_received_nothing(studio, task):
    run = run_of(studio, task, Settings(media="none"))
    found = of(studio, run, 1)
    assert (found.form, found.picture) == ("none", None)


def test_an_empty_medium_is_shown_for_what_it_was(studio, task):
    run = run_of(studio, task, Settings(media="null", image_max_side=50, frames=4))
    large, tone = of(studio, run, 1), of(studio, run, 3)
    assert large.blank and tone.blank
    shown = load_image(studio.media_dir / large.picture.file).image
    assert shown.size == (50, 37) and shown.getcolors() == [(50 * 37, (128, 128, 128))]
    assert set(tone.sound.peaks) == {(0, 0)}


def test_a_file_that_changed_is_said_to_have_and_is_not_shown(studio, task, picture):  # noqa: F811
    run = run_of(studio, task)
    picture("other.png", size=(120, 90), color="blue").replace(task / "samples" / "large.png")
    found = of(studio, run, 1)
    assert found.changed.code == found.problem.code == "media_changed" and found.picture is None


def test_what_was_made_before_the_file_changed_is_still_what_the_model_saw(studio, task, picture):  # noqa: F811
    run = run_of(studio, task)
    before = of(studio, run, 1)
    picture("other.png", size=(120, 90), color="blue").replace(task / "samples" / "large.png")
    found = of(studio, run, 1)
    assert found.changed.code == "media_changed" and found.problem is None and found.picture == before.picture


def test_a_frame_of_a_clip_that_is_gone_is_refused(studio, task):
    run = run_of(studio, task)
    (task / "samples" / "moves.mp4").unlink()
    assert of(studio, run, 4).problem.code == "media_missing"
    with pytest.raises(MediaError, match="media_missing"):
        studio.evidence.frame(run, studio.queue(run).rows[3].sample_id, 0, 0)


def test_an_answer_without_a_note_says_that_nothing_is_known(tmp_path, task):
    studio = scripted_studio(tmp_path / "mute", lambda asked: "да", data=tmp_path / "data")
    found = of(studio, run_of(studio, task), 1)
    studio.close()
    assert (found.form, found.problem) == ("unknown", None)


def test_what_would_be_made_otherwise_today_is_not_shown(studio, task, tmp_path):
    run = run_of(studio, task)
    with studio._store.db.write() as db:
        db.execute(
            "UPDATE generations SET media_note = json_set(media_note, '$.image.sent_width', 51)"
            " WHERE media_note ->> '$.image.sent_width' = 50"
        )
    found = of(studio, run, 1)
    assert found.problem.code == "evidence_differs" and found.picture is None


@pytest.mark.parametrize("place", [1, 2**40])
def test_a_medium_that_the_question_has_not_is_refused(studio, task, place):
    run = run_of(studio, task)
    with pytest.raises(BadInput, match="evidence_no_medium"):
        studio.evidence.of(run, studio.queue(run).rows[0].sample_id, place)


@pytest.fixture
def talk(tmp_path):
    """Two dialogues of three turns, a picture each."""
    folder = write_task(tmp_path / "Talk", ["да"] * 6)
    meta = {"dataset_name": "Talk", "dialogue_turns": 3}
    (folder / "dataset_meta.json").write_text(json.dumps(meta), encoding="utf-8")
    return folder


def test_the_turns_that_came_with_a_question_stand_in_their_order_with_what_was_received(tmp_path, talk):
    studio = scripted_studio(tmp_path / "home", SeeingEngine(lambda asked: f"ответ {asked.key}"))
    run = run_of(studio, talk, Settings(history=5, image_max_side=16))
    rows = studio.queue(run).rows
    third, fourth = (studio.card(run, rows[place].sample_id) for place in (2, 3))
    assert [(turn.number, turn.question) for turn in third.earlier] == [
        (1, "Что на картинке номер 0?"),
        (2, "Что на картинке номер 1?"),
    ]
    assert [turn.answer for turn in third.earlier] == [
        studio.card(run, row.sample_id).answer for row in rows[:2]
    ]
    assert fourth.earlier == (), "another dialogue"
    for turn in third.earlier:
        found = studio.evidence.of(run, turn.sample_id, 0)
        assert (len(turn.media), found.form, found.picture.width) == (1, "made", 16)
    who = kept_from(studio, "Вера", "Talk")
    assert [turn.answer for turn in studio.card(run, rows[2].sample_id, who).earlier] == [None, None]
    studio.close()


def test_the_card_shows_earlier_turns_and_escapes_what_a_model_said(tmp_path, talk):
    studio = scripted_studio(tmp_path / "home", SeeingEngine(lambda asked: "<script>x</script>"))
    run = run_of(studio, talk, Settings(history=1))
    second = studio.queue(run).rows[1].sample_id
    html = card_html(studio.card(run, second), Neighbours(1, 6, None, None), "./media/{}".format, "ru")
    assert "модель получила 1\xa0реплику" in html and "Что на картинке номер 0?" in html
    assert "<script>x" not in html and html.count("data-evidence=") == 2
    studio.close()


def test_of_peoples_runs_it_is_told_that_people_had_the_file_itself(studio, task):
    run = finished(studio, "Борис", str(task), ["да"] * 4)
    row = studio.queue(run).rows[0]
    found = studio.evidence.of(run, row.sample_id, 0)
    assert found.form == "people" and found.problem is None
    html = {lang: evidence_html(found, "./media/{}".format, lang) for lang in ("ru", "en")}
    assert "Что видели люди" in html["ru"] and "Отвечали люди" in html["ru"] and "модел" not in html["ru"]
    assert "People answered" in html["en"] and "model" not in html["en"]
