"""A message without its media reads as if it had never held any."""

from pathlib import Path

import pytest

from studio.core.content import Media, Text, media_of, text_of, without_media


def message(template: str):
    """A message out of a text with `<image>`, `<audio>` and `<video>` in it."""
    import re

    parts = []
    for piece in re.split(r"(<(?:image|audio|video)>)", template):
        if piece.startswith("<") and piece.endswith(">") and piece[1:-1] in {"image", "audio", "video"}:
            parts.append(Media(piece[1:-1], piece[1:-1], Path("x.png"), "0"))
        elif piece:
            parts.append(Text(piece))
    return tuple(parts)


CASES = [
    # a label's line goes, and what stood around it closes up
    ("Изображение: <image>\nВопрос: что это?", "Вопрос: что это?"),
    ("Начало.\nИзображение: <image>\nВопрос: что это?", "Начало.\nВопрос: что это?"),
    ("<image>\n\nЧто это?", "Что это?"),
    ("Контекст.\n\n<image>\n\nЧто это?", "Контекст.\n\nЧто это?"),
    ("Аудио 1: <audio>\nАудио 2: <audio>\nЧто громче?", "Что громче?"),
    ("Аудио 1: <audio>, аудио 2: <audio>.\nЧто громче?", "Что громче?"),
    ("Что это? <image>", "Что это?"),
    ("<video>", ""),
    # a sentence around a medium stays
    ("Посмотри на <image> и ответь.", "Посмотри на и ответь."),
    ("Послушай запись <audio>, затем ответь.", "Послушай запись, затем ответь."),
    ("Изображение: <image> Вопрос: что это?", "Вопрос: что это?"),
    ("Ответь. Видео: <video> Кто бежит?", "Ответь. Кто бежит?"),
    ("Вопрос: <image> что это?", "Вопрос: что это?"),
    # words about a medium are text
    ("Имеется 1 изображение.\n<image>\nЧто на картинке?", "Имеется 1 изображение.\nЧто на картинке?"),
    # nothing but the medium's neighbourhood changes
    ("А.\n\n\nБ.\n<image>\nВ.\n\n\nГ.", "А.\n\n\nБ.\nВ.\n\n\nГ."),
]


@pytest.mark.parametrize(("before", "after"), CASES)
def test_media_leave_no_trace(before: str, after: str) -> None:
    rewritten = without_media(message(before))
    assert text_of(rewritten) == after
    assert not media_of(rewritten)


def test_a_message_without_media_is_not_touched() -> None:
    text = (Text("\n\nИзображение:\n"), Text("Что это?"))
    assert without_media(text) is text
