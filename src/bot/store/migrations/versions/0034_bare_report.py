"""Groups may have a bare /report answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    """So far it was left to the moderators everywhere."""
    op.add_column(
        "chats", sa.Column("bare_report", sa.Boolean(), nullable=False, server_default=sa.false())
    )
