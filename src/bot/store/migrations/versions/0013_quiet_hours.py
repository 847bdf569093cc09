"""Hours in which a chat is left in peace."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the columns."""
    op.add_column("chats", sa.Column("quiet_start", sa.Integer(), nullable=True))
    op.add_column("chats", sa.Column("quiet_end", sa.Integer(), nullable=True))
