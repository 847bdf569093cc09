"""How far each subscription has come in the report that is serialised."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns."""
    op.add_column("subscriptions", sa.Column("report_id", BIG_ID, nullable=True))
    op.add_column("subscriptions", sa.Column("report_part", sa.Integer(), nullable=True))
