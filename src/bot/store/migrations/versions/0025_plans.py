"""What comes onto a shelf later, or leaves it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table, and give drafts their times."""
    op.create_table(
        "plans",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("shelf", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text()),
        sa.Column("reading", sa.Text()),
        sa.Column("item_id", sa.BigInteger()),
        sa.Column("due_at", UTC, nullable=False),
        sa.Column("expires_at", UTC),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
        sa.UniqueConstraint("update_id", "what", name=op.f("uq_plans_update_id_what")),
    )
    op.create_index("ix_plans_due_at", "plans", ["due_at"])
    with op.batch_alter_table("drafts") as table:
        table.add_column(sa.Column("publish_at", UTC))
        table.add_column(sa.Column("expires_at", UTC))
