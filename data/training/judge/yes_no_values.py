"""Gold answers that are a yes or a no."""

from __future__ import annotations

from synonyms import opposites
from value import Drawing, Value

# What is said of a thing that was asked about.
AFFIRM = (
    "да",
    "Да.",
    "да, верно",
    "да, есть",
    "да, {thing} есть",
    "верно",
    "yes",
    "да, это так",
    "конечно, да",
    "ага",
    "так и есть",
    "Да, на изображении видно {thing}",
    "да, здесь {thing}",
    "правда",
    "присутствует",
    "{thing} там есть",
    "{thing} есть, да",
    "видно {thing}, поэтому да",
    "{thing} действительно есть",
    "{thing} слышно хорошо",
    "безусловно",
    "точно да",
)
DENY = (
    "нет",
    "Нет.",
    "нет, неверно",
    "нет, отсутствует",
    "нет, {thing} не видно",
    "неверно",
    "no",
    "нет, это не так",
    "не",
    "Нет, {thing} здесь нет",
    "отсутствует",
    "{thing} там нет",
    "{thing} нет",
    "не видно {thing}, поэтому нет",
    "{thing} не слышно",
    "без {thing}",
    "нет, это другое, {thing} ни при чём",
    "вовсе нет",
    "точно нет",
    "неправда",
    "нет, тут нет {thing}",
    "не видно",
    "это не так",
    "ничего подобного, нет",
)


class YesNoValues(Drawing):
    """Questions about a thing being there, and about its state."""

    def yes_no_value(self) -> Value:
        rng, words = self.rng, self.words
        if rng.random() < 0.5:
            return self.state_value()
        yes = rng.random() < 0.5
        thing = words.inflect(words.rare(words.nouns[:5000]))
        right, wrong = (AFFIRM, DENY) if yes else (DENY, AFFIRM)
        question = rng.choice(
            (
                f"Есть ли на изображении {thing}?",
                f"Верно ли, что это {thing}?",
                f"Слышно ли {thing}?",
                f"{thing.capitalize()} движется?",
            )
        )
        gold = rng.choice(("да", "Да", "да", "верно") if yes else ("нет", "Нет", "нет", "неверно"))
        return Value(
            question,
            gold,
            lambda: rng.choice(right).format(thing=thing),
            lambda: rng.choice(wrong).format(thing=thing),
            binary=True,
        )

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
