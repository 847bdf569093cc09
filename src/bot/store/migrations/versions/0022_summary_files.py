"""The file of a summary, so that it can be read once more for the shelf."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Add the column."""
    op.add_column("summaries", sa.Column("file_id", sa.Text(), nullable=True))
