"""The two layouts of a Russian keyboard: `ефыл` is `task` typed on the other one."""

_ENGLISH = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`" + 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>~'
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюё" + "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ"
_TO_ENGLISH = str.maketrans(_RUSSIAN, _ENGLISH)
_TO_RUSSIAN = str.maketrans(_ENGLISH, _RUSSIAN)


def in_english(text: str) -> str:
    """What the same keys write on an English layout."""
    return text.translate(_TO_ENGLISH)


def in_russian(text: str) -> str:
    """What the same keys write on a Russian layout."""
    return text.translate(_TO_RUSSIAN)
