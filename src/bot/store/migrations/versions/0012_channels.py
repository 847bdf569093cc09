"""Who subscribed a channel finds it again."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_subscriptions_created_by", "subscriptions", ["created_by"])
