"""Hand-written word groups for the generator: synonyms of common words, their English names, families of siblings."""

from pathlib import Path

# Opposites. Before the bar: denying one is saying the other (не открыта = закрыта); after it only wrong for each other.
COMPLEMENTS = """
открыто закрыто; открыта закрыта; включён выключен; живой мёртвый; одинаковые разные; странное нормальное;
правда ложь; чётное нечётное; видно скрыто; полный пустой; сухой мокрый; женат холост; можно нельзя;
движется неподвижен; занято свободно; верно неверно; цветная чёрно-белая; взрослый ребёнок; чистый грязный;
прямая кривая; целая сломанная; настоящий поддельный; работает сломан; присутствует отсутствует;
спит бодрствует
"""
OPPOSITES = """
левый правый; слева справа; сверху снизу; вверх вниз; влево вправо; вперёд назад; больше меньше; выше ниже;
увеличивается уменьшается; большой маленький; растёт падает; быстрее медленнее; громче тише;
ускоряется замедляется; длинный короткий; широкий узкий; высокий низкий; толстый тонкий; тёплый холодный;
горячий холодный; день ночь; утро вечер; лето зима; начало конец; первый последний; вход выход;
мужчина женщина; мальчик девочка; весёлый грустный; светлый тёмный; старый молодой; старый новый;
тяжёлый лёгкий; твёрдый мягкий; громкий тихий; быстрый медленный; богатый бедный; сильный слабый;
близко далеко; рано поздно; север юг; запад восток; друг враг; победа поражение; покупает продаёт;
входит выходит; надевает снимает; поднимает опускает; приходит уходит; открывает закрывает;
включает выключает; нагревается остывает; плюс минус; кислота щёлочь; твёрдое жидкое; хищник травоядное;
прибыль убыток; вогнутое выпуклое
"""
NEAR_PREPOSITIONS = ["у", "возле", "около", "рядом с", "вблизи", "недалеко от"]
PREPOSITIONS = [
    NEAR_PREPOSITIONS,
    ["в", "внутри", "в"],
    ["на", "на", "поверх"],
    ["под", "под", "снизу под"],
    ["за", "позади", "сзади"],
    ["перед", "впереди", "напротив"],
    ["над", "выше"],
    ["между", "меж"],
    ["среди", "посреди"],
    ["слева от", "левее"],
    ["справа от", "правее"],
]
REFUSED = (
    "не вижу, не слышу, не знаю, не понимаю, не могу определить, затрудняюсь сказать, не в "
    "силах назвать, не берусь судить о"
)


def opposites() -> list[tuple[str, str, bool]]:
    """(word, its opposite, whether denying the one asserts the other)."""
    out = []
    for text, complete in ((COMPLEMENTS, True), (OPPOSITES, False)):
        for pair in text.replace("\n", " ").split(";"):
            a, b = pair.split()
            out += [(a, b, complete), (b, a, complete)]
    return out


def synonym_groups() -> list[list[str]]:
    """Words that a person accepts for one another in a short answer: the lines of synonyms.txt."""
    return [[w.strip() for w in line.split(",")] for line in _lines("synonyms.txt")]


def english() -> dict[str, str]:
    """Russian word -> English word: the lines of english.txt."""
    return {ru: en for ru, en in (line.rsplit(" ", 1) for line in _lines("english.txt"))}


def _lines(name: str) -> list[str]:
    return (Path(__file__).parent / name).read_text(encoding="utf-8").strip().splitlines()


def families() -> dict[str, list[str]]:
    """Category -> its words (the lines of families.txt): a question about one has right and wrong answers from it."""
    rows = (line.split(": ", 1) for line in _lines("families.txt"))
    return {name: words.split(", ") for name, words in rows}
