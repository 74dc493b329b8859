"""Train the judge's tokenizer: word stems as BPE pieces, numerals as digits, one spelling for look-alike letters.

Everything happens in `tokenizer.json`, so that plain `AutoTokenizer` reproduces it: the normalizer writes letters,
numerals and decimals one way; the pre-tokenizer drops inflectional endings (and splits off verbal ones), so that
"красный" and "красного" become the same piece and the model compares stems it may never have seen before.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

from synonyms import english, families, synonym_groups
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast

VOCABULARY = 8000
SPECIAL = ["[PAD]", "[CLS]", "[SEP]", "[UNK]"]
LOOKALIKE = {"А": "A", "В": "B", "С": "C", "Е": "E", "Н": "H"}

# Endings of nouns and adjectives: removed when at least three letters stay.
REMOVED = (
    "иями|ями|ами|иях|ях|ах|иям|ям|ам|ией|ией|ою|ею|ого|его|ому|ему|ыми|ими|ая|яя|ое|ее|ые|ие|ый|ий|ой|ей|ую|юю|"
    "ых|их|ым|им|ом|ем|ов|ев|ия|ии|ию|ье|ья|ьи|ью|ьей|ьев|ьям|ьями|а|я|о|е|и|ы|у|ю|ь|й"
)
# Endings of verbs: split off, not removed, for nouns end in the same letters (кровать, канал).
SPLIT = (
    "ывается|ивается|ываться|иваться|ывает|ивает|ывают|ивают|ывать|ивать|ывал|ивал|ается|яется|аются|яются|аться|яться|"
    "иться|ится|ятся|ется|утся|ются|алась|ались|алось|ался|илась|илось|ились|ился|ает|яет|ают|яют|ать|ять|ить|еть|уть|"
    "ала|али|ало|ила|или|ило|ела|ели|ело|ует|уют|ит|ят|ет|ут|ют|ат|ал|ил|ел|ял|ла|ло|ли|ть|ся|сь"
)

UNITS = {
    "0": "ноль|нуль|ноля|нуля",
    "1": "один|одна|одно|одного|одной|одну|одному|одним|одном",
    "2": "два|две|двух|двум|двумя|двое|двоих",
    "3": "три|трех|трем|тремя|трое|троих",
    "4": "четыре|четырех|четырем|четырьмя|четверо|четверых",
    "5": "пять|пяти|пятью|пятеро|пятерых",
    "6": "шесть|шести|шестью|шестеро|шестерых",
    "7": "семь|семи|семеро|семерых",
    "8": "восемь|восьми|восемью",
    "9": "девять|девяти|девятью",
}
TEENS = {
    "10": "десять|десяти|десятью",
    "11": "одиннадцать|одиннадцати",
    "12": "двенадцать|двенадцати",
    "13": "тринадцать|тринадцати",
    "14": "четырнадцать|четырнадцати",
    "15": "пятнадцать|пятнадцати",
    "16": "шестнадцать|шестнадцати",
    "17": "семнадцать|семнадцати",
    "18": "восемнадцать|восемнадцати",
    "19": "девятнадцать|девятнадцати",
}
TENS = {
    "2": "двадцать|двадцати",
    "3": "тридцать|тридцати",
    "4": "сорок",
    "5": "пятьдесят|пятидесяти",
    "6": "шестьдесят|шестидесяти",
    "7": "семьдесят|семидесяти",
    "8": "восемьдесят|восьмидесяти",
    "9": "девяносто",
}
HUNDREDS = {
    "1": "сто|ста",
    "2": "двести|двухсот",
    "3": "триста|трехсот",
    "4": "четыреста|четырехсот",
    "5": "пятьсот|пятисот",
    "6": "шестьсот|шестисот",
    "7": "семьсот|семисот",
    "8": "восемьсот|восьмисот",
    "9": "девятьсот|девятисот",
}

ORDINALS = {
    "1": "перв",
    "2": "втор",
    "3": "треть|трет(?=ий)",
    "4": "четверт(?!ь)",
    "5": "пят(?!ь|н|к)",
    "6": "шест(?!ь|ерк)",
    "7": "седьм",
    "8": "восьм",
    "9": "девят(?!ь)",
    "10": "десят(?!ь|к)",
    "11": "одиннадцат(?!ь)",
    "12": "двенадцат(?!ь)",
    "13": "тринадцат(?!ь)",
    "14": "четырнадцат(?!ь)",
    "15": "пятнадцат(?!ь)",
    "16": "шестнадцат(?!ь)",
    "17": "семнадцат(?!ь)",
    "18": "восемнадцат(?!ь)",
    "19": "девятнадцат(?!ь)",
    "20": "двадцат(?!ь)",
}
ORDINAL_ENDINGS = "ый|ий|ой|ого|его|ому|ему|ым|им|ом|ем|ая|ую|ое|ые|ых|ыми|я|е|ю|ей|и|их"
MEASURES = {
    "км/ч": "километр[а-я]* в час",
    "м/с": "метр[а-я]* в секунду|м/[cс]",
    "км": "километр[а-я]*",
    "см": "сантиметр[а-я]*",
    "мм": "миллиметр[а-я]*",
    "м": "метр(?:ов|ах|ам|ами|а|ы|е|у)?",
    "мг": "миллиграмм[а-я]*",
    "кг": "килограмм[а-я]*|кило",
    "г": "грамм[а-я]*|гр",
    "мл": "миллилитр[а-я]*",
    "л": "литр[а-я]*",
    "т": "тонн[а-я]*",
    "с": "секунд[а-я]*|сек|c",
    "мин": "минут[а-я]*",
    "ч": "час(?:ов|а|ам|ами)?",
    "руб": "рубл[а-я]*|₽|р",
    "%": "процент[а-я]*",
    "°": "градус[а-я]*(?: цельсия)?|°[cс]",
    "шт": "штук[а-я]*",
    "в": "вольт[а-я]*|b",
    "а": "ампер[а-я]*|a",
    "вт": "ватт[а-я]*",
    "н": "ньютон[а-я]*|h",
    "дж": "джоул[а-я]*",
    "гц": "герц[а-я]*",
    "ом": "омов|ома|ом",
    "па": "паскал[а-я]*",
}


def _replace(pattern: str, content: str) -> normalizers.Normalizer:
    return normalizers.Replace(Regex(pattern), content)


def numeral_rules() -> list[normalizers.Normalizer]:
    """Russian numerals up to 999 (and whole thousands) to digits, as a chain of replacements on lower-cased text."""
    start, end = r"(?<![а-яa-z0-9])", r"(?![а-яa-z])"
    unit = "|".join(UNITS.values())
    teen = "|".join(TEENS.values())
    tens = "|".join(TENS.values())
    rules: list[normalizers.Normalizer] = []
    for digit, forms in HUNDREDS.items():
        rules.append(_replace(rf"{start}(?:{forms})(?: (?=(?:{tens}){end})| (?=(?:{teen}){end}))", digit))
        rules.append(_replace(rf"{start}(?:{forms}) (?=(?:{unit}){end})", digit + "0"))
        rules.append(_replace(rf"{start}(?:{forms}){end}", digit + "00"))
    joined = r"(?<![а-яa-z])"
    for digit, forms in TENS.items():
        rules.append(_replace(rf"{joined}(?:{forms}) (?=(?:{unit}){end})", digit))
        rules.append(_replace(rf"{joined}(?:{forms}){end}", digit + "0"))
    for number, forms in (TEENS | UNITS).items():
        rules.append(_replace(rf"{joined}(?:{forms}){end}", number))
    thousand = "тысяч[аиу]?"
    rules.append(_replace(r"(?<![а-яa-z0-9])(?<!\d )тысяч[ау](?![а-я])", "1 тысяча"))
    for gap, digits in (("", 3), ("0", 2), ("00", 1)):
        rules.append(_replace(rf"(?<=\d) {thousand} (?=\d{{{digits}}}(?!\d))", gap))
    rules.append(_replace(rf"(?<=\d) {thousand}(?![а-я])", "000"))
    rules.append(_replace(r"(?<=\d) с половиной", ".5"))
    rules.append(_replace(rf"{start}полтор[аы]{end}", "1.5"))
    rules.append(_replace(rf"{start}минус (?=\d)", "-"))
    return rules


def ordinal_rules() -> list[normalizers.Normalizer]:
    """Ordinals to 3-й, whatever their form."""
    rules = [
        _replace(rf"(?<![а-яa-z0-9])(?:{stems})(?:{ORDINAL_ENDINGS})(?![а-я])", f"{number}-й")
        for number, stems in ORDINALS.items()
    ]
    return [
        *rules,
        _replace(r"(?<=\d)-?(?:ый|ого|му|ым|ом|ая|ую|ое|ой|го|м|я|е)(?![а-яa-z0-9])", "-й"),
        _replace(r"(?<=\d)-[eе](?![а-яa-z0-9])", "-й"),
    ]


def measure_rules() -> list[normalizers.Normalizer]:
    """The names of units after a number to their signs."""
    return [_replace(rf"(?<=\d) ?(?:{names})(?![а-яa-z/])", f" {sign}") for sign, names in MEASURES.items()]


def letter_rules() -> list[normalizers.Normalizer]:
    """Cyrillic letters that look Latin become Latin where they stand alone as the name of an option."""
    rules = []
    for cyrillic, latin in LOOKALIKE.items():
        rules.append(_replace(rf"(?<![\w]){cyrillic}(?=[).:,;»\"'*\]]|\s*$)", latin))
        rules.append(_replace(rf"(?<=[а-яА-Яa-z:,«\"(] ){cyrillic}(?!\w)", latin))
        rules.append(_replace(rf"(?<![\w]){cyrillic.lower()}(?=\)|\s*$)", latin.lower()))
    return rules


def english_rules() -> list[normalizers.Normalizer]:
    """Common English words to Russian ones; where two share a translation, the first of the list."""
    start, end = "(?<![a-zа-я0-9-])", "(?![a-zа-я0-9])"
    first: dict[str, str] = {}
    for russian, word in english().items():
        first.setdefault(word.lower(), russian.lower().replace("ё", "е"))
    rules = [_replace(rf"{start}(?:it is|it's|this is|there is|there are|the|an) (?=[a-z])", "")]
    return rules + [_replace(rf"{start}{word}{end}", russian) for word, russian in first.items()]


def normalizer() -> normalizers.Normalizer:
    return normalizers.Sequence(
        [
            normalizers.NFKC(),
            _replace(r"[*_`#«»\"“”„]+", ""),
            _replace(r"[−–—‑]", "-"),
            *letter_rules(),
            normalizers.Lowercase(),
            normalizers.Replace("ё", "е"),
            *english_rules(),
            _replace(r"(?<=\d),(?=\d)", "."),
            _replace(r"(?<=\d) (?=\d{3}(?!\d))", ""),
            *numeral_rules(),
            *ordinal_rules(),
            *measure_rules(),
            _replace(r"[ \t\r]*\n\s*", " ⏎ "),
            _replace(r"^ ⏎ | ⏎ $", ""),
        ]
    )


def pre_tokenizer() -> pre_tokenizers.PreTokenizer:
    word_end = r"(?![а-я])"
    return pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            pre_tokenizers.Punctuation(),
            pre_tokenizers.Split(Regex(r"\d{1,2}"), "isolated"),
            pre_tokenizers.Split(
                Regex(rf"(?<=[а-я]{{2}}(?:т|ть|л|ла|ло|ли|шь|ем|им|у|ю|те))с[яь]{word_end}"), "isolated"
            ),
            pre_tokenizers.Split(Regex(rf"(?<=[а-я]{{3}})(?:{REMOVED}){word_end}"), "removed"),
            pre_tokenizers.Split(Regex(rf"(?<=[а-я]{{3}})(?:{SPLIT}){word_end}"), "isolated"),
        ]
    )


def with_pairs_of_digits(tokenizer: Tokenizer) -> Tokenizer:
    """Every two digits are one piece: 24 and 42 differ as pieces, not as the order of the same pieces."""
    data = json.loads(tokenizer.to_str())
    data["pre_tokenizer"] = json.loads(pre_tokenizer().__getstate__())
    vocab, merges = data["model"]["vocab"], data["model"]["merges"]
    for piece in [f"##{d}" for d in range(10)] + [f"{n:02d}" for n in range(100)]:
        vocab.setdefault(piece, len(vocab))
    known = {tuple(m) for m in merges}
    merges += [[a, f"##{b}"] for a in "0123456789" for b in "0123456789" if (a, f"##{b}") not in known]
    return Tokenizer.from_str(json.dumps(data))


def listed_words() -> list[str]:
    """The single words of our lists of synonyms and families."""
    groups = [*synonym_groups(), *families().values()]
    return sorted({word.lower() for group in groups for word in group if " " not in word})


def with_whole_words(tokenizer: Tokenizer, words: list[str], most: int = 3) -> Tokenizer:
    """Give each listed word that falls into up to `most` pieces one of its own, so that synonyms can be tied."""
    data = json.loads(tokenizer.to_str())
    vocab, merges = data["model"]["vocab"], data["model"]["merges"]
    known = {tuple(m) for m in merges}
    for word in words:
        pieces = tokenizer.encode(word, add_special_tokens=False).tokens
        stem = list(itertools.takewhile(lambda p: p.startswith("##"), pieces[1:]))
        left = pieces[0]
        if not 1 <= len(stem) < most or not left.isalpha():
            continue
        for right in stem:
            if (left, right) not in known:
                merges.append([left, right])
                known.add((left, right))
            left += right.removeprefix("##")
            vocab.setdefault(left, len(vocab))
    return Tokenizer.from_str(json.dumps(data))


def corpus(words: list[str], texts: Iterator[str]) -> Iterator[str]:
    """Generated texts, then every known word, the commoner ones several times."""
    yield from texts
    for rank, word in enumerate(words):
        repeat = 1 + int(60 / (1 + rank / 400))
        for _ in range(repeat):
            yield word


def train(words: list[str], texts: Iterator[str], out: Path) -> PreTrainedTokenizerFast:
    """Train on `texts` and `words`, write a folder that `AutoTokenizer` loads, and return the tokenizer."""
    tokenizer = Tokenizer(models.BPE(unk_token="[UNK]", continuing_subword_prefix="##"))
    tokenizer.normalizer = normalizer()
    tokenizer.pre_tokenizer = pre_tokenizer()
    alphabet = [
        chr(c) for c in itertools.chain(range(0x430, 0x450), range(0x21, 0x7F), range(0x3B1, 0x3CA))
    ] + list("⏎°%×÷√≈≤≥²№€∞")
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=SPECIAL,
        initial_alphabet=alphabet,
        limit_alphabet=220,
        continuing_subword_prefix="##",
        min_frequency=2,
        show_progress=False,
    )
    tokenizer.train_from_iterator(corpus(words, texts), trainer)
    tokenizer = with_whole_words(with_pairs_of_digits(tokenizer), listed_words())
    ids = {t: tokenizer.token_to_id(t) for t in SPECIAL}
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B [SEP]",
        special_tokens=[(t, ids[t]) for t in ("[CLS]", "[SEP]")],
    )
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        unk_token="[UNK]",
        model_max_length=8192,
        model_input_names=["input_ids", "attention_mask"],
    )
    fast.save_pretrained(out)
    return fast


def renew_normalizer(folder: Path) -> None:
    """Give a trained tokenizer the rules of this file; its pieces stay."""
    path = folder / "tokenizer.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["normalizer"] = json.loads(normalizer().__getstate__())
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    from generator import Generator
    from words import load_lexicon

    lexicon = load_lexicon()
    stream = Generator(seed=11)
    triples = (stream.triple() for _ in range(30_000))
    folder = Path(__file__).parent / ".cache" / "tokenizer"
    fast = train(lexicon["words"], (t for q, g, p, _ in triples for t in (q, g, p)), folder)
    print(
        len(fast),
        json.dumps(
            fast.tokenize("В комнате двадцать пять красного цвета собак. Ответ: В"), ensure_ascii=False
        ),
    )
