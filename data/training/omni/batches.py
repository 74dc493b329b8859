"""Turn dialogues and rendered media into tensors, with dense labels for the encoders.

The tensors are those that the processor makes for the same medium and text (a test compares them);
they are made here without it because training needs thousands a minute.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

import numpy as np
import torch
from tokenizers import Tokenizer

from data.generate import clips, pictures, sounds
from data.generate.clips import Clip
from data.generate.pictures import GRID, Picture
from data.generate.sounds import Recording
from data.training.omni.dialogues import MODALITY, Scene, Turn
from data.training.omni.layout import N_FRAMES, PATCH, SIDE, SPECIAL

MEDIA_TOKENS = {"image": 16, "video": 64, "audio": 40}
IGNORE = -100
ACTIONS = (*clips.DIRECTIONS, *clips.CHANGES)
_GREY, _SILENCE = 128, -1.5  # silence in log-mel: the floor of WhisperFeatureExtractor, (-10 + 4) / 4
_POSITION_STEP = 4  # time step of a clip in the text model's positions (position_id_per_seconds)


@dataclass
class Batch:
    """One modality's share of a step. `dense` maps a head's name to labels, one a media token."""

    modality: str
    input_ids: torch.Tensor
    attention_mask: torch.Tensor
    position_ids: torch.Tensor
    labels: torch.Tensor
    media: torch.Tensor
    dense: dict[str, torch.Tensor]
    kinds: list[str]
    prompt_ids: list[int]


def encode(tokenizer: Tokenizer, turns: list[Turn], modality: str) -> tuple[list[int], list[int]]:
    """Token ids and labels of a dialogue; only replies and their end token are learned."""
    bos, eos = (
        ("audio_bos_token", "audio_eos_token")
        if modality == "audio"
        else ("vision_bos_token", "vision_eos_token")
    )
    medium = SPECIAL[bos] + SPECIAL[f"{modality}_token"] * MEDIA_TOKENS[modality] + SPECIAL[eos]
    filled = [replace(turn, prompt=turn.prompt.replace(f"<{modality}>", medium)) for turn in turns]
    return _encode_turns(tokenizer, filled)


def _encode_turns(tokenizer: Tokenizer, turns: list[Turn]) -> tuple[list[int], list[int]]:
    ids: list[int] = []
    labels: list[int] = []
    for turn in turns:
        asked = tokenizer.encode(f"<|im_start|>user\n{turn.prompt}<|im_end|>\n<|im_start|>assistant\n").ids
        said = tokenizer.encode(f"{turn.reply}<|im_end|>").ids
        rest = tokenizer.encode("\n").ids
        ids += asked + said + rest
        labels += [IGNORE] * len(asked) + said + [IGNORE] * len(rest)
    return ids, labels


def positions(ids: list[int], modality: str, media_id: int) -> np.ndarray:
    """Positions in time, height and width, `(3, n)`, as `get_rope_index` gives them."""
    n = len(ids)
    if modality == "audio":
        return np.tile(np.arange(n), (3, 1))
    start, count = ids.index(media_id), MEDIA_TOKENS[modality]
    times = count // (GRID * GRID)
    t, h, w = np.mgrid[0:times, 0:GRID, 0:GRID].reshape(3, -1)
    media = np.stack([t * _POSITION_STEP, h, w]) + start
    after = media.max() + 1
    tail = np.tile(np.arange(n - start - count), (3, 1)) + after
    return np.concatenate([np.tile(np.arange(start), (3, 1)), media, tail], axis=1)


def collate(
    tokenizer: Tokenizer,
    family_scenes: list[tuple[Scene, np.ndarray, list[Turn]]],
    modality: str,
    rng: random.Random | None,
) -> Batch:
    """Pad the dialogues on the right and stack their media; `rng` switches augmentation on."""
    media_id = tokenizer.token_to_id(SPECIAL[f"{modality}_token"])
    pad_id = tokenizer.token_to_id(SPECIAL["pad_token"])
    encoded = [encode(tokenizer, turns, modality) for _, _, turns in family_scenes]
    width = max(len(ids) for ids, _ in encoded)
    n = len(encoded)
    input_ids = torch.full((n, width), pad_id)
    labels = torch.full((n, width), IGNORE)
    mask = torch.zeros((n, width), dtype=torch.long)
    places = torch.zeros((3, n, width), dtype=torch.long)
    for i, (ids, targets) in enumerate(encoded):
        k = len(ids)
        input_ids[i, :k], labels[i, :k], mask[i, :k] = torch.tensor(ids), torch.tensor(targets), 1
        places[:, i, :k] = torch.from_numpy(positions(ids, modality, media_id))
    rendered = np.stack([media for _, media, _ in family_scenes])
    dense = _dense([(scene, is_blank(media)) for scene, media, _ in family_scenes])
    return Batch(
        modality,
        input_ids,
        mask,
        places,
        labels,
        to_features(rendered, modality, rng),
        dense,
        [turns[0].kind for _, _, turns in family_scenes],
        [turns[0].prompt_id for _, _, turns in family_scenes],
    )


def to_features(stacked: np.ndarray, modality: str, rng: random.Random | None) -> torch.Tensor:
    """Patches `(tokens, 1176)` for pictures and clips, log-mel `(n, 80, 160)` for sounds."""
    if modality == "audio":
        return torch.from_numpy(stacked.astype(np.float32))
    values = torch.from_numpy(stacked).float()
    if rng is not None:
        values = _augmented(values, rng)
    values = (values / 255 - 0.5) / 0.5
    values = values.unsqueeze(1).expand(-1, 2, -1, -1, -1) if modality == "image" else values
    return patchify(values.permute(0, 1, 4, 2, 3))


def patchify(video: torch.Tensor) -> torch.Tensor:
    """`(n, frames, 3, 112, 112)` to rows of patches in the order of the image processor."""
    n, frames = video.shape[:2]
    side = SIDE // PATCH // 2
    cut = video.reshape(n, frames // 2, 2, 3, side, 2, PATCH, side, 2, PATCH)
    return cut.permute(0, 1, 4, 7, 5, 8, 3, 2, 6, 9).reshape(-1, 3 * 2 * PATCH * PATCH)


def _augmented(values: torch.Tensor, rng: random.Random) -> torch.Tensor:
    """Other brightness and contrast for each medium, and now and then the noise of compression."""
    n = values.shape[0]
    shape = (n, *[1] * (values.dim() - 1))
    gain = torch.tensor([rng.uniform(0.93, 1.07) for _ in range(n)]).reshape(shape)
    shift = torch.tensor([rng.uniform(-8, 8) for _ in range(n)]).reshape(shape)
    values = values * gain + shift
    if rng.random() < 0.5:
        values = values + torch.randn(values.shape[-3:]) * rng.uniform(0, 3)
    return values.clamp(0, 255)


def blank(modality: str, shape: tuple[int, ...]) -> np.ndarray:
    """A grey picture, a still grey clip or silence, as the pool stores them."""
    if modality == "audio":
        return np.full(shape, _SILENCE, dtype=np.float16)
    return np.full(shape, _GREY, dtype=np.uint8)


def is_blank(media: np.ndarray) -> bool:
    """Whether there is nothing to see or hear."""
    return bool(media.min() == media.max())


def _dense(scenes: list[tuple[Scene, bool]]) -> dict[str, torch.Tensor]:
    """What each media token should know: the figure in its cell, or the sound at its time; blanks nothing."""
    rows = []
    for scene, nothing in scenes:
        row = _sound_labels(scene) if isinstance(scene, Recording) else _figure_labels(scene)
        rows.append({k: np.full_like(v, IGNORE) for k, v in row.items()} if nothing else row)
    return {name: torch.tensor(np.concatenate([row[name] for row in rows])) for name in rows[0]}


def _figure_labels(scene: Picture | Clip) -> dict[str, np.ndarray]:
    cells = GRID * GRID
    pairs = N_FRAMES // 2 if isinstance(scene, Clip) else 1
    shape, color = np.zeros(pairs * cells, dtype=np.int64), np.zeros(pairs * cells, dtype=np.int64)
    action = np.zeros(pairs * cells, dtype=np.int64)
    for k in range(pairs):
        moment = scene.at((2 * k + 0.5) / (N_FRAMES - 1)) if isinstance(scene, Clip) else scene
        for i, figure in enumerate(moment.figures):
            at = k * cells + figure.cell
            seen = figure.turns_into if figure.turns_into and figure.blend > 0.5 else figure.color
            shape[at] = 1 + pictures.SHAPES.index(figure.shape)
            color[at] = 1 + pictures.COLORS.index(seen)
            if isinstance(scene, Clip):
                action[at] = 1 + ACTIONS.index(scene.actors[i].action)
    labels = {"shape": shape, "color": color}
    if isinstance(scene, Clip):
        labels["action"] = action
    else:
        labels["cell"] = np.arange(cells)
        rows, columns = np.divmod(np.arange(cells), GRID)
        labels["corner"] = 1 + 2 * (rows >= GRID // 2) + (columns >= GRID // 2)
    return labels


def _sound_labels(recording: Recording) -> dict[str, np.ndarray]:
    n = MEDIA_TOKENS["audio"]
    step = sounds.SECONDS / n
    name, onset, ordinal = (np.zeros(n, dtype=np.int64) for _ in range(3))
    for i, event in enumerate(recording.events):
        first, last = int(event.start / step), int((event.start + event.length * 0.8) / step)
        name[first : last + 1] = 1 + sounds.SOUNDS.index(event.name)
        ordinal[first : last + 1] = 1 + i
        onset[first] = 1
    return {"sound": name, "ordinal": ordinal, "onset": onset}


def family_modalities() -> dict[str, tuple[str, ...]]:
    """The families of each modality."""
    found: dict[str, tuple[str, ...]] = {}
    for family, modality in MODALITY.items():
        found[modality] = (*found.get(modality, ()), family)
    return found
