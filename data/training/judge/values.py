"""Gold answers of every kind for the generator, each with ways to say the same and ways to be wrong."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from random import Random

import natural
import numbers_ru as numbers
import wrappings
from synonyms import PREPOSITIONS, opposites
from words import Words, load_lexicon

ELEMENTS = [
    "H",
    "O",
    "N",
    "C",
    "S",
    "P",
    "F",
    "K",
    "Na",
    "Cl",
    "Ca",
    "Fe",
    "Cu",
    "Al",
    "Mg",
    "Zn",
    "Ag",
    "Ba",
    "Br",
    "Mn",
]


@dataclasses.dataclass
class Value:
    """A gold answer, what agrees with it and what does not (each call draws anew)."""

    question: str
    gold: str
    same: Callable[[], str]
    other: Callable[[], str]
    binary: bool = False


class Values:
    """Draws values: `value()` picks a kind by its weight."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.words = Words(load_lexicon(), rng)
        self.makers: list[tuple[float, Callable[[], Value]]] = [
            (0.2, self.family_value),
            (0.13, self.word_value),
            (0.12, self.phrase_value),
            (0.18, self.number_value),
            (0.08, self.yes_no_value),
            (0.07, self.list_value),
            (0.05, self.time_value),
            (0.06, self.action_value),
            (0.04, self.opposite_value),
            (0.04, self.place_value),
            (0.04, self.sentence_value),
            (0.07, self.code_value),
            (0.14, self.synonym_value),
            (0.02, self.english_value),
            (0.02, self.typo_value),
        ]

    def value(self) -> Value:
        weights = [w for w, _ in self.makers]
        return self.rng.choices([m for _, m in self.makers], weights)[0]()

    def same_word(self, word: str) -> str:
        words, roll = self.words, self.rng.random()
        if roll < 0.3:
            return word
        if roll < 0.55:
            return words.same(word) or words.inflect(word)
        if roll < 0.57:
            return words.typo(word)
        if roll < 0.6:
            return words.english.get(word, word)
        if roll < 0.76 and word in words.adj:
            return (
                f"{words.adj[word][6 if words.adj[word][6] else 0]} цвета"
                if words.family_of.get(word) == "цвет"
                else words.inflect(word)
            )
        if roll < 0.82 and word in words.noun:
            return self.with_adjective(words.inflect(word))
        return words.inflect(word)

    def with_adjective(self, noun: str) -> str:
        adj = self.words.rare(self.words.adjs[:3000])
        return f"{self.rng.choice([adj, *self.words.forms.get(adj, [])])} {noun}"

    def other_word(self, word: str, family: str | None = None) -> str:
        found = self.words.other(word, family)
        if self.rng.random() < 0.04:
            return self.words.english.get(found, found)
        return self.words.inflect(found) if self.rng.random() < 0.35 else found

    def family_value(self) -> Value:
        words, rng = self.words, self.rng
        family = rng.choice(list(words.families))
        gold = rng.choice(words.families[family])
        if rng.random() < 0.25:
            group = rng.choice(words.hand)
            gold = rng.choice(group)
        question = wrappings.family_question(family, words, rng)

        def say(word: str, share: float) -> str:
            return natural.described(family, word, words, rng) if rng.random() < share else word

        return Value(
            question,
            gold,
            lambda: say(gold, 1) if rng.random() < 0.25 else self.same_word(gold),
            lambda: say(self.other_word(gold, family), 0.25),
        )

    def synonym_value(self) -> Value:
        """Listed synonyms in any form; wrong are words of neighbouring groups, which are close in subject."""
        words, rng = self.words, self.rng
        hand = rng.random() < 0.75
        groups = words.hand if hand else words.small_net
        at = rng.randrange(len(groups))
        group = groups[at]
        gold = rng.choice(group)

        def form(word: str) -> str:
            return words.inflect(word) if rng.random() < 0.45 else word

        def same() -> str:
            text = form(rng.choice(group))
            return self.with_adjective(text) if rng.random() < 0.08 and text in words.noun else text

        def other() -> str:
            for _ in range(9):
                near = groups[max(0, min(len(groups) - 1, at + rng.choice((-4, -3, -2, -1, 1, 2, 3, 4))))]
                found = rng.choice(near if hand and rng.random() < 0.6 else rng.choice(groups))
                if not set(found.split()) & set(gold.split()) and not words.equal(gold, found):
                    return form(found)
            return self.other_word(gold)

        return Value(wrappings.open_question(words, rng), form(gold), same, other)

    def english_value(self) -> Value:
        """Common words in English, right and wrong."""
        words, rng = self.words, self.rng
        gold = rng.choice(list(words.english))
        family = words.family_of.get(gold)

        def say(word: str) -> str:
            said = words.english.get(word, word)
            return rng.choice(("{}", "{}", "{}", "a {}", "the {}", "It is {}", "It's a {}.")).format(said)

        def other() -> str:
            pool = [w for w in words.families.get(family or "", []) if w in words.english]
            found = rng.choice(pool if pool and rng.random() < 0.6 else list(words.english))
            return say(found) if not words.equal(gold, found) else self.other_word(gold, family)

        question = wrappings.family_question(family or "", words, rng)
        return Value(question, gold, lambda: say(gold) if rng.random() < 0.8 else self.same_word(gold), other)

    def typo_value(self) -> Value:
        """A slip of the keyboard is forgiven; another real word of nearly the same letters is not."""
        words, rng = self.words, self.rng
        while True:
            pool = rng.choice((words.nouns[:9000], words.adjs[:2500], *words.families.values()))
            gold = words.rare(pool)
            if len(gold) >= 5 and " " not in gold:
                break

        def other() -> str:
            alike = words.spelled_alike(gold)
            if alike and not words.equal(gold, alike) and rng.random() < 0.6:
                return alike
            wrong = self.other_word(gold, words.family_of.get(gold))
            return words.typo(wrong) if rng.random() < 0.7 else wrong

        return Value(
            wrappings.open_question(words, rng),
            gold,
            lambda: words.typo(gold) if rng.random() < 0.85 else words.inflect(gold),
            other,
        )

    def word_value(self) -> Value:
        words, rng = self.words, self.rng
        pool = rng.choices(
            [words.nouns, words.adjs, words.verbs, words.names, words.places], [8, 3, 3, 1, 1]
        )[0]
        gold = words.rare(pool)
        if rng.random() < 0.35:
            gold = rng.choice(rng.choice(words.net if rng.random() < 0.7 else words.hand))
        if rng.random() < 0.3:
            gold = words.inflect(gold)
        if pool in (words.names, words.places):
            gold = gold.capitalize()
        if pool is words.nouns and rng.random() < 0.25:
            return self.governed_value(gold)
        return Value(
            wrappings.open_question(words, rng),
            gold,
            lambda: self.same_word(gold),
            lambda: self.other_word(gold),
        )

    def governed_value(self, noun: str) -> Value:
        """A noun in the case its preposition asks for: из досок, на скрипке; told with and without it."""
        words, rng = self.words, self.rng
        preposition = rng.choice(("из", "на", "в", "о", "с", "для", "к", "от", "по"))

        def say(word: str) -> str:
            form = words.inflect(word)
            return f"{preposition} {form}" if rng.random() < 0.5 else rng.choice((form, word))

        gold = f"{preposition} {words.inflect(noun)}"
        return Value(
            wrappings.open_question(words, rng),
            gold,
            lambda: say((words.same(noun) or noun) if rng.random() < 0.15 else noun),
            lambda: say(words.other(noun, words.family_of.get(noun))),
        )

    def phrase(self) -> list[str]:
        """Two or three content words: adjective and noun, noun and genitive, preposition and noun."""
        words, rng = self.words, self.rng
        noun = rng.choice(
            words.families[rng.choice(("животное", "предмет", "еда", "транспорт", "профессия"))]
        )
        if rng.random() < 0.5:
            noun = words.rare(words.nouns)
        roll = rng.random()
        if roll < 0.5:
            adj = rng.choice(words.families["цвет"]) if rng.random() < 0.4 else words.rare(words.adjs[:4000])
            return [adj, noun]
        second = words.inflect(words.rare(words.nouns))
        if roll < 0.7:
            return [noun, second]
        if roll < 0.85:
            return [noun, rng.choice(("в", "на", "под", "с", "без", "около", "за", "для")), second]
        return [words.rare(words.adjs[:4000]), noun, second]

    def phrase_value(self) -> Value:
        words, rng = self.words, self.rng
        parts = self.phrase()

        def same() -> str:
            out = [words.inflect(p) if rng.random() < 0.5 else p for p in parts]
            if rng.random() < 0.25:
                i = rng.randrange(len(out))
                out[i] = words.same(parts[i]) or out[i]
            if rng.random() < 0.12 and len(out) == 2:
                out.reverse()
            return " ".join(out)

        def other() -> str:
            out = list(parts)
            spots = [i for i, p in enumerate(parts) if len(p) > 3] or [0]
            for i in {rng.choice(spots)} if rng.random() < 0.65 else set(spots):
                out[i] = self.other_word(parts[i])
            if rng.random() < 0.12:
                return self.other_word(parts[-1])
            return " ".join(out)

        return Value(wrappings.open_question(words, rng), " ".join(parts), same, other)

    def number_value(self) -> Value:
        rng = self.rng
        text = numbers.draw(rng)
        unit = rng.choice(numbers.UNITS) if rng.random() < 0.5 else None
        bare = rng.random() < 0.15  # gold without the unit that the prediction may carry
        counted = self.words.inflect(self.words.rare(self.words.nouns[:6000]))
        gold = text if rng.random() < 0.8 else numbers.same(text, rng)

        def said(number: str, allow_wrong_unit: bool = False) -> str:
            if unit is None:
                return natural.counted(number, counted, rng) if rng.random() < 0.25 else number
            chosen = unit
            if allow_wrong_unit:
                chosen = rng.choice([u for u in numbers.UNITS if u is not unit])
            roll = rng.random()
            return (
                number
                if roll < 0.12 and not allow_wrong_unit
                else number + rng.choice((" ", " ", " ", "")) + rng.choice(chosen)
                if number[-1:].isdigit()
                else (f"{number} {rng.choice(chosen)}")
            )

        def other() -> str:
            if unit is not None and not bare and rng.random() < 0.55:
                return said(numbers.same(text, rng), allow_wrong_unit=True)
            wrong = numbers.other(text, rng)
            return said(numbers.same(wrong, rng) if rng.random() < 0.5 else wrong)

        full = gold if unit is None or bare else f"{gold} {rng.choice(unit)}"
        question = wrappings.number_question(self.words, rng, unit[1] if unit else None)
        return Value(question, full, lambda: said(numbers.same(text, rng)), other)

    def yes_no_value(self) -> Value:
        rng, words = self.rng, self.words
        if rng.random() < 0.5:
            return self.state_value()
        yes = rng.random() < 0.5
        thing = words.inflect(words.rare(words.nouns[:5000]))
        affirm = [
            "да",
            "Да.",
            "да, верно",
            "да, есть",
            f"да, {thing} есть",
            "верно",
            "yes",
            "да, это так",
            "конечно, да",
            "ага",
            "так и есть",
            f"Да, на изображении видно {thing}",
            f"да, здесь {thing}",
            "правда",
            "присутствует",
            f"{thing} там есть",
            f"{thing} есть, да",
            f"видно {thing}, поэтому да",
            f"{thing} действительно есть",
            f"{thing} слышно хорошо",
            "безусловно",
            "точно да",
        ]
        deny = [
            "нет",
            "Нет.",
            "нет, неверно",
            "нет, отсутствует",
            f"нет, {thing} не видно",
            "неверно",
            "no",
            "нет, это не так",
            "не",
            f"Нет, {thing} здесь нет",
            "отсутствует",
            f"{thing} там нет",
            f"{thing} нет",
            f"не видно {thing}, поэтому нет",
            f"{thing} не слышно",
            f"без {thing}",
            f"нет, это другое, {thing} ни при чём",
            "вовсе нет",
            "точно нет",
            "неправда",
            f"нет, тут нет {thing}",
            "не видно",
            "это не так",
            "ничего подобного, нет",
        ]
        right, wrong = (affirm, deny) if yes else (deny, affirm)
        question = rng.choice(
            (
                f"Есть ли на изображении {thing}?",
                f"Верно ли, что это {thing}?",
                f"Слышно ли {thing}?",
                f"{thing.capitalize()} движется?",
            )
        )
        gold = rng.choice(("да", "Да", "да", "верно") if yes else ("нет", "Нет", "нет", "неверно"))
        return Value(question, gold, lambda: rng.choice(right), lambda: rng.choice(wrong), binary=True)

    def state_value(self) -> Value:
        """Включён ли свет? A statement of the state is a yes, of its denial or its opposite a no."""
        rng, words = self.rng, self.words
        thing = words.rare(words.nouns[:5000])
        state, opposite, complete = rng.choice(opposites())
        if rng.random() < 0.4:
            state, opposite, complete = words.inflect(words.rare(words.adjs[:4000])), "", False
        yes = rng.random() < 0.5
        affirm = ["да", f"да, {state}", f"{thing} {state}", f"да, {thing} {state}", f"Да, это {state}", state]
        deny = [
            "нет",
            f"не {state}",
            f"нет, не {state}",
            f"{thing} не {state}",
            f"нет, {thing} не {state}",
            f"{thing} вовсе не {state}",
        ]
        if opposite:
            deny += [opposite, f"{thing} {opposite}", f"нет, {opposite}"]
        if complete:
            affirm += [f"не {opposite}", f"{thing} не {opposite}"]
        question = rng.choice(
            (
                f"{state.capitalize()} ли {thing}?",
                f"Верно ли, что {thing} {state}?",
                f"{thing.capitalize()} {state}?",
                f"Правда ли, что {thing} {state}?",
            )
        )
        right, wrong = (affirm, deny) if yes else (deny, affirm)
        gold = rng.choice(("да", "Да") if yes else ("нет", "Нет"))
        return Value(question, gold, lambda: rng.choice(right), lambda: rng.choice(wrong), binary=True)

    def list_value(self) -> Value:
        words, rng = self.words, self.rng
        family = rng.choice(list(words.families))
        pool = words.families[family] if rng.random() < 0.6 else [words.rare(words.nouns) for _ in range(8)]
        items = rng.sample(pool, rng.choice((2, 2, 2, 3)))

        def say(parts: list[str]) -> str:
            parts = [words.inflect(p) if rng.random() < 0.3 else p for p in parts]
            return rng.choice(
                (", ".join(parts), ", ".join(parts[:-1]) + " и " + parts[-1], " и ".join(parts))
            )

        def same() -> str:
            return say(rng.sample(items, len(items)) if rng.random() < 0.5 else items)

        def other() -> str:
            out = list(items)
            i = rng.randrange(len(out))
            roll = rng.random()
            if roll < 0.48:
                out[i] = self.other_word(out[i], None)
            elif roll < 0.82:
                out.pop(i)
            else:
                out.append(self.other_word(out[i]))
            return say(out) if len(out) > 1 else out[0]

        return Value(wrappings.open_question(words, rng), say(items), same, other)

    def time_value(self) -> Value:
        rng, words = self.rng, self.words
        months = [
            "января",
            "февраля",
            "марта",
            "апреля",
            "мая",
            "июня",
            "июля",
            "августа",
            "сентября",
            "октября",
            "ноября",
            "декабря",
        ]

        def moment() -> tuple[str, list[str]]:
            if rng.random() < 0.5:
                h, m = rng.randint(0, 23), rng.choice((0, 0, 15, 30, rng.randint(1, 59)))
                forms = [
                    f"{h}:{m:02d}",
                    f"{h}.{m:02d}",
                    f"{h} часов {m} минут",
                    f"{h} ч {m} мин",
                    f"в {h}:{m:02d}",
                ]
                if m == 0:
                    forms += [f"{h} часов", f"{numbers.in_words(h)} часов", f"ровно {h} часов"]
                return f"{h}:{m:02d}", forms
            d, mo, y = rng.randint(1, 28), rng.randrange(12), rng.randint(1500, 2030)
            if rng.random() < 0.4:
                return f"{y}", [f"{y}", f"{y} год", f"в {y} году", f"{y} г."]
            return f"{d} {months[mo]}", [
                f"{d} {months[mo]}",
                f"{d:02d}.{mo + 1:02d}",
                f"{numbers.in_words(d)} {months[mo]}",
            ]

        gold, forms = moment()

        def other() -> str:
            for _ in range(9):
                key, found = moment()
                if key != gold:
                    return rng.choice(found)
            return "неизвестно когда"

        return Value(
            wrappings.time_question(words, rng), rng.choice(forms[:2]), lambda: rng.choice(forms), other
        )

    def action_value(self) -> Value:
        """A verb with its object or place: "мальчик ловит рыбу"."""
        words, rng = self.words, self.rng
        verb = rng.choice(words.rows["INFN"][: rng.choice((600, 6000))])
        forms = [f for f in verb[2:] if f] or [verb[0]]
        objects = words.inflect(words.rare(words.nouns[:8000]))
        subject = rng.choice(words.families[rng.choice(("профессия", "животное"))])

        def say(v: list[str], obj: str, who: str) -> str:
            head = rng.choice([f for f in v[2:] if f] or [v[0]])
            return rng.choice((f"{head} {obj}", f"{who} {head} {obj}", f"{head} {obj}"))

        def other() -> str:
            wrong = rng.choice(words.rows["INFN"][:6000])
            if rng.random() < 0.5 and not words.equal(wrong[0], verb[0]):
                return say(wrong, objects, subject)
            return (
                say(verb, self.other_word(objects), subject)
                if rng.random() < 0.6
                else say(wrong, self.other_word(objects), subject)
            )

        gold = f"{rng.choice(forms)} {objects}"
        return Value(wrappings.action_question(words, rng), gold, lambda: say(verb, objects, subject), other)

    def opposite_value(self) -> Value:
        """The hardest wrong answer of all, and the denial that says the same (не открыта = закрыта)."""
        rng, words = self.rng, self.words
        gold, opposite, complete = rng.choice(opposites())
        denied = f"{rng.choice(('не', 'вовсе не', 'совсем не', 'отнюдь не'))} {opposite}"
        denies_gold = f"{rng.choice(('не', 'вовсе не', 'совсем не', 'ничуть не'))} {gold}"
        right = [gold, words.inflect(gold), *([denied] if complete else [f"{denied}, а {gold}"])]
        wrong = [opposite, opposite, words.inflect(opposite), denies_gold]
        return Value(
            wrappings.open_question(words, rng),
            gold,
            lambda: rng.choice(right),
            lambda: rng.choice(wrong),
            binary=True,
        )

    def place_value(self) -> Value:
        """Prepositions carry the answer: под столом is not на столе, возле стола is у стола."""
        rng, words = self.rng, self.words
        group = rng.choice(PREPOSITIONS)
        noun = (
            rng.choice(words.families[rng.choice(("предмет", "место"))])
            if rng.random() < 0.6
            else words.rare(words.nouns)
        )

        def say(choices: list[str], thing: str) -> str:
            head = rng.choice(choices)
            return f"{head} {words.inflect(thing)}"

        def same() -> str:
            return noun if rng.random() < 0.1 else say(group, noun)

        def other() -> str:
            if rng.random() < 0.55:
                return say(group, self.words.other(noun))
            return say(rng.choice([p for p in PREPOSITIONS if p is not group]), noun)

        return Value(f"Где {words.inflect(words.rare(words.nouns))}?", say(group[:1], noun), same, other)

    def sentence_value(self) -> Value:
        """Who does what where: an answer of several words, told again in another order and form."""
        rng, words = self.rng, self.words

        def parts() -> list[str]:
            verb = rng.choice(words.rows["INFN"][:3000])
            who = rng.choice(words.families[rng.choice(("профессия", "животное"))])
            what = [words.inflect(words.rare(words.nouns[:9000])) for _ in range(rng.choice((1, 1, 2)))]
            return [who, rng.choice([f for f in verb[2:] if f] or [verb[0]]), *what]

        gold = parts()

        def say(items: list[str]) -> str:
            items = [
                words.inflect(x)
                if rng.random() < 0.35
                else (words.same(x) or x)
                if rng.random() < 0.12
                else x
                for x in items
            ]
            if rng.random() < 0.35:
                rng.shuffle(items)
            if rng.random() < 0.4:
                items.insert(rng.randint(0, len(items)), wrappings.amid("", words, rng).strip(" ."))
            return " ".join(items)

        def other() -> str:
            roll, items = rng.random(), list(gold)
            if roll < 0.25:
                return say(parts())
            if roll < 0.5:
                return say([items[0], *parts()[1:]])
            for i in rng.sample(range(len(items)), rng.choice((1, 1, 2))):
                items[i] = self.other_word(items[i])
            return say(items)

        return Value(wrappings.action_question(words, rng), " ".join(gold), lambda: say(gold), other)

    def code_value(self) -> Value:
        """Formulas, ratios, fractions, ordinals, car plates: strings to compare sign by sign."""
        rng, words = self.rng, self.words
        kind = rng.randrange(5)

        def draw() -> list[str]:
            if kind == 0:
                made = "".join(
                    rng.choice(ELEMENTS) + rng.choice(("", "", "2", "3", "4"))
                    for _ in range(rng.randint(2, 3))
                )
                return [made, made]
            if kind == 1:
                a, b = rng.randint(1, 12), rng.randint(0, 12)
                return [f"{a}:{b}", f"{a} : {b}", f"{a} к {b}"]
            if kind == 2:
                a, b = rng.choice(
                    (
                        (1, 2),
                        (1, 4),
                        (3, 4),
                        (1, 5),
                        (2, 5),
                        (3, 5),
                        (1, 8),
                        (1, 10),
                        (1, 2),
                        (1, 4),
                        (3, 4),
                        (3, 10),
                        (7, 10),
                    )
                )
                named = {2: "вторая", 3: "третья", 4: "четвёртая", 5: "пятая", 8: "восьмая", 10: "десятая"}[b]
                several = {2: "вторых", 4: "четвёртых", 5: "пятых", 8: "восьмых", 10: "десятых"}[b]
                spoken = f"одна {named}" if a == 1 else f"{numbers.in_words(a, True)} {several}"
                extra = {(1, 2): ["половина"], (1, 4): ["четверть"], (3, 4): ["три четверти"]}.get((a, b), [])
                return [
                    f"{a}/{b}",
                    f"{a / b:g}".replace(".", ","),
                    f"{a} / {b}",
                    f"{a * 100 / b:g}%".replace(".", ","),
                    f"{a * 100 / b:g} процентов".replace(".", ","),
                    spoken,
                    *extra,
                ]
            if kind == 3:
                n = rng.randrange(10)
                return [
                    numbers.ORDINALS[n],
                    str(n + 1),
                    words.inflect(numbers.ORDINALS[n]),
                    f"{n + 1}-й",
                    f"номер {n + 1}",
                ]
            made = "".join(rng.choice("ABCDEHKMOPTXY0123456789") for _ in range(rng.randint(3, 6)))
            return [made, made.lower()]

        forms = draw()

        def other() -> str:
            for _ in range(9):
                found = draw()
                if found[0] != forms[0]:
                    return rng.choice(found)
            return "другое"

        return Value(wrappings.open_question(words, rng), forms[0], lambda: rng.choice(forms), other)
