"""Which loop draws each open tab: a newer one ends the older, whatever the browser does with them."""

import itertools


class Following:
    """Tokens by session. A loop begins, goes on while its token is current, and ends."""

    def __init__(self) -> None:
        self._tokens: dict[str, int] = {}
        self._next = itertools.count()

    def begin(self, session: str) -> int:
        self._tokens[session] = token = next(self._next)
        return token

    def is_current(self, session: str, token: int) -> bool:
        return self._tokens.get(session) == token

    def end(self, session: str, token: int | None = None) -> None:
        """Ends the loop of this token, or (without one) whichever draws the tab."""
        if token is None or self.is_current(session, token):
            self._tokens.pop(session, None)
