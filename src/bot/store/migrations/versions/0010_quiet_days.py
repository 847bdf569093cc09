"""Digests that come only with enough news, and whether anybody reads them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the columns."""
    nothing, no = sa.text("0"), sa.false()
    for column in (
        sa.Column("at_least", sa.Integer(), nullable=False, server_default=nothing),
        sa.Column("else_joke", sa.Boolean(), nullable=False, server_default=no),
        sa.Column("touched", sa.Integer(), nullable=False, server_default=nothing),
        sa.Column("weekly_asked_at", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column("subscriptions", column)
