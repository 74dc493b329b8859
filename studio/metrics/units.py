"""Units of measurement after a number, for the rule by which a unit that only one side names does not matter."""

import re

NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)")
_SIGNS = (
    "нм мкм мм см дм м км мг г гр кг т ц мл л с сек мс мин ч сут мес руб р коп шт чел "
    "н дж кдж вт квт в а ма ом гц кгц па кпа атм к °c °с ° % ‰ "
    "км/ч м/с м² м2 см² см2 м³ м3 см³ см3 кв.м кв.см куб.м "
    "nm mm cm m km mg g kg t ml l s ms min h n j kj w kw v a hz pa k px"
)
_STEMS = (
    "миллиметр сантиметр дециметр метр километр миллиграмм грамм килограмм тонн центнер миллилитр литр "
    "секунд минут час дн день сутк сут недел месяц год лет рубл копе штук раз человек градус процент"
)
_ENDING = "(?:а|ы|и|у|е|я|ь|ов|ев|ей|ек|ок|йка|йки|ом|ам|ами|ах|ях|ям)?"
_NAMES = "|".join([*(stem + _ENDING for stem in _STEMS.split(" ")), *map(re.escape, _SIGNS.split(" "))])
_MEASURED = re.compile(rf"({NUMBER.pattern})\s*(?:{_NAMES})\.?")


def without_unit(form: str, gold: str) -> tuple[str, str]:
    """Both sides, the unit taken off the one that has it where the other is a number alone."""
    if NUMBER.fullmatch(gold) and (found := _MEASURED.fullmatch(form)):
        return found[1], gold
    if NUMBER.fullmatch(form) and (found := _MEASURED.fullmatch(gold)):
        return form, found[1]
    return form, gold
