"""A keyboard with a Russian layout: keys have the places that every keyboard has, and write Cyrillic letters."""

from typing import Any

from studio.core.keyboard import in_russian

# What the keys write that are not letters: (without Shift, with Shift).
SIGNS = {"Slash": (".", ","), "Comma": ("б", "Б"), "Period": ("ю", "Ю"), "BracketLeft": ("х", "Х"),
         "BracketRight": ("ъ", "Ъ"), "Digit7": ("7", "?")}  # fmt: skip
SHIFT = 8  # as the protocol of the browser counts modifiers


def press(page: Any, code: str, *, shift: bool = False) -> None:
    """One press of the key at this place (`KeyN`, `Digit7`, `Slash`)."""
    plain = code[3].lower() if code.startswith("Key") else code.removeprefix("Digit")
    letter = SIGNS[code][shift] if code in SIGNS else in_russian(plain.upper() if shift else plain)
    session = page.context.new_cdp_session(page)
    for kind in ("keyDown", "keyUp"):
        text = {"text": letter} if kind == "keyDown" else {}
        held = {"modifiers": SHIFT} if shift else {}
        session.send("Input.dispatchKeyEvent", {"type": kind, "code": code, "key": letter, **text, **held})
    session.detach()


def question_mark(page: Any) -> None:
    """«?» of a Russian layout: Shift and 7."""
    press(page, "Digit7", shift=True)


def readable(page: Any) -> None:
    """Waits until the question has been there long enough for a key to answer it."""
    page.wait_for_selector(".an-ask[data-ready]")


# What has the focus, in short: `button data-step=next`; "" for nothing.
HELD = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return '';
    const told = [...one.attributes].filter(({name}) => /^(data-|name$|id$|class$)/.test(name));
    return [one.localName, ...told.map(({name, value}) => `${name}=${value}`)].join(' ');
}"""


def held(page: Any) -> str:
    return str(page.evaluate(HELD))
