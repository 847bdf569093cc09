"""Subscriptions that end by themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add the column."""
    op.add_column("subscriptions", sa.Column("until", sa.Date(), nullable=True))
