"""Jokes that people send in, and those that wait for a moderator's look."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Nothing waits yet."""
    when = sa.DateTime(timezone=True)
    op.add_column("jokes", sa.Column("hidden_at", when, nullable=True))
    op.add_column("jokes", sa.Column("reviewed_at", when, nullable=True))
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "submissions",
        sa.Column("id", big, primary_key=True),
        sa.Column("update_id", sa.BigInteger(), nullable=False, unique=True),
        sa.Column(
            "person_id", big, sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False,
        ),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("punchline", sa.Text(), nullable=True),
        sa.Column("submitted_at", when, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("settled_at", when, nullable=True),
        sa.Column("settled_by", sa.BigInteger(), nullable=True),
    )  # fmt: skip
    op.create_index("ix_submissions_person_id", "submissions", ["person_id"])
    pending = sa.text("settled_at IS NULL")
    op.create_index(
        "ix_submissions_pending", "submissions", ["id"],
        sqlite_where=pending, postgresql_where=pending,
    )  # fmt: skip
    op.create_table(
        "awaited",
        sa.Column(
            "person_id", big, sa.ForeignKey("people.id", ondelete="CASCADE"), primary_key=True,
        ),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("asked_at", when, nullable=False),
    )  # fmt: skip
