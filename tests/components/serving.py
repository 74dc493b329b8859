"""A studio on a port of its own, and the questions that a page's script puts to it."""

import json
import math
import socket
import struct
import wave
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from PIL import Image

from components.shell import build_app, launch_settings
from studio.service import Studio


@contextmanager
def serving(studio: Studio, port: int | None = None) -> Iterator[str]:
    """The whole app over `studio`; gives its address, with a slash at the end."""
    demo = build_app(studio)
    try:
        demo.launch(
            server_name="127.0.0.1",
            server_port=port or free_port(),
            prevent_thread_lock=True,
            quiet=True,
            **launch_settings(studio),
        )
        yield str(demo.local_url)
    finally:
        demo.close()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Script:
    """What a page's script does, without a browser: `server.<function>(data)` is one HTTP request."""

    def __init__(self, url: str, function: str) -> None:
        """`function` names one that the page's component serves."""
        self.client = httpx.Client(base_url=url, timeout=30)
        components = self.client.get("config").json()["components"]
        self.component = next(
            component["id"]
            for component in components
            if function in component["props"].get("server_fns", ())
        )

    def ask(
        self, function: str, data: Any = None, cookies: Mapping[str, str] | None = None
    ) -> httpx.Response:
        body = {"component_id": self.component, "fn_name": function, "session_hash": "s", "data": data or {}}
        cookie = "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())
        headers = {"cookie": cookie} if cookie else {}
        return self.client.post("gradio_api/component_server/", json=body, headers=headers)

    def told(
        self, function: str, data: Any = None, cookies: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        response = self.ask(function, data, cookies)
        response.raise_for_status()
        return dict(response.json())

    def close(self) -> None:
        self.client.close()


def write_letter_task(folder: Path, golds: list[str], options: Mapping[str, str]) -> Path:
    """A task of letters: one picture a record, the same options everywhere."""
    (folder / "samples").mkdir(parents=True)
    records = []
    for number, gold in enumerate(golds):
        file = f"samples/{number:04}.png"
        Image.new("RGB", (64, 48), (number * 53 % 256, 90, 140)).save(folder / file)
        inputs = {"image": file, "question": f"Что изображено под номером {number}?"}
        inputs |= {f"option_{letter.lower()}": text for letter, text in options.items()}
        lines = "\n".join(f"{letter}. {{option_{letter.lower()}}}" for letter in options)
        instruction = f"Картинка: <image>\n{{question}}\n{lines}\nОТВЕТ:"
        records.append(
            {"instruction": instruction, "inputs": inputs, "outputs": gold, "meta": {"id": number}}
        )
    (folder / "test.json").write_text(json.dumps({"data": records}, ensure_ascii=False), encoding="utf-8")
    return folder


def write_sound_task(folder: Path, n: int) -> Path:
    """A task of letters with one short tone a record."""
    (folder / "samples").mkdir(parents=True)
    records = []
    for number in range(n):
        file = f"samples/{number:04}.wav"
        _write_tone(folder / file, 440 + 110 * number)
        inputs = {"audio": file, "question": "Какой тон?", "option_a": "низкий", "option_b": "высокий"}
        instruction = "Звук: <audio>\n{question}\nA. {option_a}\nB. {option_b}\nОТВЕТ:"
        records.append({"instruction": instruction, "inputs": inputs, "outputs": "A", "meta": {"id": number}})
    (folder / "test.json").write_text(json.dumps({"data": records}, ensure_ascii=False), encoding="utf-8")
    return folder


INTENTS = """Список доступных намерений с соответствующими слотами в формате намерение: [список слотов].
BookRestaurant: [cuisine, datetime, location, restaurant_name]
RateBook: [best_rating, object_name, rating_unit, rating_value]
PlayMusic: [album, artist, datetime, genre, track]
weather/find: [condition_description, datetime, location]
alarm/set_alarm: [datetime, recurring_datetime]
alarm/time_left_on_alarm: []

Ответ должен быть в формате валидного json, по схеме: {"intent": "выбранный из списка intent", "slots": [{"тип слота":
"значение слота"}, {"тип слота": "значение слота"}]}. Выведи только валидный JSON."""


def write_command_task(folder: Path, golds: list[dict[str, Any]]) -> Path:
    """A task of spoken commands as RuSLUn has them: the answer is a frame of an intent with its slots."""
    (folder / "samples").mkdir(parents=True)
    records = []
    for number, gold in enumerate(golds):
        file = f"samples/{number:04}.wav"
        _write_tone(folder / file, 330 + 110 * number)
        question = "Внимательно послушай аудио, выбери намерение (intent) и выдели слоты (slots)."
        records.append(
            {
                "instruction": "Аудиофайл: <audio>\nВопрос:\n{question}\n\n{annotation}",
                "inputs": {"audio": file, "question": question, "annotation": INTENTS},
                "outputs": json.dumps(gold, ensure_ascii=False),
                "meta": {"id": number},
            }
        )
    (folder / "test.json").write_text(json.dumps({"data": records}, ensure_ascii=False), encoding="utf-8")
    return folder


def _write_tone(file: Path, hertz: int) -> None:
    with wave.open(str(file), "wb") as sound:
        sound.setparams((1, 2, 16_000, 0, "NONE", ""))
        tone = (int(9_000 * math.sin(i * hertz * math.tau / 16_000)) for i in range(32_000))
        sound.writeframes(b"".join(struct.pack("<h", value) for value in tone))


def write_mixed_task(folder: Path) -> Path:
    """A question of each kind that people are asked: options, a word, a number, a command, two sounds, a clip."""
    samples = folder / "samples"
    samples.mkdir(parents=True)
    Image.new("RGB", (64, 48), (200, 90, 140)).save(samples / "a.png")
    _write_tone(samples / "a.wav", 440)
    _write_tone(samples / "b.wav", 550)
    clip = next((Path(__file__).parents[2] / "data" / "demo" / "ruDemoMotion" / "samples").glob("*.mp4"))
    (samples / "a.mp4").write_bytes(clip.read_bytes())
    picture, sound, video = {"image": "samples/a.png"}, {"audio": "samples/a.wav"}, {"video": "samples/a.mp4"}
    two = {"audio_1": "samples/a.wav", "audio_2": "samples/b.wav"}
    options = {"option_a": "дом", "option_b": "лес"}
    lines = "A. {option_a}\nB. {option_b}\nОТВЕТ:"
    asked: list[tuple[dict[str, str], str, str]] = [
        ({**picture, **options, "question": "Что на картинке?"}, f"<image>\n{{question}}\n{lines}", "A"),
        ({**picture, "question": "Кто на картинке?", "context": "Снято летом."},
         "<image>\n{context}\n{question}\nОдно слово.", "кот"),
        ({**picture, "question": "Сколько будет дважды два?", "annotation": "В ответе напишите только число."},
         "<image>\n{question}\n{annotation}", "4"),
        ({**sound, "question": "Выбери намерение.", "annotation": INTENTS}, "<audio>\n{question}\n{annotation}",
         '{"intent": "PlayMusic", "slots": []}'),
        ({**two, **options, "question": "Где тише?"}, f"<audio_1> <audio_2>\n{{question}}\n{lines}", "B"),
        ({**video, "question": "Что движется?"}, "<video>\n{question}\nОдно слово.", "круг"),
    ]  # fmt: skip
    records = [
        {"instruction": instruction, "inputs": inputs, "outputs": gold, "meta": {"id": number}}
        for number, (inputs, instruction, gold) in enumerate(asked)
    ]
    (folder / "dataset_meta.json").write_text('{"answer_type": "short"}', encoding="utf-8")
    (folder / "test.json").write_text(json.dumps({"data": records}, ensure_ascii=False), encoding="utf-8")
    return folder
