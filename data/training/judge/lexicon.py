"""Build the word lists that the generator of judge triples draws from (a cache, never committed).

Sources, all used for training alone: the pymorphy3 dictionary (inflected forms), the word frequencies of
`wordfreq` (which words are common) and `wiki-ru-wordnet` (synonym sets and hypernyms from Wiktionary).
Run: python data/training/judge/lexicon.py
"""

from __future__ import annotations

import collections
import gzip
import importlib.util
import json
import re
import sqlite3
from pathlib import Path
from typing import Any

CACHE = Path(__file__).parent / ".cache" / "lexicon.json"
CYRILLIC = re.compile(r"^[а-яё]+(-[а-яё]+)?$")
NOUN_FORMS = [
    "sing,nomn",
    "sing,gent",
    "sing,datv",
    "sing,accs",
    "sing,ablt",
    "sing,loct",
    "plur,nomn",
    "plur,gent",
]
ADJ_FORMS = [
    "masc,nomn",
    "femn,nomn",
    "neut,nomn",
    "plur,nomn",
    "masc,sing,gent",
    "femn,sing,accs",
    "plur,gent",
]
VERB_FORMS = ["sing,3per", "plur,3per", "masc,past", "femn,past", "plur,past"]
LIMITS = {"NOUN": 26000, "ADJF": 8000, "INFN": 7000}


def _package_dir(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(
            f"{name} is needed to build the lexicon: pip install --no-deps wordfreq wiki-ru-wordnet"
        )
    return Path(spec.origin).parent


def ranked_words(count: int) -> list[str]:
    """The `count` most frequent Cyrillic words, most frequent first."""
    import msgpack

    raw = (_package_dir("wordfreq") / "data" / "large_ru.msgpack.gz").read_bytes()
    bins: list[Any] = msgpack.unpackb(gzip.decompress(raw), raw=False)
    words = (w for b in bins[1:] for w in b if CYRILLIC.match(w) and len(w) > 1)
    return [w for w, _ in zip(words, range(count), strict=False)]


def _forms(parse: Any, wanted: list[str]) -> list[str]:
    out: list[str] = []
    for spec in wanted:
        form = parse.inflect(set(spec.split(",")))
        out.append(form.word if form else "")
    return out


def inflected(words: list[str]) -> dict[str, list[list[str]]]:
    """Lemma first, then forms (empty where there is none), per part of speech, in order of frequency."""
    import pymorphy3

    morph = pymorphy3.MorphAnalyzer()
    out: dict[str, list[list[str]]] = {"NOUN": [], "ADJF": [], "INFN": []}
    seen: set[tuple[str, str]] = set()
    tables = {"NOUN": NOUN_FORMS, "ADJF": ADJ_FORMS, "INFN": VERB_FORMS}
    for word in words:
        parse = morph.parse(word)[0]
        if not parse.is_known or any(
            t in parse.tag for t in ("Abbr", "Surn", "Patr", "Slng", "Erro", "Orgn")
        ):
            continue
        lemma = parse.normalized
        pos = {"VERB": "INFN", "GRND": "INFN"}.get(str(parse.tag.POS), str(parse.tag.POS))
        key = (pos, lemma.word)
        if pos not in out or key in seen or len(out[pos]) >= LIMITS[pos] or len(lemma.word) < 3:
            continue
        if pos == "ADJF" and "Apro" in parse.tag:
            continue
        seen.add(key)
        kind = (
            "name"
            if "Name" in lemma.tag
            else "geo"
            if "Geox" in lemma.tag
            else "anim"
            if "anim" in lemma.tag
            else ""
        )
        gender = str(lemma.tag.gender or "")
        out[pos].append([lemma.word, kind + ":" + gender, *_forms(lemma, tables[pos])])
    return out


def wordnet(known: set[str]) -> tuple[list[list[str]], list[list[str]], list[list[str]]]:
    """Synonym sets, groups of siblings (words under one hypernym), and (word, hypernym) pairs of known words."""
    db = sqlite3.connect(_package_dir("wiki_ru_wordnet") / "database" / "wikiwordnet.db")
    sets: dict[int, set[str]] = collections.defaultdict(set)
    for sid, lemma in db.execute("SELECT synset_id, lemma FROM synsets"):
        if lemma in known:
            sets[sid].add(lemma)
    synonyms = [sorted(s) for s in sets.values() if len(s) > 1]
    children: dict[int, set[str]] = collections.defaultdict(set)
    pairs: set[tuple[str, str]] = set()
    for sid, above in db.execute("SELECT sid, hypersid FROM hypernyms"):
        children[above] |= sets[sid]
        pairs |= {(w, h) for w in sets[sid] for h in sets[above] if w != h}
    db.close()
    siblings = [sorted(c) for c in children.values() if len(c) > 2]
    return synonyms, siblings, sorted(map(list, pairs))  # type: ignore[arg-type]


def build() -> None:
    words = ranked_words(300_000)
    forms = inflected(words)
    known = {row[0] for rows in forms.values() for row in rows}
    synonyms, siblings, hypernyms = wordnet(known)
    CACHE.parent.mkdir(parents=True, exist_ok=True)
    data = {
        "forms": forms,
        "synonyms": synonyms,
        "siblings": siblings,
        "hypernyms": hypernyms,
        "words": words[:60000],
    }
    CACHE.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    sizes = {k: len(v) for k, v in forms.items()} | {"synonyms": len(synonyms), "siblings": len(siblings)}
    print(CACHE, sizes)


if __name__ == "__main__":
    build()
