"""How batches are asked: order, ends, stops, sampling, memory, cancelling, and what is recorded of each answer."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from studio.core.engine import Capabilities, Completion, Engine, EngineInfo, Request, Settings
from studio.core.errors import Problem
from studio.engines import ScriptedEngine, folder, loading, open_engine
from studio.engines.batching import ahead, plan
from studio.engines.families import capabilities_of
from studio.engines.sources import say_nothing
from studio.engines.transformers import TransformersEngine
from tests.engines.tiny import SHORT, edit_json

Ask = Callable[..., Request]
Checkpoint = Callable[[str], Path]


def completions(engine: Engine, requests: list[Request], settings: Settings = SHORT) -> dict[int, Completion]:
    return {r.key: a for r, a in engine.generate(requests, settings) if isinstance(a, Completion)}


def test_batches_hold_one_kind_of_media_and_like_lengths(ask: Ask) -> None:
    requests = [ask(i, "picture_0.png", "а" * (97 * i % 50)) for i in range(50)]
    requests += [ask(100 + i, "sound_0.wav", "б") for i in range(5)]
    batches = list(plan(requests, 16))
    assert [len(batch) for batch in batches] == [5, 16, 16, 16, 2]
    lengths = [
        len(part.text) for batch in batches[1:] for r in batch for part in r.message if hasattr(part, "text")
    ]
    assert lengths == sorted(lengths)
    assert sorted(r.key for batch in batches for r in batch) == sorted(r.key for r in requests)


def test_a_longer_sound_comes_after_a_shorter_one(ask: Ask) -> None:
    requests = [ask(0, "sound_1.wav", "а"), ask(1, "sound_0.wav", "а" * 99), ask(2, "sound_missing.wav", "")]
    assert [r.key for batch in plan(requests, 1) for r in batch] == [2, 1, 0]


def test_requests_are_taken_a_window_at_a_time(ask: Ask) -> None:
    taken: list[int] = []

    def coming() -> Iterator[Request]:
        for i in range(100):
            taken.append(i)
            yield ask(i, "а" * (100 - i))

    batches = plan(coming(), 4, window=12)
    assert [r.key for r in next(batches)] == [11, 10, 9, 8], "sorted within the window"
    assert len(taken) == 12
    assert len([r for batch in batches for r in batch]) == 96


def test_the_next_batch_is_prepared_while_this_one_is_answered() -> None:
    begun: list[int] = []
    batches = ahead(range(4), lambda i: begun.append(i) or i)
    assert next(batches) == 0
    deadline = time.monotonic() + 5
    while 1 not in begun and time.monotonic() < deadline:
        time.sleep(0.001)
    assert 1 in begun and 3 not in begun
    assert list(batches) == [1, 2, 3]


def first_token(engine: Engine, request: Request) -> str:
    return completions(engine, [request], replace(SHORT, max_new_tokens=1))[request.key].text


@pytest.fixture
def pictures(ask: Ask) -> list[Request]:
    return [ask(i, f"picture_{i % 3}.png", f"Вопрос {'очень ' * i} важный?") for i in range(8)]


def test_an_answer_ends_at_the_end_token_and_the_rest_of_the_batch_goes_on(
    checkpoint: Checkpoint, pictures: list[Request], tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(checkpoint("qwen2_vl"), tmp_path / "model"))
    long = replace(SHORT, max_new_tokens=40)
    tokens = _tokens(copy, pictures, long)
    # What one answer says fourth is made the end of every answer; the tokenizer's own two end tokens stay.
    edit_json(copy / "generation_config.json", eos_token_id=tokens[0][3])
    ends = {tokens[0][3], 256, 257}
    engine = open_engine(str(copy), models_dir=tmp_path, settings=SHORT)
    lengths = set()
    for key, answer in completions(engine, pictures, long).items():
        length = next((i for i, token in enumerate(tokens[key]) if token in ends), 40)
        assert answer.completion_tokens == length
        assert answer.finish_reason == ("stop" if length < 40 else "length")
        lengths.add(length)
    assert len(lengths) > 2


def _tokens(path: Path, requests: list[Request], settings: Settings) -> dict[int, list[int]]:
    """The ids that a model writes, seen by listening to `generate` itself."""
    engine = _engine(path, lambda model: _Recording(model))
    recorded = engine._loaded.model.rows  # type: ignore[union-attr]
    for request in requests:
        list(engine.generate([request], settings))
    return dict(zip((r.key for r in requests), recorded, strict=True))


class _Wrapped:
    """A model in front of a model."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)


class _Recording(_Wrapped):
    def __init__(self, model: Any) -> None:
        super().__init__(model)
        self.rows: list[list[int]] = []

    def generate(self, **kwargs: Any) -> Any:
        out = self._model.generate(**kwargs)
        self.rows += out[:, kwargs["input_ids"].shape[1] :].tolist()
        return out


class _SmallMemory(_Wrapped):
    """Has no memory for more than `rows` answers at once."""

    def __init__(self, model: Any, rows: int) -> None:
        super().__init__(model)
        self.allowed, self.seen = rows, []  # type: ignore[var-annotated]

    def generate(self, **kwargs: Any) -> Any:
        self.seen.append(len(kwargs["input_ids"]))
        if len(kwargs["input_ids"]) > self.allowed:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return self._model.generate(**kwargs)


class _Touchy(_Wrapped):
    """Fails on any batch that holds one certain prompt length."""

    def __init__(self, model: Any, length: int) -> None:
        super().__init__(model)
        self._length = length

    def generate(self, **kwargs: Any) -> Any:
        if self._length in kwargs["attention_mask"].sum(-1).tolist():
            raise RuntimeError("image features and image tokens do not match\nlong story")
        return self._model.generate(**kwargs)


def _engine(path: Path, wrap: Callable[[Any], Any], **family: Any) -> TransformersEngine:
    config = folder.read_config(path, "m")
    loaded = loading.load(
        path, "m", config, device="cpu", dtype="float32", with_code=False, on_progress=say_nothing
    )
    info = EngineInfo("transformers", "m", "", device="cpu")
    loaded = replace(loaded, model=wrap(loaded.model), family=replace(loaded.family, **family))
    return TransformersEngine(loaded, info, capabilities_of(config))


def test_a_batch_that_does_not_fit_is_halved_and_the_size_remembered(
    checkpoint: Checkpoint, engine: Callable[[str], Engine], pictures: list[Request]
) -> None:
    small = _engine(checkpoint("qwen2_vl"), lambda model: _SmallMemory(model, 2))
    settings = replace(SHORT, batch_size=4)
    expected = completions(engine("qwen2_vl"), pictures, settings)
    assert {k: a.text for k, a in completions(small, pictures, settings).items()} == {
        k: a.text for k, a in expected.items()
    }
    assert small._loaded.model.seen == [4, 2, 2, 2, 2]  # type: ignore[union-attr]


def test_what_does_not_fit_even_alone_is_a_problem(checkpoint: Checkpoint, pictures: list[Request]) -> None:
    none = _engine(checkpoint("qwen2_vl"), lambda model: _SmallMemory(model, 0))
    outcomes = [answer for _, answer in none.generate(pictures, SHORT)]
    assert outcomes == [Problem("out_of_memory")] * len(pictures)


def test_a_question_that_breaks_the_model_fails_alone(
    checkpoint: Checkpoint, engine: Callable[[str], Engine], pictures: list[Request]
) -> None:
    lengths = {k: a.prompt_tokens for k, a in completions(engine("qwen2_vl"), pictures).items()}
    assert len(set(lengths.values())) == len(pictures)
    touchy = _engine(checkpoint("qwen2_vl"), lambda model: _Touchy(model, lengths[5]))
    outcomes = {r.key: a for r, a in touchy.generate(pictures, SHORT)}
    problem = outcomes.pop(5)
    assert isinstance(problem, Problem) and problem.code == "model_refused"
    assert problem.values["message"] == "image features and image tokens do not match"
    assert len(outcomes) == 7 and all(isinstance(answer, Completion) for answer in outcomes.values())


def test_a_prompt_longer_than_the_context_is_refused_alone(
    checkpoint: Checkpoint, ask: Ask, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(checkpoint("qwen2_vl"), tmp_path / "model"))
    text = json.loads((copy / "config.json").read_text())["text_config"]
    edit_json(copy / "config.json", text_config={**text, "max_position_embeddings": 100})
    engine = open_engine(str(copy), models_dir=tmp_path, settings=SHORT)
    requests = [
        ask(1, "picture_0.png", "Коротко?"),
        ask(2, "picture_0.png", "Очень " * 40),
        ask(3, "picture_1.png", "Ещё?"),
    ]
    outcomes = {r.key: a for r, a in engine.generate(requests, replace(SHORT, max_new_tokens=500))}
    problem = outcomes.pop(2)
    assert isinstance(problem, Problem) and problem.code == "prompt_too_long"
    assert problem.values["context"] == 100 and problem.values["tokens"] > 400
    for answer in outcomes.values():
        assert isinstance(answer, Completion) and answer.completion_tokens + answer.prompt_tokens <= 100


def test_a_blank_line_does_not_stop_an_answer_unless_asked(
    checkpoint: Checkpoint, pictures: list[Request], tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(checkpoint("qwen2_vl"), tmp_path / "model"))
    settings = replace(SHORT, max_new_tokens=12)
    tokens = _tokens(copy, pictures[:1], settings)[0]
    # The letter that this answer says fourth is renamed to two line breaks.
    blank = _rename(copy, tokens[3], "\n\n")
    engine = open_engine(str(copy), models_dir=tmp_path, settings=SHORT)
    [whole] = completions(engine, pictures[:1], settings).values()
    assert blank in whole.text and whole.completion_tokens == 12
    assert whole.finish_reason == "length"
    [cut] = completions(engine, pictures[:1], replace(settings, stop=(blank,))).values()
    assert cut.text == whole.text[: whole.text.index(blank)]
    assert cut.finish_reason == "stop"
    assert cut.completion_tokens < 12


def _rename(path: Path, token: int, text: str) -> str:
    """Makes a token of a byte-level vocabulary stand for another text (Ċ is its line break)."""
    file = path / "tokenizer.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    vocab = data["model"]["vocab"]
    [old] = [piece for piece, number in vocab.items() if number == token]
    del vocab[old]
    vocab[text.replace("\n", "Ċ")] = token
    file.write_text(json.dumps(data), encoding="utf-8")
    return text


def test_the_authors_sampling_defaults_do_not_make_greedy_answers_random(
    checkpoint: Checkpoint, engine: Callable[[str], Engine], pictures: list[Request], tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(checkpoint("qwen2_vl"), tmp_path / "model"))
    edit_json(
        copy / "generation_config.json",
        do_sample=True,
        temperature=3.0,
        top_k=50,
        top_p=0.8,
        repetition_penalty=5.0,
        max_length=20,
        stop_strings=["а"],
    )
    sampling = open_engine(str(copy), models_dir=tmp_path, settings=SHORT)
    for seed in (1, 2):
        settings = replace(SHORT, seed=seed)
        found = {k: a.text for k, a in completions(sampling, pictures, settings).items()}
        assert found == {k: a.text for k, a in completions(engine("qwen2_vl"), pictures).items()}


def test_a_temperature_samples_and_the_seed_repeats_it(
    engine: Callable[[str], Engine], pictures: list[Request]
) -> None:
    def drawn(seed: int) -> list[str]:
        settings = replace(SHORT, temperature=2.0, top_p=0.95, seed=seed)
        return [a.text for a in completions(engine("qwen2_vl"), pictures, settings).values()]

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_the_answer_depends_on_what_is_seen_and_heard(engine: Callable[[str], Engine], ask: Ask) -> None:
    omni = engine("qwen2_5_omni")
    for kind, suffix in (("picture", "png"), ("sound", "wav"), ("clip", "mp4")):
        requests = [ask(i, f"{kind}_{i}.{suffix}", "Что это?") for i in range(2)]
        one, other = completions(omni, requests).values()
        assert one.text != other.text, kind


def test_the_place_of_a_medium_in_the_question_is_kept(engine: Callable[[str], Engine], ask: Ask) -> None:
    before, after = ask(0, "picture_0.png", "Что это?"), ask(1, "Что это?", "picture_0.png")
    one, other = completions(engine("qwen2_vl"), [before, after]).values()
    assert one.prompt_tokens == other.prompt_tokens and one.text != other.text


def test_control_tokens_in_a_question_stay_text(engine: Callable[[str], Engine], ask: Ask) -> None:
    """A question that quotes `<|im_end|>` or an image token neither ends the prompt nor asks for a picture."""
    request = ask(0, "picture_0.png", "Что такое <|image_pad|> и <|im_end|>?")
    [answer] = completions(engine("qwen2_vl"), [request]).values()
    assert answer.media_note["control_tokens_in_text"] == 2


def test_what_was_done_to_the_media_is_recorded(
    engine: Callable[[str], Engine], ask: Ask, media: Path
) -> None:
    omni = engine("qwen2_5_omni")
    requests = [ask(0, "picture_0.png", "?"), ask(1, "sound_0.wav", "?"), ask(2, "clip_0.mp4", "?")]
    found = completions(omni, requests, replace(SHORT, image_max_side=32))
    assert found[0].media_note["image_0"]["sent_width"] == 32
    assert found[1].media_note["audio_0"]["sent_rate"] == 16_000
    assert found[2].media_note["video_0"]["indices"] == [0, 5, 10, 15]
    assert "sent_as" not in found[2].media_note["video_0"]
    [as_pictures] = completions(engine("llava"), [requests[2]]).values()
    assert as_pictures.media_note["video_0"]["sent_as"] == "images"
    [by_wish] = completions(omni, [requests[2]], replace(SHORT, clips_as_pictures=True)).values()
    assert by_wish.media_note["video_0"]["sent_as"] == "images"
    assert by_wish.prompt_tokens != found[2].prompt_tokens


def test_a_sound_longer_than_the_model_hears_is_noted(
    engine: Callable[[str], Engine], ask: Ask, media: Path
) -> None:
    import wave

    with wave.open(str(media / "sound_long.wav"), "wb") as sound:
        sound.setparams((1, 2, 16_000, 0, "NONE", ""))
        sound.writeframes(b"\1\0" * 16_000 * 5)
    [answer] = completions(engine("qwen2_audio"), [ask(0, "sound_long.wav", "?")]).values()
    assert answer.media_note["audio_0"]["heard_s"] == 4.0


def test_a_batch_tells_of_one_answer_at_a_time_and_rarely(
    engine: Callable[[str], Engine], pictures: list[Request]
) -> None:
    told: list[tuple[int, str]] = []
    began = time.monotonic()
    settings = replace(SHORT, max_new_tokens=100)
    list(engine("llava").generate(pictures, settings, on_text=lambda key, text: told.append((key, text))))
    assert told
    # ten a second, and one more whenever a followed answer ends
    assert len(told) <= 10 * (time.monotonic() - began) + len(pictures) + 1


def test_a_model_without_a_chat_template_is_asked_in_plain_text(
    checkpoint: Checkpoint, ask: Ask, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(checkpoint("qwen2_vl"), tmp_path / "model"))
    (copy / "chat_template.jinja").unlink()
    engine = _engine(copy, lambda model: model)
    assert engine._preparer.style == "plain"
    [answer] = completions(engine, [ask(0, "Вот: ", "picture_0.png", " Что это?")]).values()
    assert answer.completion_tokens > 0


def test_a_chat_template_that_takes_only_strings_gets_media_tokens_in_the_text(
    checkpoint: Checkpoint, ask: Ask, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(checkpoint("phi4"), tmp_path / "model"))
    plain = "{% for m in messages %}{{ '<|' + m.role + '|>' + m.content + '<|end|>' }}{% endfor %}"
    (copy / "chat_template.jinja").write_text(plain)
    engine = _engine(copy, lambda model: model)
    assert engine._preparer.style == "string"
    [answer] = completions(engine, [ask(0, "sound_0.wav", "Что слышно?")]).values()
    assert answer.completion_tokens > 0


def test_a_listeners_own_error_is_not_taken_for_the_models(
    engine: Callable[[str], Engine], pictures: list[Request]
) -> None:
    def broken(key: int, text: str) -> None:
        raise ValueError("the page is gone")

    with pytest.raises(ValueError, match="the page is gone"):
        list(engine("llava").generate(pictures, SHORT, on_text=broken))
    assert len(completions(engine("llava"), pictures)) == len(pictures)


def test_a_processor_that_takes_one_prompt_at_a_time_is_given_one(
    checkpoint: Checkpoint, engine: Callable[[str], Engine], ask: Ask
) -> None:
    """Ultravox' processor comes with the checkpoint and is called so; here another family's stands in for it."""
    requests = [ask(i, f"sound_{i % 2}.wav", "Что слышно?" * (1 + i)) for i in range(3)]
    plain = _engine(checkpoint("qwen2_audio"), lambda model: model, one_by_one=True)
    found = {k: a.text for k, a in completions(plain, requests).items()}
    assert found == {k: a.text for k, a in completions(engine("qwen2_audio"), requests).items()}


def test_a_slow_scripted_answer_can_be_cancelled_between_words(ask: Ask) -> None:
    engine = ScriptedEngine({1: "раз два три четыре пять", 2: "ещё"}, token_s=0.001)
    told: list[str] = []
    given = engine.generate(
        [ask(1, "?"), ask(2, "?")],
        Settings(),
        on_text=lambda _, text: told.append(text),
        cancelled=lambda: len(told) == 3,
    )
    assert list(given) == []
    assert told[-1] == "раз два три" and engine.asked == [1]


def test_a_scripted_engine_refuses_what_it_is_told_to(ask: Ask) -> None:
    engine = ScriptedEngine({1: "да"}, capabilities=Capabilities(frozenset({"image"})))
    outcomes = dict(engine.generate([ask(1, "?"), ask(2, "?"), ask(3, "sound_0.wav", "?")], Settings()))
    codes = [answer.code if isinstance(answer, Problem) else answer.text for answer in outcomes.values()]
    assert codes == ["да", "no_answer", "modality_not_taken"]


@pytest.mark.parametrize("family", ["qwen2_5_omni", "qwen2_vl", "llava"])
def test_a_question_without_media_is_answered_beside_one_with(
    engine: Callable[[str], Engine], ask: Ask, family: str
) -> None:
    """As the setting `media: none` asks it: the prompt is shorter by what the picture took."""
    found = completions(engine(family), [ask(0, "picture_0.png", "Что это?"), ask(1, "Что это?")])
    seen, unseen = found[0], found[1]
    assert unseen.prompt_tokens < seen.prompt_tokens
    assert unseen.media_note == {} and seen.media_note
