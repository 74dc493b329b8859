"""What the omni model learns from: never the suite's scenes, and the same tensors the processor makes."""

import hashlib
import random
from pathlib import Path

import numpy as np
import pytest

from data.generate.plan import plan, suite_keys
from data.generate.questions import LETTERS
from data.training.omni import pool
from data.training.omni.batches import IGNORE, blank, collate, encode, is_blank
from data.training.omni.dialogues import MODALITY, ask, dialogue, full_turn, reply, sample_scene
from studio.metrics import exact_match
from studio.prompts import REASONING_PROMPTS

MODEL = Path(__file__).parent.parent.parent / "data" / "models" / "omni"
FAMILIES = pytest.mark.parametrize("family", sorted(MODALITY))


@FAMILIES
def test_training_scenes_that_resemble_the_suite_are_recognised_and_left_out(family: str) -> None:
    keys = suite_keys()
    drawn = [pool.scene_at(family, i) for i in range(400)]
    kept = [scene for scene in drawn if scene.key() not in keys]
    assert len(kept) > 340  # a single figure has few places to lie in
    assert not {scene.key() for scene in kept} & keys


def test_no_medium_of_the_suite_is_among_training_media() -> None:
    suite = {hashlib.sha256(pool.render(item.scene).tobytes()).hexdigest() for item in plan()[::7]}
    trained = {
        hashlib.sha256(pool.render(scene).tobytes()).hexdigest()
        for family in MODALITY
        for scene in (pool.scene_at(family, i) for i in range(12))
    }
    assert len(suite) == 60
    assert len(trained) == 84
    assert not suite & trained


def test_the_seeds_of_training_and_suite_give_different_scenes() -> None:
    assert pool.scene_at("stickers", 5) == pool.scene_at("stickers", 5)
    assert pool.scene_at("stickers", 5) != pool.scene_at("stickers", 5, split="dev")


@FAMILIES
def test_every_taught_answer_holds_gold_in_some_form(family: str) -> None:
    rng = random.Random(4)
    for _ in range(60):
        question = ask(family, sample_scene(family, rng), rng)
        options = {LETTERS[i]: text for i, text in enumerate(question.options)}
        kind = "letter" if options else "short"
        for prompt_id in (2, 3, 5, 6, 8, 10):
            found = exact_match(
                reply(question, prompt_id), question.answer, options=options, answer_type=kind
            )
            assert found.value == 1, reply(question, prompt_id)


def test_some_right_answers_are_no_exact_match() -> None:
    """Where no format is asked for, and loosely after the marker: these are the judge's cases."""
    rng = random.Random(5)
    missed = 0
    for family in sorted(MODALITY):
        for _ in range(50):
            question = ask(family, sample_scene(family, rng), rng)
            options = {LETTERS[i]: text for i, text in enumerate(question.options)}
            kind = "letter" if options else "short"
            for prompt_id in (1, 9):
                found = exact_match(
                    reply(question, prompt_id), question.answer, options=options, answer_type=kind
                )
                missed += found.value == 0
    assert 0.4 < missed / 700 < 0.8


def test_reasoning_stands_before_the_answer_only_where_it_is_asked_for() -> None:
    rng = random.Random(6)
    question = ask("pair", sample_scene("pair", rng), rng)
    for prompt_id in range(1, 11):
        assert ("РАССУЖДЕНИ" in reply(question, prompt_id)) == (prompt_id in REASONING_PROMPTS)


@FAMILIES
def test_a_blank_medium_teaches_the_encoders_nothing(family: str) -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    modality, rng = MODALITY[family], random.Random(3)
    scene = sample_scene(family, rng)
    turn = full_turn(ask(family, scene, rng), 2)
    seen = pool.render(scene)
    nothing = blank(modality, seen.shape)
    assert is_blank(nothing)
    assert not is_blank(seen)
    batch = collate(tokenizer, [(scene, nothing, [turn]), (scene, seen, [turn])], modality, None)
    for labels in batch.dense.values():
        half = len(labels) // 2
        assert (labels[:half] == IGNORE).all()
        assert (labels[half:] != IGNORE).all()


@pytest.mark.slow
@pytest.mark.parametrize("family", ["stickers", "repeat", "moving"])
def test_training_tensors_are_those_of_the_processor(family: str) -> None:
    from PIL import Image
    from tokenizers import Tokenizer
    from transformers import AutoProcessor

    from data.generate import sounds

    modality, rng = MODALITY[family], random.Random(8)
    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    processor = AutoProcessor.from_pretrained(MODEL)
    scene = sample_scene(family, rng)
    medium = pool.render(scene)
    turn = full_turn(ask(family, scene, rng), 4)
    batch = collate(tokenizer, [(scene, medium, [turn])], modality, None)
    before, after = turn.prompt.split(f"<{modality}>")
    parts = [{"type": "text", "text": before}, {"type": modality}, {"type": "text", "text": after}]
    text = processor.apply_chat_template(
        [{"role": "user", "content": parts}], add_generation_prompt=True, tokenize=False
    )
    if modality == "image":
        made = processor(text=[text], images=[Image.fromarray(medium)], return_tensors="pt")["pixel_values"]
    elif modality == "video":
        settings = {"do_sample_frames": False}
        made = processor(text=[text], videos=[medium], videos_kwargs=settings, return_tensors="pt")[
            "pixel_values_videos"
        ]
    else:
        wave = (np.round(sounds.render(scene) * 32767) / 32768).astype(np.float32)
        settings = {"sampling_rate": sounds.RATE}
        made = processor(text=[text], audio=[wave], audio_kwargs=settings, return_tensors="pt")[
            "input_features"
        ]
        made = made[:, :, : batch.media.shape[2]]
    assert np.allclose(made.numpy(), batch.media.numpy(), atol=2e-3)


def test_only_replies_are_learned() -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    rng = random.Random(9)
    turns = dialogue("pair", sample_scene("pair", rng), rng, 2)
    ids, labels = encode(tokenizer, turns, "image")
    learned = tokenizer.decode([i for i, label in zip(ids, labels, strict=True) if label != -100])
    assert learned == "".join(turn.reply for turn in turns)
