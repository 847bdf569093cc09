"""How often a feed is asked, where somebody chose it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """Add the column: null is the feed's own rhythm."""
    op.add_column("feeds", sa.Column("pace", sa.Integer()))
