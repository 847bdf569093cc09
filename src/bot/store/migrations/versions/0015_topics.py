"""Sources found whatever their case, and the words that tell topics apart."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.folding import fold

revision = "0015"
down_revision = "0014"

ROWS = 1000


def upgrade() -> None:
    """Add the column, fold the sources there are, and make the table."""
    op.add_column(
        "headlines", sa.Column("folded_source", sa.Text(), nullable=False, server_default="")
    )
    _fold()
    shelved = sa.text("removed_at IS NULL")
    op.create_index(
        "ix_headlines_source", "headlines", ["language", "folded_source"],
        sqlite_where=shelved, postgresql_where=shelved,
    )  # fmt: skip
    op.create_table(
        "topic_words",
        sa.Column("language", sa.Text(), primary_key=True),
        sa.Column("word", sa.Text(), primary_key=True),
        sa.Column("topic", sa.Text(), nullable=False),
    )


def _fold() -> None:
    conn = op.get_bind()
    rows = sa.table("headlines", sa.column("source"), sa.column("folded_source"))
    sources = conn.scalars(sa.select(rows.c.source).distinct()).all()
    here = sa.update(rows).where(rows.c.source == sa.bindparam("its"))
    values = [{"its": source, "plain": fold(source)} for source in sources]
    for start in range(0, len(values), ROWS):
        some = values[start : start + ROWS]
        conn.execute(here.values(folded_source=sa.bindparam("plain")), some)
