"""Whether a name is what a value asks for."""

from studio.query import tree
from studio.query.fields import folded
from studio.query.patterns import Matcher


def fits(value: tree.Value, text: str) -> bool:
    """Whether a name is what a value asks for."""
    match value:
        case tree.Word(word):
            return folded(word) == folded(text)
        case tree.Glob(glob):
            return Matcher(f"^{'.*'.join(map(_escaped, glob.split('*')))}$").found(folded(text))
        case tree.Pattern(source):
            return Matcher(source).found(folded(text))
        case tree.Anything():
            return True
    return False


def _escaped(text: str) -> str:
    return "".join(character if character.isalnum() else f"\\{character}" for character in text)
