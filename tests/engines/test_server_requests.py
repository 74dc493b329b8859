"""Models behind OpenAI-compatible servers: what is sent to them."""

import base64
import io
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from studio.core.content import Text
from studio.core.engine import Settings, Turn
from studio.core.errors import Problem
from studio.engines.server_messages import Writer
from studio.media import load_frames
from studio.servers import VLLM
from tests.engines.server_asking import QUICK, answers, echo, only, parts, said, texts
from tests.engines.server_stub import Refuse, serving


def data_of(url: str) -> bytes:
    return base64.b64decode(url.partition(",")[2])


def test_every_question_is_answered_once_and_many_are_under_way(connect) -> None:
    gate = threading.Barrier(4, timeout=20)  # opens when four requests are there at once
    with serving(lambda body: f"{gate.wait()} {echo(body)}") as stub:
        found = answers(connect(stub), texts(40))
    assert {key: said(answer).split(" ", 1)[1] for key, answer in found.items()} == {
        i: f"ответ на вопрос {i}" for i in range(40)
    }
    assert stub.most_together == 4


def test_a_server_is_told_how_to_generate(connect) -> None:
    settings = Settings(max_new_tokens=9, temperature=0.5, top_p=0.9, seed=7, stop=("\n\n",))
    with serving(echo) as stub:
        answers(connect(stub), texts(1), settings)
    body = stub.asked[0]
    told = {name: body[name] for name in body if name not in {"messages", "model"}}
    assert body["model"] == "stub"
    assert told == {
        "max_completion_tokens": 9, "temperature": 0.5, "top_p": 0.9, "seed": 7, "stop": ["\n\n"],
    }  # fmt: skip


def test_a_large_question_arrives_whole(connect, ask) -> None:
    long = "Что здесь?\n" * 300_000
    with serving(lambda body: "да") as stub:
        followed: list[str] = []
        requests = [ask(0, long), ask(1, long)]
        found = dict(connect(stub).generate(requests, QUICK, on_text=lambda key, text: followed.append(text)))
    assert len(found) == 2 and followed, "one is sent whole, the other asked for piece by piece"
    assert all(body["messages"][0]["content"] == long for body in stub.asked)
    assert int(stub.headers["Content-Length"]) > len(long) and "Transfer-Encoding" not in stub.headers


def test_text_and_media_go_in_the_order_of_the_question(connect, ask, media) -> None:
    with serving(echo) as stub:
        answers(connect(stub), [ask(0, "До ", "picture_0.png", " между ", "sound_0.wav", " после")])
    assert [part["type"] for part in parts(stub)] == ["text", "image_url", "text", "input_audio", "text"]
    picture = parts(stub)[1]["image_url"]["url"]
    assert picture.startswith("data:image/png;base64,")
    assert data_of(picture) == (media / "picture_0.png").read_bytes(), "a plain picture is not encoded again"
    sound = parts(stub)[3]["input_audio"]
    assert sound["format"] == "wav" and base64.b64decode(sound["data"])[:4] == b"RIFF"


def test_a_clip_is_sent_as_pictures_to_a_server_that_is_not_known_to_take_clips(connect, ask) -> None:
    with serving(echo) as stub:
        found = answers(connect(stub), [ask(0, "clip_0.mp4", "Что?")], replace(QUICK, frames=3))
    assert [part["type"] for part in parts(stub)] == ["image_url"] * 3 + ["text"]
    assert only(found).media_note["video_0"]["sent_as"] == "images"


def test_vllm_gets_the_very_frames_and_is_told_when_they_were(connect, ask) -> None:
    vllm = {"data": [{"id": "stub", "owned_by": "vllm"}]}
    with serving(echo, vllm) as stub:
        found = answers(connect(stub), [ask(0, "clip_0.mp4", "Что?")], replace(QUICK, frames=3))
    url = parts(stub)[0]["video_url"]["url"]
    frames = [Image.open(io.BytesIO(base64.b64decode(one))) for one in url.partition(",")[2].split(",")]
    note = only(found).media_note["video_0"]
    told = stub.asked[-1]["media_io_kwargs"]["video"]
    assert url.startswith("data:video/jpeg;base64,") and len(frames) == 3
    assert told["frames_indices"] == note["indices"] and told["total_num_frames"] == note["frames"]
    assert told["num_frames"] == 3 and note["sent_as"] == "frames"


@pytest.mark.parametrize(("near", "format"), [(True, "BMP"), (False, "PNG")])
def test_frames_lose_nothing_and_are_packed_only_for_a_server_far_away(
    near, format, ask, media, tmp_path
) -> None:
    writer = Writer("stub", replace(VLLM, told_frames=True), tmp_path, near=near)
    body = writer.write(ask(0, "clip_0.mp4", "Что?"), replace(QUICK, frames=3)).body
    (part, _) = body["messages"][0]["content"]
    sent = part["video_url"]["url"].partition(",")[2].split(",")
    pictures = [Image.open(io.BytesIO(base64.b64decode(one))) for one in sent]
    frames, _ = load_frames(media / "clip_0.mp4", 3)
    assert [picture.format for picture in pictures] == [format] * 3
    assert [picture.tobytes() for picture in pictures] == [frame.tobytes() for frame in frames]


def test_a_second_clip_in_the_dialogue_is_not_given_the_first_ones_times(connect, ask) -> None:
    vllm = {"data": [{"id": "stub", "owned_by": "vllm"}]}
    earlier = Turn(ask(1, "clip_1.mp4", "А здесь?").message, "Круг.")
    with serving(echo, vllm) as stub:
        answers(
            connect(stub),
            [replace(ask(0, "clip_0.mp4", "Что?"), history=(earlier,))],
            replace(QUICK, frames=3),
        )
    sent = [m["content"][0]["video_url"]["url"] for m in stub.asked[-1]["messages"] if m["role"] == "user"]
    assert [url.partition(";")[0] for url in sent] == ["data:video/mp4"] * 2
    assert "media_io_kwargs" not in stub.asked[-1]


def test_vllm_that_lets_nobody_choose_frames_gets_the_clip_itself(connect, ask, media) -> None:
    def script(body: dict[str, Any]) -> str:
        if "media_io_kwargs" in body:
            raise Refuse(400, "Per-request media_io_kwargs are disabled by default")
        return "да"

    with serving(script, {"data": [{"id": "stub", "owned_by": "vllm"}]}) as stub:
        found = answers(connect(stub), [ask(0, "clip_0.mp4", "Что?")])
    assert data_of(parts(stub)[0]["video_url"]["url"]) == (media / "clip_0.mp4").read_bytes()
    assert only(found).media_note["video_0"]["sent_as"] == "clip"


def test_earlier_turns_are_sent_as_a_dialogue(connect, ask) -> None:
    request = replace(ask(0, "А теперь?"), history=(Turn((Text("Что раньше?"),), "Раньше было утро."),))
    with serving(echo) as stub:
        answers(connect(stub), [request])
    assert [(m["role"], m["content"]) for m in stub.asked[-1]["messages"]] == [
        ("user", "Что раньше?"), ("assistant", "Раньше было утро."), ("user", "А теперь?"),
    ]  # fmt: skip


def test_media_can_be_handed_over_as_files_named_by_their_content(connect, ask, media, tmp_path) -> None:
    with serving(echo) as stub:
        answers(connect(stub), [ask(0, "picture_0.png", "Что?")], replace(QUICK, load="files"))
    url = parts(stub)[0]["image_url"]["url"]
    file = Path(url.removeprefix("file://"))
    assert file.parent == tmp_path / "files" / "images" and file.name.startswith("image-")
    assert file.read_bytes() == (media / "picture_0.png").read_bytes()


def test_a_medium_that_cannot_be_read_fails_alone(connect, ask, media) -> None:
    (media / "picture_broken.png").write_bytes(b"\x89PNG\r\n\x1a\n and then nothing")
    with serving(echo) as stub:
        found = answers(connect(stub), [ask(0, "picture_broken.png", "Что?"), ask(1, "Сколько?")])
    assert isinstance(found[0], Problem) and found[0].code == "media_broken"
    assert said(found[1]) == "ответ на Сколько?"


def test_the_key_is_sent_and_nothing_of_another_account(connect, monkeypatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "somebody else's")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-else")
    with serving(echo) as stub:
        answers(connect(stub, key="secret"), texts(1))
        assert stub.headers["Authorization"] == "Bearer secret"
        answers(connect(stub), texts(1))
        assert stub.headers["Authorization"] == "Bearer EMPTY"
    assert "OpenAI-Organization" not in stub.headers
