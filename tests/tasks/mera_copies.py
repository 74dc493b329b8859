"""Small copies of MERA Multi's 18 datasets with the hub's own features: the union of all fields, media as bytes.

What a dataset holds is written down here from the published description, not taken from the studio's cards.
"""

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from studio.core.suite import PromptVariant
from studio.prompts import TaskWording, configurations
from studio.prompts.assembly import word_blocks

ROOT = Path(__file__).parent.parent.parent
N = 3  # records of a split
IMAGE_META = "image.source[] image.type[] image.content[] image.context[]"
VIDEO_META = "categories.category video.type[] video.context[] video.domain[] video.source[] video.content[]"
TIE_META = "type unified_category nonunified_category turing_imitation short_context:int long_context:int"
JSON = {"intent": "RateBook", "slots": [{"object_name": "доктор живаго"}, {"rating_value": "три"}]}


@dataclass(frozen=True)
class Copy:
    """A dataset in small. `options` are how many each of its records has; `meta` its fields besides id (`[]` is a
    list of texts, `:int` a number); `lacks` are the inputs that a record has as None, by the record's place."""

    media: str
    texts: str
    meta: str
    options: tuple[int, ...] = (0, 0, 0)
    letters: int = 0
    kind: str = "letter"
    gold: Any = "A"
    configs: tuple[str, ...] = ()
    first_id: int = 11
    lacks: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def keys(self) -> list[str]:
        return self.media.split()


COPIES: dict[str, Copy] = {
    "ruCommonVQA": Copy("image", "question", "categories.question_type complexity image.source[]", kind="short",
                        gold=["Да", "да, есть"]),
    "ruCLEVR": Copy("image", "question", "question_type image.synt_source[] image.type[]", kind="short", gold="нет"),
    "WEIRD": Copy("image", "question", "categories.commonsense_violation_group pair_id image.synt_source[] image.source"
                  " categories.commonsense_violation_subgroup", (2, 2, 2), 2),
    "ruNaturalScienceVQA": Copy("image", "context question", "categories.domain categories.subdomain", (2, 3, 4), 4,
                                configs=("biology", "chemistry", "earth_science", "physics"), lacks={1: ("context",)}),
    "LabTabVQA": Copy("image", "question", "rows:int columns:int categories.question_type categories.question_text"
                      f" categories.question_source image.synt_source[] {IMAGE_META}", (4, 7, 4), 7, first_id=0),
    "RealVQA": Copy("image", "question", f"categories.question_topic[] categories.domain[] {IMAGE_META}", kind="short",
                    gold="собака", first_id=2),
    "ruHHH-Image": Copy("image", "question", "group_id:int categories.category categories.subcategory image.origin[]"
                        " image.type[] image.image_content[] image.context[]", (2, 2, 2), 2),
    "ruMathVQA": Copy("image", "annotation", "categories.topic image.source image.type image.content", kind="number",
                      gold="12,5", first_id=2),
    "ruTiE-Image": Copy("image", "question", f"{TIE_META} image.type", (4, 4, 4), 4,
                        lacks={1: ("image",), 2: ("image", "question")}),
    "SchoolScienceVQA": Copy("image", "context question", "categories.question_difficulty:int categories.domain"
                             " image.source[] image.type[]", (4, 4, 4), 4,
                             configs=("biology", "chemistry", "earth_science", "physics", "economics", "history_all",
                                      "history_ru")),
    "UniScienceVQA": Copy("image", "question annotation", "categories.type_answer categories.subdomain image.source"
                          " image.type image.content", (0, 9, 10), 10, kind="short", gold="корпускула",
                          configs=("Applied_Sciences", "Business", "Cultural_Studies", "Fundamental_Sciences",
                                   "Health_and_Medicine", "Social_Sciences")),
    "ruEnvAQA": Copy("audio", "question", "categories.task_type categories.source_dataset categories.knowledge",
                     (2, 4, 2), 4),
    "RuSLUn": Copy("audio", "question annotation", "speaker", kind="short", gold=json.dumps(JSON, ensure_ascii=False)),
    "AQUARIA": Copy("audio_1 audio_2", "question", "categories.task_type audio.synt_source[]", (4, 4, 2), 4,
                    lacks={0: ("audio_2",), 1: ("audio_2",)}),
    "ruTiE-Audio": Copy("audio", "", f"{TIE_META} audio.type", (4, 4, 4), 4),
    "CommonVideoQA": Copy("video", "question", VIDEO_META, (4, 4, 4), 4),
    "RealVideoQA": Copy("video", "question", VIDEO_META, (4, 4, 4), 4),
    "ruHHH-Video": Copy("video", "question", f"group_id:int {VIDEO_META} video.prohibited_materials[]", (2, 2, 2), 2,
                        first_id=948),
}  # fmt: skip
PRIVATE = {"LabTabVQA", "RealVQA", "ruHHH-Image", "ruMathVQA", "ruTiE-Image", "SchoolScienceVQA", "UniScienceVQA",
           "AQUARIA", "ruTiE-Audio", "RealVideoQA", "ruHHH-Video"}  # fmt: skip
VARIANTS: dict[str, PromptVariant] = {"ruHHH-Image": "ruHHH", "ruHHH-Video": "ruHHH", "ruTiE-Image": "ruTiE",
                                      "ruTiE-Audio": "ruTiE", "RuSLUn": "ruSLUn"}  # fmt: skip
FOLDERS = {"RuSLUn": "ruSLUn"}  # the hub writes it so


def write_copy(root: Path, name: str, *, form: str = "parquet") -> Path:
    """A copy of a dataset as `hf download` or `save_to_disk` leaves it; a configuration is a folder."""
    copy, folder = COPIES[name], root / FOLDERS.get(name, name)
    for config in copy.configs or ("",):
        splits = {split: _dataset(name, split) for split in ("test", "shots")}
        if form == "saved":
            from datasets import DatasetDict

            DatasetDict(splits).save_to_disk(str(folder / config))
            continue
        files = folder / config if config else folder / "data"
        files.mkdir(parents=True)
        for split, rows in splits.items():
            rows.to_parquet(str(files / f"{split}-00000-of-00001.parquet"))
    return folder


def records(name: str, split: str) -> Iterator[dict[str, Any]]:
    """The records of a split as they lie on the hub: private test sets without their answers."""
    copy = COPIES[name]
    for place in range(N):
        inputs = _inputs(copy, place)
        empty = [] if copy.gold.__class__ is list else ""
        number = copy.first_id + place + (100 if split == "shots" else 0)
        yield {
            "instruction": _instruction(name, place, inputs),
            "inputs": inputs,
            "outputs": empty if split == "test" and name in PRIVATE else copy.gold,
            "meta": {"id": number, **_nested(copy.meta, lambda path, kind: _value(path, kind))},
        }


def _inputs(copy: Copy, place: int) -> dict[str, Any]:
    texts = {key: "" if key == "context" else f"{key} {place}?" for key in copy.texts.split()}
    options = {
        f"option_{chr(97 + n)}": f"вариант {n}" if n < copy.options[place] else None
        for n in range(copy.letters)
    }
    media = {key: {"bytes": medium(key), "path": f"{key}.{SUFFIX[key[:5]]}"} for key in copy.keys}
    return {**media, **texts, **options, **dict.fromkeys(copy.lacks.get(place, ()))}


def _instruction(name: str, place: int, inputs: Mapping[str, Any]) -> str:
    """Prompts 5 to 7 of the task's table in our words. A task with an annotation asks by it for the form of the answer;
    a record without media has no line for them and no sentence that counts them."""
    copy = COPIES[name]
    there = [key for key in copy.keys if inputs[key] is not None]
    blocks = word_blocks(
        configurations(VARIANTS.get(name, "base"))[5 + place],
        TaskWording(copy.keys[0][:5], "о записи", "Записей мало.", copy.kind),
        [key for key in inputs if key.startswith("option_") and inputs[key] is not None],
        media=there or copy.keys[:1],
        with_question=inputs.get("question") is not None,
    )
    if inputs.get("context") is not None:
        blocks["question"] += "\nПояснение:\n{context}"
    if "annotation" in copy.texts:
        blocks["answer_format"] = "{annotation}"
    if not there:
        blocks.pop("input_data", None)
        blocks["question"] = blocks["question"].removeprefix("Изображение: <image>")
    return "\n\n".join(blocks.values())


@cache
def medium(key: str) -> bytes:
    """A real file of the kind that the benchmark has: RGBA pictures, 24-bit sound at 48 kHz in pairs, else 44.1 kHz."""
    return {"image": _png, "audio": _wav, "video": _mp4}[key[:5]](key)


SUFFIX = {"image": "png", "audio": "wav", "video": "mp4"}


def _png(key: str) -> bytes:
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGBA", (48, 32), (200, 30, 30, 128)).save(file, "PNG")
    return file.getvalue()


def _wav(key: str) -> bytes:
    import numpy as np
    import soundfile

    rate, form = (48_000, "PCM_24") if key != "audio" else (44_100, "PCM_16")
    file = io.BytesIO()
    hertz = 660 if key == "audio_2" else 440
    wave = 0.5 * np.sin(2 * np.pi * hertz * np.arange(rate // 10) / rate)
    soundfile.write(file, wave, rate, form, format="WAV")
    return file.getvalue()


def _mp4(key: str) -> bytes:
    return next((ROOT / "data" / "demo").glob("*/samples/*.mp4")).read_bytes()


def _dataset(name: str, split: str) -> Any:
    from datasets import Audio, Dataset, Features, Image, List, Value, Video
    from pyarrow import Table

    copy = COPIES[name]
    kinds = {"image": Image(decode=False), "audio": Audio(), "video": Video()}
    texts = [*copy.texts.split(), *(f"option_{chr(97 + n)}" for n in range(copy.letters))]
    types = {"": Value("string"), "int": Value("int32"), "[]": List(Value("string"))}
    features = Features(
        {
            "instruction": Value("string"),
            "inputs": {**{key: kinds[key[:5]] for key in copy.keys}, **dict.fromkeys(texts, Value("string"))},
            "outputs": types["[]" if isinstance(copy.gold, list) else ""],
            "meta": {"id": Value("int32"), **_nested(copy.meta, lambda path, kind: types[kind])},
        }
    )
    return Dataset(Table.from_pylist(list(records(name, split)), schema=features.arrow_schema))


def _nested(paths: str, value: Any) -> dict[str, Any]:
    """ "a.b[] c:int" -> {"a": {"b": value("a.b", "[]")}, "c": value("c", "int")}."""
    found: dict[str, Any] = {}
    for said in paths.split():
        path, kind = (
            (said[:-2], "[]") if said.endswith("[]") else (said.partition(":")[0], said.partition(":")[2])
        )
        *above, last = path.split(".")
        inner = found
        for key in above:
            inner = inner.setdefault(key, {})
        inner[last] = value(path, kind)
    return found


def _value(path: str, kind: str) -> Any:
    return {"int": 7, "[]": [path, "ещё"], "": path}[kind]
