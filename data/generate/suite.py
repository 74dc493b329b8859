"""Write the demo suite: six task folders in MERA's record format with their media.

python -m data.generate [FOLDER]
"""

from __future__ import annotations

import json
import wave
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from data.generate import draw, sounds
from data.generate.clips import FPS, FRAMES, Clip
from data.generate.metadata import dataset_meta, readme
from data.generate.pictures import Picture
from data.generate.plan import Item, plan
from data.generate.sounds import Recording
from data.generate.wordings import DEMO_TASKS, DemoTask
from studio.prompts import build_instruction

PICTURE_SIDE = 448
CLIP_SIDE = 256
SUFFIX = {"image": "png", "audio": "wav", "video": "mp4"}


def write_suite(folder: Path) -> None:
    """Write all six tasks under `folder`; files that are there already are replaced."""
    items = plan()
    for task in DEMO_TASKS:
        write_task(folder / task.name, task, [item for item in items if item.task is task])


def write_task(folder: Path, task: DemoTask, items: Sequence[Item]) -> None:
    """Write one task folder: records, metadata, README and media."""
    (folder / "samples").mkdir(parents=True, exist_ok=True)
    write_texts(folder, task, items)
    for item in items:
        write_media(item.scene, folder / media_name(item))


def write_texts(folder: Path, task: DemoTask, items: Sequence[Item]) -> None:
    """Write the records, the metadata and the README of one task."""
    records = {item.id: record(item) for item in items}
    shots = [records[i.id] for i in items if i.split == "shots"]
    test = [records[i.id] for i in items if i.split == "test"]
    _write_json(folder / "shots.json", {"data": shots})
    _write_json(folder / "test.json", {"access": "public", "data": test})
    _write_json(folder / "dataset_meta.json", dataset_meta(task, shots[0], len(test)))
    (folder / "README.md").write_text(readme(task, test[0], len(test), len(shots)), encoding="utf-8")


def media_name(item: Item) -> str:
    """`samples/image0007.png`: the number is the record's, and says nothing of the answer."""
    return f"samples/{item.task.modality}{item.id:04d}.{SUFFIX[item.task.modality]}"


def record(item: Item) -> dict[str, Any]:
    """One record: instruction template, inputs by slot, gold, meta."""
    question, modality = item.question, item.task.modality
    options = {f"option_{'abcd'[i]}": text for i, text in enumerate(question.options)}
    instruction = build_instruction(
        item.prompt_id, item.task.wording, tuple(options), answer_kind=question.answer_kind
    )
    return {
        "instruction": instruction,
        "inputs": {modality: media_name(item), "question": question.text, **options},
        "outputs": question.answer,
        "meta": {
            "id": item.id,
            "prompt_id": item.prompt_id,
            "categories": {"question_type": question.kind},
            modality: {"synt_source": ["data.generate"], "source": [], "type": ["generated"]},
        },
    }


def write_media(scene: Picture | Recording | Clip, path: Path) -> None:
    """Write a picture as PNG, a recording as 16-bit mono WAV, a clip as H.264."""
    if isinstance(scene, Picture):
        _write_png(scene, path)
    elif isinstance(scene, Recording):
        _write_wav(sounds.render(scene), path)
    else:
        _write_mp4(scene, path)


def _write_png(picture: Picture, path: Path) -> None:
    """256 colours are enough for flat figures on a gradient, and more than halve the file."""
    drawn = draw.draw(picture, PICTURE_SIDE)
    drawn.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


def _write_wav(samples: np.ndarray, path: Path) -> None:
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(sounds.RATE)
        out.writeframes(np.round(samples * 32767).astype("<i2").tobytes())


def _write_mp4(clip: Clip, path: Path) -> None:
    """H.264 in yuv420p, one thread and bit-exact flags: the same clip gives the same bytes."""
    import av

    options = {"crf": "20", "preset": "medium", "threads": "1", "tune": "animation"}
    with av.open(str(path), "w", options={"movflags": "+faststart", "fflags": "+bitexact"}) as out:
        stream = out.add_stream("libx264", rate=FPS, options=options)
        stream.width = stream.height = CLIP_SIDE
        stream.pix_fmt = "yuv420p"
        stream.codec_context.thread_count = 1
        blank = draw.backdrop(clip.at(0), 2 * CLIP_SIDE)
        for i in range(FRAMES):
            canvas = blank.copy()
            draw.paint(canvas, clip.at(i / (FRAMES - 1)).figures)
            out.mux(stream.encode(av.VideoFrame.from_image(canvas.reduce(2))))
        out.mux(stream.encode())


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
