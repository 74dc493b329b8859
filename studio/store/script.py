"""Scripts of SQL, statement by statement."""

import sqlite3


def statements(script: str) -> list[str]:
    """The statements of a script; a trigger's inner semicolons do not end it."""
    found, current = [], ""
    for line in script.splitlines():
        current += line + "\n"
        if sqlite3.complete_statement(current) and current.strip():
            found.append(current.strip())
            current = ""
    return found
