"""Starts the text model with the circuit that looks things up, instead of waiting for it to form.

To answer "круг: " a model must find the option, or the cell of a picture, where `круг` stands, and say
what stands with it. Two attention heads do that (an induction circuit): one writes into each position what
stood just before it, the other looks for a position whose own content equals that. Small models find this
by themselves only after many thousand steps; here it is written into a few heads and trained from there.
"""

from __future__ import annotations

import torch

_SHARP = 7.0  # bias of the previous-token head: its attention is nearly all on one position
_MATCH = 4.0
_WRITE = 0.5
_QUIET = 0.05
_SAY = 2.0
_SLOW = [*range(9, 16), *range(25, 32)]  # dimensions that the rotary embedding hardly turns


def circuit_parts(model) -> list[tuple[torch.Tensor, tuple[slice, ...]]]:  # type: ignore[no-untyped-def]
    """The weights that make the circuit, to be held still until the rest has settled round it."""
    text = model.model.language_model
    second, size, everything = text.layers[1].self_attn, text.layers[1].self_attn.head_dim, slice(None)
    still = [text.embed_tokens.weight, *text.layers[0].parameters(), text.layers[1].input_layernorm.weight]
    parts = [(weight, (everything,)) for weight in still]
    for head in (0,):
        keys, queries = slice(head * size, (head + 1) * size), slice(2 * head * size, (2 * head + 1) * size)
        for projection, part in ((second.k_proj, keys), (second.q_proj, queries)):
            parts += [(projection.weight, (part,)), (projection.bias, (part,))]
    return parts


@torch.no_grad()
def install_lookup(
    model, words: list[int], labels: list[int], answers: list[int], others: list[int], seed: int
) -> None:  # type: ignore[no-untyped-def]
    """Write the circuit into layers 0 and 1 of the text model, in place.

    `words` are the ids of what is looked up, `labels` those of what stands before it in a list,
    `answers` those of what is said where the label is meant (in the same order),
    `others` those of the signs about them, which must match nothing.
    """
    layers = model.model.language_model.layers
    first, second = layers[0].self_attn, layers[1].self_attn
    for noisy in (first.o_proj, layers[0].mlp.down_proj):
        noisy.weight *= _QUIET  # what else layer 0 writes would drown the circuit
    width, size = first.q_proj.in_features, first.head_dim
    generator = torch.Generator().manual_seed(seed)
    table = model.model.language_model.embed_tokens.weight
    axes = torch.cat([_axes(table, words, len(_SLOW)), _axes(table, labels, 4)], dim=1)
    rest = torch.randn(width, width, generator=generator)
    bystanders = torch.cat([table[others], table[words].mean(0, keepdim=True)]).T
    basis, _ = torch.linalg.qr(torch.cat([bystanders, axes, rest], dim=1))
    basis = basis[:, len(others) + 1 : width]
    read, write = basis[:, :size].T.clone(), basis[:, size : 2 * size].clone()
    frequency = model.model.language_model.rotary_emb.inv_freq
    _previous_token(first, frequency, read, write)
    for kv_head in (0, 1):
        _matching(second, kv_head, read, write)
    pair = size * 2
    second.v_proj.weight[:size] = write.T
    n = len(_SLOW)
    seen = torch.nn.functional.normalize(table[labels], dim=-1) @ read[n : n + 4].T
    said = table[answers] - table[answers].mean(0)
    second.o_proj.weight[:, :size] = 0
    second.o_proj.weight[:, n : n + 4] = _SAY * said.T @ torch.linalg.pinv(seen.T, rtol=1e-3)
    second.v_proj.weight[size:pair] = read
    second.o_proj.weight[:, pair : pair + size] = read.T * _WRITE
    second.v_proj.bias[:pair] = 0


def _axes(table: torch.Tensor, ids: list[int], n: int) -> torch.Tensor:
    """The `n` directions in which the embeddings of these tokens differ most, `(width, n)`."""
    rows = torch.nn.functional.normalize(table[ids], dim=-1)
    return torch.linalg.svd(rows - rows.mean(0), full_matrices=False).Vh[:n].T


def _previous_token(attention, frequency: torch.Tensor, read: torch.Tensor, write: torch.Tensor) -> None:  # type: ignore[no-untyped-def]
    """Query head 4 attends to the position before, by biases alone; it copies `read` into `write`."""
    size = attention.head_dim
    keys, queries = slice(2 * size, 3 * size), slice(4 * size, 5 * size)
    fast = torch.arange(4)
    attention.k_proj.weight[keys] = 0
    attention.k_proj.bias[keys] = 0
    attention.k_proj.bias[2 * size + fast] = _SHARP
    attention.q_proj.weight[queries] = 0
    attention.q_proj.bias[queries] = 0
    attention.q_proj.bias[4 * size + fast] = _SHARP * frequency[:4].cos()
    attention.q_proj.bias[4 * size + size // 2 + fast] = -_SHARP * frequency[:4].sin()
    attention.v_proj.weight[keys] = read
    attention.v_proj.bias[keys] = 0
    attention.o_proj.weight[:, queries] = write * _WRITE


def _matching(attention, kv_head: int, read: torch.Tensor, write: torch.Tensor) -> None:  # type: ignore[no-untyped-def]
    """The first query head of a group compares what stood before it with what stands elsewhere."""
    size = attention.head_dim
    slow, n = torch.tensor(_SLOW), len(_SLOW)
    keys, queries = kv_head * size, 2 * kv_head * size
    for projection, start in ((attention.k_proj, keys), (attention.q_proj, queries)):
        projection.weight[start : start + size] = 0
        projection.bias[start : start + size] = 0
    attention.k_proj.weight[keys + slow] = read[:n]
    attention.q_proj.weight[queries + slow] = _MATCH * write.T[:n]


@torch.no_grad()
def install_binding(  # type: ignore[no-untyped-def]
    model,
    words: list[int],
    media: torch.Tensor,
    holds: torch.Tensor,
    text: torch.Tensor,
    asking: torch.Tensor,
) -> None:
    """Let the second matching head look at media tokens, and say what else is true of the one it finds.

    `media` (n, width) and `text` (m, width) are inputs of layer 1, normalised; `holds` (n, words) says
    which words are true of each media token; `asking` are those inputs where a word has just been named.
    Keys and values are fitted by least squares: a key is the sum of the codes of a token's words.
    """
    layer = model.model.language_model.layers[1]
    attention, size = layer.self_attn, layer.self_attn.head_dim
    slow, n = torch.tensor(_SLOW), len(_SLOW) - 2
    table = torch.nn.functional.normalize(model.model.language_model.embed_tokens.weight[words], dim=-1)
    keys, queries = slice(size, 2 * size), slice(2 * size, 3 * size)
    asked = attention.q_proj.weight[2 * size + slow[:n]].clone()
    source = model.model.language_model.layers[0].self_attn.v_proj.weight[2 * size + torch.arange(n)]
    codes = table @ source.T
    is_media = torch.cat([torch.ones(len(media)), torch.zeros(len(text))])[:, None]
    target = torch.cat([torch.cat([holds @ codes, torch.zeros(len(text), n)]), is_media, is_media], dim=1)
    weight, bias = _fit(torch.cat([media, text]), target)
    attention.k_proj.weight[keys], attention.k_proj.bias[keys] = 0, 0
    attention.k_proj.weight[size + slow], attention.k_proj.bias[size + slow] = weight, bias
    strength = (asking @ asked.T).norm(dim=-1).median() * codes.norm(dim=-1).median()
    attention.q_proj.weight[queries], attention.q_proj.bias[queries] = 0, 0
    attention.q_proj.weight[2 * size + slow[:n]] = asked * (_FIND * size**0.5 / strength)
    attention.q_proj.bias[2 * size + slow[n:]] = _LOOK * size**0.5 / 2
    axes = torch.linalg.svd(table - table.mean(0), full_matrices=False).Vh[:size]
    value, offset = _fit(media, holds @ (table - table.mean(0)) @ axes.T)
    attention.v_proj.weight[keys], attention.v_proj.bias[keys] = value, offset
    attention.o_proj.weight[:, queries] = axes.T * _TELL


_FIND, _LOOK, _TELL = 20.0, 8.0, 4.0


def _fit(x: torch.Tensor, y: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Ridge regression with an offset: weight (outputs, width) and bias (outputs)."""
    centre, mean = x.mean(0), y.mean(0)
    gram = (x - centre).T @ (x - centre) + 0.01 * len(x) * torch.eye(x.shape[1])
    weight = torch.linalg.solve(gram, (x - centre).T @ (y - mean)).T
    return weight, mean - weight @ centre


@torch.no_grad()
def install_repeat(  # type: ignore[no-untyped-def]
    model, inputs: torch.Tensor, asking: torch.Tensor, said: torch.Tensor, answers: list[int]
) -> None:
    """Let a head of layer 2 repeat, after the marker, the last answer word that was said.

    `inputs` (n, width) are inputs of layer 2, normalised; `asking` (n) marks those after which an answer comes,
    `said` (n) holds the number in `answers` of the word that stands there, or -1.
    """
    text = model.model.language_model
    attention = text.layers[2].self_attn
    size = attention.head_dim
    keys, queries = slice(2 * size, 3 * size), slice(4 * size, 5 * size)
    near, slow = [5, 5 + size // 2], size // 2 - 1
    for projection, part in ((attention.q_proj, queries), (attention.k_proj, keys), (attention.v_proj, keys)):
        projection.weight[part], projection.bias[part] = 0, 0
    is_said = said >= 0
    for projection, start, marked in (
        (attention.q_proj, 4 * size, asking),
        (attention.k_proj, 2 * size, is_said),
    ):
        weight, bias = _fit(inputs, marked.float()[:, None])
        projection.weight[start + slow], projection.bias[start + slow] = weight[0] * _GATE, bias[0] * _GATE
        projection.bias[start + near[0]] = _NEAR
    table = text.embed_tokens.weight[answers]
    axes = torch.linalg.svd(table - table.mean(0), full_matrices=False).Vh[: min(size, len(answers) - 1)]
    weight, bias = _fit(inputs[is_said], (table[said[is_said]] - table.mean(0)) @ axes.T)
    rows = slice(2 * size, 2 * size + len(axes))
    attention.v_proj.weight[rows], attention.v_proj.bias[rows] = weight, bias
    attention.o_proj.weight[:, queries] = 0
    attention.o_proj.weight[:, 4 * size : 4 * size + len(axes)] = axes.T * _TELL


_GATE, _NEAR = 22.0, 12.0
