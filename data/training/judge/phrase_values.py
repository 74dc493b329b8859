"""Gold answers of several words."""

from __future__ import annotations

import wrappings
from synonyms import PREPOSITIONS
from value import Drawing, Value


class PhraseValues(Drawing):
    """Phrases, lists, actions, places and whole sentences."""

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
