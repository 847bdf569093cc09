"""Where the page of a summary was found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column."""
    op.add_column("summaries", sa.Column("url", sa.Text(), nullable=True))
