"""Which question of a task another tool's row is about: by its key, or by its media and words; never by a guess."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

_MEDIA = re.compile(
    r"\.(?:png|jpe?g|webp|gif|bmp|tiff?|wav|mp3|flac|ogg|opus|m4a|aac|mp4|avi|mov|webm|mkv)$", re.I
)
_UPLOADED = re.compile(r"^[0-9a-f]{8}-")  # what Label Studio puts before the name of an uploaded file


@dataclass(frozen=True, slots=True)
class Known:
    """A question of the task: its `key`, its words, the names of its media files."""

    key: str
    question: str
    media: tuple[str, ...]


class Matcher:
    """Finds questions by the fields of rows. With `column` that field is the key, and nothing else counts."""

    def __init__(self, questions: Sequence[Known], column: str = "") -> None:
        self._column = column
        self._keys = {each.key for each in questions}
        self._by_media: dict[str, set[str]] = defaultdict(set)
        self._by_words: dict[str, set[str]] = defaultdict(set)
        for each in questions:
            self._by_words[_words(each.question)].add(each.key)
            for name in each.media:
                self._by_media[name.casefold()].add(each.key)

    def find(self, fields: Mapping[str, str]) -> list[str]:
        """The keys of all questions that fit: one is the question, several are ambiguous. A row whose media are not the
        task's fits none, whatever its words are."""
        if self._column:
            key = fields.get(self._column, "").strip()
            return [key] if key in self._keys else []
        fitting = []
        for value in fields.values():
            if media := self._media(value):
                fitting.append(media)
            elif _MEDIA.search(_name(value)):
                return []
            elif words := self._by_words.get(_words(value)):
                fitting.append(words)
        return sorted(set.intersection(*fitting)) if fitting else []

    def _media(self, value: str) -> set[str]:
        name = _name(value).casefold()
        return self._by_media.get(name) or self._by_media.get(_UPLOADED.sub("", name)) or set()


def _name(value: str) -> str:
    """The file's name in a path or an address: `…/1.png?token=x`, `/data/local-files/?d=set/1.png`."""
    address, _, query = value.strip().partition("?")
    if not _MEDIA.search(address) and "=" in query:
        address = query.rpartition("=")[2]
    return unquote(address.replace("\\", "/").rpartition("/")[2])


def _words(text: str) -> str:
    return " ".join(text.split()).casefold()
