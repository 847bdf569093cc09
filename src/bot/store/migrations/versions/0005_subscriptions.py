"""Subscriptions to digests, and the outbox from which they are sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True)
ACTIVE = sa.text("removed_at IS NULL AND paused_at IS NULL")
WAITING = sa.text("state = 'waiting'")
HELD = sa.text("state IN ('taken', 'sending')")
SETTLED = sa.text("settled_at IS NOT NULL")


def upgrade() -> None:
    """Make the tables."""
    _subscriptions()
    _outbox()


def _subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("chat_id", BIG_ID, nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=True),
        sa.Column("shelves", sa.Text(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("times", sa.Text(), nullable=False),
        sa.Column("weekdays", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("next_at", UTC, nullable=False),
        sa.Column("sent_at", UTC, nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("paused_at", UTC, nullable=True),
        sa.Column("removed_at", UTC, nullable=True),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", UTC, nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name=op.f("fk_subscriptions_chat_id_chats"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriptions")),
    )  # fmt: skip
    op.create_index("ix_subscriptions_chat_id", "subscriptions", ["chat_id"])
    _index("ix_subscriptions_next_at", "subscriptions", ["next_at"], ACTIVE)


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=True),
        sa.Column("subscription_id", BIG_ID, nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", UTC, nullable=False),
        sa.Column("not_before", UTC, nullable=False),
        sa.Column("lease", UTC, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("unknowns", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("settled_at", UTC, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    _index("ix_outbox_not_before", "outbox", ["not_before", "id"], WAITING)
    _index("ix_outbox_lease", "outbox", ["lease"], HELD)
    _index("ix_outbox_settled_at", "outbox", ["settled_at"], SETTLED)
    op.create_index("ix_outbox_chat_id", "outbox", ["chat_id"])
    op.create_index("ix_outbox_subscription_id", "outbox", ["subscription_id"])


def _index(name: str, table: str, columns: list[str], where: sa.TextClause) -> None:
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
