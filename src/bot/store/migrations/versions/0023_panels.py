"""Where an announcement's progress is told, and what it says."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Add the columns."""
    with op.batch_alter_table("announcements") as table:
        table.add_column(sa.Column("panel_id", sa.BigInteger()))
        table.add_column(sa.Column("told", sa.Text()))
