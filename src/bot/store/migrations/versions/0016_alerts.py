"""Stories that go to those who follow their words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Nobody is told again what was news before."""
    op.add_column("interests", sa.Column("topic_id", sa.BigInteger(), nullable=True))
    op.create_index("ix_interests_folded", "interests", ["what", "folded"])
    op.add_column("stories", sa.Column("alerted", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE stories SET alerted = version")
    unalerted = sa.text("alerted < version")
    op.create_index(
        "ix_stories_unalerted", "stories", ["id"],
        sqlite_where=unalerted, postgresql_where=unalerted,
    )  # fmt: skip
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "alerts",
        sa.Column(
            "chat_id", big, sa.ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True,
        ),
        sa.Column(
            "story_id", big, sa.ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True,
        ),
        sa.Column("topic_id", sa.BigInteger(), nullable=True),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_index("ix_alerts_story_id", "alerts", ["story_id"])
    op.create_index("ix_alerts_found_at", "alerts", ["found_at"])
