"""Full-text search over jokes, headlines and reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.folding import indexed

revision = "0011"
down_revision = "0010"

# A shelf's table, and the columns that its rows are found by.
SHELVES = {
    "jokes": ("text", "punchline"),
    "headlines": ("title", "source", "text"),
    "reports": ("title", "text"),
}
ROWS = 500


def upgrade() -> None:
    """Write the tokens of all rows anew, and index them."""
    for shelf, columns in SHELVES.items():
        _fold(shelf, columns)
        if op.get_bind().dialect.name == "sqlite":
            _fts(shelf)
        else:
            op.execute(
                f"CREATE INDEX ix_{shelf}_search ON {shelf} USING gin "
                "(array_to_tsvector(array_remove(string_to_array(folded, ' '), '')))"
            )


def _fold(shelf: str, columns: tuple[str, ...]) -> None:
    conn = op.get_bind()
    rows = sa.table(shelf, sa.column("id"), sa.column("folded"), *map(sa.column, columns))
    here = sa.update(rows).where(rows.c.id == sa.bindparam("row"))
    last = 0
    while True:
        wanted = sa.select(rows.c.id, *(rows.c[name] for name in columns))
        some = conn.execute(wanted.where(rows.c.id > last).order_by(rows.c.id).limit(ROWS)).all()
        if not some:
            return
        values = [{"row": row[0], "tokens": indexed(*row[1:])} for row in some]
        conn.execute(here.values(folded=sa.bindparam("tokens")), values)
        last = some[-1].id


def _fts(shelf: str) -> None:
    """An index without a copy of the text; triggers keep it. A batch alter of the table drops
    them, so a later migration that does one has to make them again.
    """
    index = f"{shelf}_search"
    blanks = "tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'\""
    op.execute(
        f"CREATE VIRTUAL TABLE {index} USING fts5(folded, content='{shelf}', content_rowid='id', "
        f"detail=none, {blanks})"
    )
    gone = f"INSERT INTO {index}({index}, rowid, folded) VALUES ('delete', old.id, old.folded);"  # noqa: S608
    come = f"INSERT INTO {index}(rowid, folded) VALUES (new.id, new.folded);"  # noqa: S608
    triggers = {
        "insert": ("AFTER INSERT", come),
        "delete": ("AFTER DELETE", gone),
        "update": ("AFTER UPDATE OF folded", gone + come),
    }
    for name, (when, what) in triggers.items():
        op.execute(f"CREATE TRIGGER {index}_{name} {when} ON {shelf} BEGIN {what} END")
    op.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")  # noqa: S608
