"""What each admin changed, with what is needed to take it back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "acts",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("shelf", sa.Text(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.Text()),
        sa.Column("at", UTC, nullable=False),
        sa.Column("undone_at", UTC),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acts")),
        sa.UniqueConstraint("update_id", name=op.f("uq_acts_update_id")),
    )
    op.create_index("ix_acts_person_id_at", "acts", ["person_id", "at"])
    op.create_index("ix_acts_at", "acts", ["at"])
