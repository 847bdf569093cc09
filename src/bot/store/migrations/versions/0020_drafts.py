"""Drafts of admins and the messages they are made of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "drafts",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("chat_id", BIG_ID, nullable=False),
        sa.Column("person_id", BIG_ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("shelf", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text()),
        sa.Column("asks", sa.Text()),
        sa.Column("item_id", sa.BigInteger()),
        sa.Column("seen_at", UTC),
        sa.Column("hint", sa.Text()),
        sa.Column("status_id", sa.BigInteger()),
        sa.Column("reading", sa.Text()),
        sa.Column("changed_at", UTC, nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name=op.f("fk_drafts_chat_id_chats"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_drafts_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("chat_id", "person_id", name=op.f("uq_drafts_chat_id_person_id")),
    )  # fmt: skip
    op.create_index("ix_drafts_changed_at", "drafts", ["changed_at"])
    op.create_table(
        "draft_parts",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("draft_id", BIG_ID, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("text", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["drafts.id"], name=op.f("fk_draft_parts_draft_id_drafts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_parts")),
        sa.UniqueConstraint(
            "draft_id", "message_id", name=op.f("uq_draft_parts_draft_id_message_id")
        ),
    )  # fmt: skip
