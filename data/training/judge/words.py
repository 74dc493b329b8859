"""Words for the generator: families, rare dictionary words, look-alikes, synonyms, and their inflected forms."""

from __future__ import annotations

import collections
import json
from pathlib import Path
from random import Random
from typing import Any

from synonyms import english, families, synonym_groups

CACHE = Path(__file__).parent / ".cache" / "lexicon.json"
# Vowels and consonants that sound alike: the commonest spelling mistakes.
CONFUSED = dict(zip("оаеиыбпвфгкдтзсжшщ", "аоиеипбфвкгтдсзшжш", strict=True))
LETTERS = "абвгдежзийклмнопрстуфхцчшщыьэюя"


def load_lexicon() -> dict[str, Any]:
    if not CACHE.exists():
        raise SystemExit("build the lexicon first: python data/training/judge/lexicon.py")
    data: dict[str, Any] = json.loads(CACHE.read_text(encoding="utf-8"))
    return data


class Words:
    """Draws words, and words that mean the same or something else."""

    def __init__(self, lexicon: dict[str, Any], rng: Random) -> None:
        self.rng = rng
        forms = lexicon["forms"]
        self.rows = {pos: [row for row in rows if row[0]] for pos, rows in forms.items()}
        self.forms: dict[str, list[str]] = {}
        for rows in self.rows.values():
            for row in rows:
                self.forms.setdefault(row[0], [f for f in row[2:] if f])
        self.noun = {row[0]: row for row in self.rows["NOUN"]}
        self.adj = {row[0]: row for row in self.rows["ADJF"]}
        self.nouns = [r[0] for r in self.rows["NOUN"] if not r[1].startswith(("name", "geo"))]
        self.names = [r[0] for r in self.rows["NOUN"] if r[1].startswith("name")]
        self.places = [r[0] for r in self.rows["NOUN"] if r[1].startswith("geo")]
        self.adjs = [r[0] for r in self.rows["ADJF"]]
        self.verbs = [r[0] for r in self.rows["INFN"]]
        self.families = families()
        self.family_of = {w: k for k, ws in self.families.items() for w in ws}
        self.english = english()
        self.synonyms = self._synonyms(lexicon["synonyms"])
        self.hand = [g for g in synonym_groups() if len(g) > 1]
        self.net = lexicon["synonyms"]
        self.small_net = [g for g in self.net if len(g) <= 3]  # larger sets are loose
        self.siblings = lexicon["siblings"]
        self.sibling_of: dict[str, list[str]] = {w: g for g in self.siblings for w in g}
        self.hyper: dict[str, list[str]] = collections.defaultdict(list)
        for low, high in lexicon["hypernyms"]:
            self.hyper[low].append(high)
        self.near = self._near()
        self.known = {*self.forms, *(f for forms in self.forms.values() for f in forms)}

    def _synonyms(self, net: list[list[str]]) -> dict[str, set[str]]:
        out: dict[str, set[str]] = collections.defaultdict(set)
        for group in [*net, *synonym_groups()]:
            for word in group:
                out[word] |= set(group) - {word}
        return out

    def _near(self) -> dict[str, list[str]]:
        """Words one deletion apart share a key: кот and кит (к*т), лес and лев."""
        out: dict[str, list[str]] = collections.defaultdict(list)
        for pos in ("nouns", "adjs", "verbs"):
            for word in getattr(self, pos)[:12000]:
                for i in range(len(word)):
                    out[word[:i] + "*" + word[i + 1 :]].append(word)
        return {k: v for k, v in out.items() if len(v) > 1}

    def rare(self, rows: list[str]) -> str:
        """A word, the common half of the list as likely as the rest."""
        share = self.rng.choice((0.03, 0.15, 1.0))
        return rows[int(self.rng.random() * share * len(rows))]

    def spelled_alike(self, word: str) -> str | None:
        spots = [word[:i] + "*" + word[i + 1 :] for i in range(len(word))]
        found = [w for s in spots for w in self.near.get(s, ()) if w != word]
        return self.rng.choice(found) if found else None

    def same(self, word: str) -> str | None:
        """A synonym, or None."""
        found = sorted(self.synonyms.get(word, ()))
        return self.rng.choice(found) if found else None

    def inflect(self, text: str) -> str:
        """Another form of each word that the dictionary knows (числа и падежи at random)."""
        out = []
        for part in text.split(" "):
            forms = self.forms.get(part.lower())
            out.append(self.rng.choice(forms) if forms and self.rng.random() < 0.8 else part)
        return " ".join(out)

    def typo(self, word: str) -> str:
        """One letter lost, doubled, swapped or replaced inside a word of five letters or more; no other real word."""
        for _ in range(6):
            found = self._typo(word)
            if found != word and found not in self.known:
                return found
        return word

    def _typo(self, word: str) -> str:
        if len(word) < 5 or " " in word:
            return word
        i = self.rng.randrange(1, len(word) - 1)
        kind = self.rng.randrange(5)
        if kind == 0:
            return word[:i] + word[i + 1 :]
        if kind == 1:
            return word[:i] + word[i] + word[i:]
        if kind == 2:
            return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
        confused = CONFUSED.get(word[i]) if kind == 3 else None
        return word[:i] + (confused or self.rng.choice(LETTERS)) + word[i + 1 :]

    def equal(self, a: str, b: str) -> bool:
        """Whether two texts may mean the same as far as the lists know."""
        low, high = a.lower(), b.lower()
        if low == high or high in {s.lower() for s in self.synonyms.get(a, ())}:
            return True
        if low in self.forms.get(high, ()) or high in self.forms.get(low, ()):
            return True
        return bool(set(self.synonyms.get(a, ())) & set(self.synonyms.get(b, ())))

    def other(self, word: str, family: str | None = None) -> str:
        """A wrong word: of the same family, a sibling, one spelled alike, a hypernym, or any."""
        for _ in range(12):
            found = self._other(word, family)
            if found and not self.equal(word, found):
                return found
        return self.rare(self.nouns) + "ник"

    def _other(self, word: str, family: str | None) -> str | None:
        rng, roll = self.rng, self.rng.random()
        family = family or self.family_of.get(word)
        if family and roll < 0.6:
            return rng.choice(self.families[family])
        if word in self.sibling_of and roll < 0.75:
            return rng.choice(self.sibling_of[word])
        if roll < 0.82:
            return self.spelled_alike(word)
        if roll < 0.86 and self.hyper.get(word):
            return rng.choice(self.hyper[word])
        if word in self.adj:
            return self.rare(self.adjs)
        return self.rare(self.verbs if word.endswith(("ть", "ться")) else self.nouns)
