"""Which question a row is about: by its key, by media and words; a doubt is no match."""

import pytest

from studio.humans.crowd import Known, Matcher

QUESTIONS = [
    Known("1", "Что на картинке?", ("0001.png",)), Known("2", "Что на картинке?", ("0002.png",)),
    Known("3", "Кто поёт?", ("song 1.mp3",)), Known("4", "Кто поёт?", ("song 1.mp3",)),
    Known("5", "Сколько будет 2 + 2?", ()),
    Known("6", "Что раньше?", ("a.png", "b.png")), Known("7", "Что раньше?", ("a.png", "c.png")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "keys"),
    [
        ({"image": "https://files.example/set/0001.png?sig=a/b"}, ["1"]),
        ({"image": "/data/upload/7/e875f554-0002.png"}, ["2"]),
        ({"image": "/data/local-files/?d=set/0002.PNG"}, ["2"]),
        ({"audio": "s3://bucket/song%201.mp3"}, ["3", "4"]),
        ({"question": "Что на картинке?"}, ["1", "2"]),
        ({"question": " что  на картинке? ", "image": "0001.png"}, ["1"]),
        ({"q": "Сколько будет 2 + 2?", "topic": "числа"}, ["5"]),
        ({"first": "a.png", "second": "c.png"}, ["7"]),
        ({"first": "a.png"}, ["6", "7"]),
        ({"q": "Сколько будет 2 + 2?", "image": "0009.png"}, []),
        ({"q": "Что на картинке?", "image": "song 1.mp3"}, []),
        ({"q": "чужой вопрос"}, []),
        ({}, []),
    ],
)
def test_a_row_finds_its_question_or_says_that_it_is_in_doubt(
    fields: dict[str, str], keys: list[str]
) -> None:
    assert Matcher(QUESTIONS).find(fields) == keys


def test_a_key_counts_alone() -> None:
    matcher = Matcher(QUESTIONS, "id")
    assert matcher.find({"id": " 3 ", "image": "0001.png"}) == ["3"]
    assert matcher.find({"image": "0001.png"}) == [] and matcher.find({"id": "99"}) == []
