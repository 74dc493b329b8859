"""Files, folders and archives are gone through; each file is asked whose log it is, by content."""

import json
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from studio.core.errors import BadInput
from studio.core.logs import Log, LoggedTask
from studio.logs import Reader, Source, open_logs, rest_of
from studio.logs.rows import Once, data_url, json_file, json_lines, numbers


def read(sources: Sequence[Source]) -> Iterator[Log]:
    for source in sources:
        yield Log("toy", (source.facts(),), (LoggedTask(source.name, ()),))


TOY = Reader("toy", lambda source: source.head.startswith(b"TOY"), read, lambda row: row)


def names(paths: list[Path], **more: int) -> list[str]:
    with open_logs(paths, readers=(TOY,), **more) as opened:  # type: ignore[arg-type]
        return [task.name for log in opened.logs for task in log.tasks]


def source(path: Path) -> Source:
    return Source(path, path.name, path.read_bytes()[:1000])


def test_a_folder_is_gone_through_and_only_logs_are_taken(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "b.txt").write_text("TOY b")
    (tmp_path / "a.json").write_text("TOY a")
    (tmp_path / "readme.md").write_text("nothing")
    (tmp_path / ".hidden").write_text("TOY hidden")
    (tmp_path / "link").symlink_to(tmp_path / "a.json")
    with open_logs([tmp_path], readers=(TOY,)) as opened:
        assert [log.files[0].name for log in opened.logs] == ["a.json", "deep/b.txt"]
        assert opened.unknown == ("readme.md",)


def test_one_file_given_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("TOY")
    assert names([tmp_path / "a", tmp_path]) == ["a"]


def test_an_archive_is_a_folder_and_cannot_write_outside_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "logs.zip", "w") as archive:
        archive.writestr("in/a.txt", "TOY")
        archive.writestr("../../escaped.txt", "TOY")
    assert names([tmp_path / "logs.zip"]) == ["escaped.txt", "in/a.txt"]
    assert not (tmp_path.parent / "escaped.txt").exists()


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", "TOY" + "0" * 5_000_000)
    with pytest.raises(BadInput, match=r"log_too_large: file=bomb\.zip"):
        names([tmp_path / "bomb.zip"], most_unpacked=2**20)


def test_a_broken_archive_is_named(tmp_path: Path) -> None:
    (tmp_path / "half.zip").write_bytes(b"PK\x03\x04 and then nothing")
    with pytest.raises(BadInput, match=r"log_zip_broken: file=half\.zip"):
        names([tmp_path / "half.zip"])


def test_a_file_that_is_nobodys_log_is_refused_with_the_tools_that_are_read(tmp_path: Path) -> None:
    (tmp_path / "letter.json").write_text("{}")
    with pytest.raises(BadInput, match=r"log_unknown: file=letter\.json, known=toy"):
        names([tmp_path / "letter.json"])


def test_a_folder_without_logs_and_a_path_that_is_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="log_none"):
        names([tmp_path])
    with pytest.raises(BadInput, match="log_no_path"):
        names([tmp_path / "nowhere"])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"a": 1}\n{"a": 2', "log_cut: file=x, row=2"),
        (b'{"a": 1}\n{"a": }\n{"a": 3}\n', "log_row_not_json: file=x, row=2"),
        (b'{"a": 1}\n\n[1]\n', "log_row_not_object: file=x, row=3, found=list"),
        (b'{"a": "\xff"}\n', "log_not_utf8: file=x, row=1, position=7"),
        (b"[" * 100_000 + b"\n", "log_row_not_json: file=x, row=1"),
    ],
)
def test_a_broken_row_is_named(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(BadInput, match=said):
        list(json_lines(source(tmp_path / "x")))


def test_rows_keep_their_text_and_their_numbers(tmp_path: Path) -> None:
    (tmp_path / "x").write_text('{"a":  "да"}\r\n\n{"b": 2}', encoding="utf-8")
    lines = list(json_lines(source(tmp_path / "x")))
    assert [(line.number, line.text) for line in lines] == [(1, '{"a":  "да"}'), (3, '{"b": 2}')]


def test_a_file_that_is_no_object_is_named(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("[]")
    with pytest.raises(BadInput, match="log_not_object: file=x, found=list"):
        json_file(source(tmp_path / "x"))
    (tmp_path / "x").write_text("{")
    with pytest.raises(BadInput, match="log_not_json: file=x"):
        json_file(source(tmp_path / "x"))


def test_a_key_that_stands_twice_is_refused_with_both_rows(tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    once = Once(source(tmp_path / "x"))
    once.add("7", 1)
    once.add("8", 2)
    with pytest.raises(BadInput, match="log_duplicate: file=x, row=5, key=7, first=1"):
        once.add("7", 5)


def test_a_data_url_becomes_bytes_and_anything_else_nothing() -> None:
    assert data_url("data:image/png;base64,aGk=") == ("image", b"hi")
    assert data_url("data:application/pdf;base64,aGk=") == (None, b"hi")
    assert data_url("https://example.org/a.png") is None
    assert data_url("data:image/png;base64,@@") is None


def test_only_numbers_are_scores() -> None:
    found = numbers({"acc": True, "f1": 0.5, "n": 3, "text": "1", "nan": json.loads("NaN"), "none": None})
    assert found == {"acc": 1.0, "f1": 0.5, "n": 3.0}


def test_what_no_reader_explains_is_shown_whole() -> None:
    assert rest_of("a tool of tomorrow", {"a": 1}) == {"a": 1}
    assert rest_of("a tool of tomorrow", [1]) == {"row": [1]}


def test_half_a_surrogate_pair_becomes_a_character_that_can_be_kept(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"a": "\\ud83d"}\n{"a": "\\ud83d\\ude00"}\n')
    half, pair = json_lines(source(tmp_path / "a.jsonl"))
    assert half.value == {"a": "\ufffd"} and json.loads(half.text) == half.value
    assert pair.value == {"a": "😀"}


def test_a_folder_with_logs_of_all_tools_gives_all_of_them_and_takes_nothing_else() -> None:
    with open_logs([Path(__file__).parent]) as opened:
        tools = {log.tool for log in opened.logs}
    assert tools == {"lm-eval", "lmms-eval", "inspect-ai", "evalscope", "vlmevalkit"}
    assert "README.md" in opened.unknown and "test_opening.py" in opened.unknown
