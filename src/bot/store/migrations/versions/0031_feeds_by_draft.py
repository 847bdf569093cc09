"""Feeds are added and changed as all else on the shelves is: by drafts, some at a time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """A feed is paused or not; a person may have more than one draft in a chat, also of a feed."""
    op.add_column(
        "feeds", sa.Column("paused", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute(sa.text("UPDATE feeds SET paused = true WHERE paused_at IS NOT NULL"))
    op.drop_column("feeds", "paused_at")
    op.add_column("drafts", sa.Column("sample", sa.Text()))
    with op.batch_alter_table("drafts") as drafts:
        drafts.drop_constraint(op.f("uq_drafts_chat_id_person_id"), type_="unique")
    op.create_index("ix_drafts_chat_id_person_id", "drafts", ["chat_id", "person_id"])
