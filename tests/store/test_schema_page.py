"""docs/schema.md says what the file holds: every table and column, and no other."""

import re
from pathlib import Path

from studio.store import Store

PAGE = Path(__file__).parent.parent.parent / "docs" / "schema.md"


def documented() -> dict[str, str]:
    """The text under each table's heading, by the table's name."""
    text = PAGE.read_text(encoding="utf-8").split("## Tables", 1)[1]
    parts = re.split(r"^### (.+)$", text, flags=re.M)[1:]
    return {
        name.strip(): body
        for names, body in zip(parts[::2], parts[1::2], strict=True)
        for name in names.split(",")
    }


def test_every_table_and_column_is_on_the_page(tmp_path):
    store = Store(tmp_path / "s.sqlite")
    page = documented()
    tables = {
        name
        for name in store.db.connection().table_names()
        if not name.startswith(("_", "sqlite_", "run_search"))
    }
    assert tables == set(page)
    missing = [
        f"{table}.{column}"
        for table in sorted(tables)
        for column in store.db.connection()[table].columns_dict
        if f"`{column}`" not in page[table]
    ]
    assert missing == []
    store.close()
