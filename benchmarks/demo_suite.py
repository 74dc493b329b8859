"""The demo suite through the studio, beside a hand-written batched `generate` loop over the same prompts.

Both use the embedded model, the same batch size, the same limit of new tokens, batches of like modality and like
length, in turns in one process, both warm. The studio also decodes the answer that is being watched, scores, judges and
writes to SQLite.
"""

import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import torch
from transformers import AutoProcessor, Qwen2_5OmniThinkerForConditionalGeneration

from benchmarks.report import write
from studio.core.content import Media, Text
from studio.core.engine import Settings as Generation
from studio.core.run import RunSpec
from studio.core.task import Sample
from studio.media import load_audio, load_frames, load_image
from studio.service import Studio
from studio.settings import REPOSITORY, Settings

GENERATION = Generation()
ROUNDS = 3


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), db=Path(folder) / "s.sqlite")
        studio = Studio.open(settings)
        samples = [s for task in studio._shelf.load(RunSpec("embedded", ("demo",))) for s in task.samples]
        processor, model = load()
        loop(processor, model, samples[:32])
        through_studio(studio, limit=4)
        rounds = [(loop(processor, model, samples), through_studio(studio)) for _ in range(ROUNDS)]
        studio.close()
    ours = [spent for _, spent in rounds]
    answering = statistics.median(spent["answering_s"] for spent in ours)
    whole = statistics.median(spent["whole_s"] for spent in ours)
    hand = statistics.median(spent for spent, _ in rounds)
    write(
        "demo_suite",
        {
            "samples": len(samples),
            "rounds": ROUNDS,
            "batch_size": GENERATION.batch_size,
            "hand-written loop, s": round(hand, 1),
            "studio, last answer, s": round(answering, 1),
            "studio, all judged, s": round(whole, 1),
            "ratio of last answer": round(statistics.median(s["answering_s"] / h for h, s in rounds), 2),
            "ratio of all judged": round(statistics.median(s["whole_s"] / h for h, s in rounds), 2),
        },
    )


def through_studio(studio: Studio, limit: int | None = None) -> dict[str, float]:
    """Seconds from the start of a run to its last answer, and to its last verdict."""
    start = time.time()
    run = studio.wait(studio.start(RunSpec("embedded", ("demo",), limit=limit, judge="embedded")))
    if run.state != "done" or run.failed or run.js.unscored:
        raise SystemExit(f"the run is not whole: {run}")
    last = studio._store.db.scalar("SELECT MAX(created_at) FROM generations WHERE run_id = ?", (run.id,))
    return {"answering_s": last - start, "whole_s": (run.finished_at or 0) - start}


def load() -> tuple[Any, Any]:
    folder = REPOSITORY / "data" / "models" / "omni"
    processor = AutoProcessor.from_pretrained(folder)
    processor.tokenizer.padding_side = "left"
    model_class = Qwen2_5OmniThinkerForConditionalGeneration
    return processor, model_class.from_pretrained(folder, dtype=torch.float32).eval()


def loop(processor: Any, model: Any, samples: list[Sample]) -> float:
    """What one would write by hand: sort, batch, generate, decode."""
    start = time.perf_counter()
    ordered = sorted(samples, key=lambda s: (s.modalities, len(s.prompt)))
    groups: dict[tuple[str, ...], list[Sample]] = {}
    for sample in ordered:
        groups.setdefault(sample.modalities, []).append(sample)
    for group in groups.values():
        for first in range(0, len(group), GENERATION.batch_size):
            answer(processor, model, group[first : first + GENERATION.batch_size])
    return time.perf_counter() - start


def answer(processor: Any, model: Any, samples: list[Sample]) -> list[str]:
    texts = [
        processor.apply_chat_template(
            [{"role": "user", "content": content(s)}], tokenize=False, add_generation_prompt=True
        )
        for s in samples
    ]
    given: dict[str, Any] = {}
    for sample in samples:
        for medium in sample.media:
            key, value = loaded(medium)
            given.setdefault(key, []).append(value)
    extra = {"do_sample_frames": False} if "videos" in given else {}
    inputs = processor(text=texts, return_tensors="pt", padding=True, **given, **extra)
    with torch.inference_mode():
        ids = model.generate(**inputs, max_new_tokens=GENERATION.max_new_tokens, do_sample=False)
    found: list[str] = processor.batch_decode(
        ids[:, inputs["input_ids"].shape[1] :], skip_special_tokens=True
    )
    return found


def content(sample: Sample) -> list[dict[str, str]]:
    return [
        {"type": "text", "text": part.text} if isinstance(part, Text) else {"type": part.modality}
        for part in sample.message
    ]


def loaded(medium: Media) -> tuple[str, Any]:
    if medium.modality == "image":
        return "images", load_image(medium.path).image
    if medium.modality == "audio":
        return "audio", load_audio(medium.path).wave
    return "videos", load_frames(medium.path, GENERATION.frames).frames


if __name__ == "__main__":
    main()
