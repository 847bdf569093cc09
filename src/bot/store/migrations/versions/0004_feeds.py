"""Feeds that are followed, what was seen in them, and the headlines that came of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True)
SHELVED, FROM_FEEDS = sa.text("removed_at IS NULL"), sa.text("feed_id IS NOT NULL")
WANTED, PLANNED = sa.text("article = 'wanted'"), sa.text("next_at IS NOT NULL")


def upgrade() -> None:
    """Make the tables and lengthen that of headlines."""
    _feeds()
    _headlines()
    _entries()


def _feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("site", sa.Text(), nullable=True),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("body_hash", sa.Text(), nullable=True),
        sa.Column("next_at", UTC, nullable=True),
        sa.Column("claimed_at", UTC, nullable=True),
        sa.Column("interval", sa.Integer(), nullable=False),
        sa.Column("every", sa.Integer(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("error_at", UTC, nullable=True),
        sa.Column("refreshed_at", UTC, nullable=True),
        sa.Column("read_at", UTC, nullable=True),
        sa.Column("paused_at", UTC, nullable=True),
        sa.Column("retired_at", UTC, nullable=True),
        sa.Column("added_by", sa.BigInteger(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("seed_hash", sa.Text(), nullable=True),
        sa.Column("edited_at", UTC, nullable=True),
        sa.Column("removed_at", UTC, nullable=True),
        sa.Column("created_at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feeds")),
        sa.UniqueConstraint("key", name=op.f("uq_feeds_key")),
    )
    op.create_index("ix_feeds_address", "feeds", ["address"])
    op.create_index(
        "ix_feeds_next_at", "feeds", ["next_at"], sqlite_where=PLANNED, postgresql_where=PLANNED
    )


def _headlines() -> None:
    with op.batch_alter_table("headlines") as headlines:
        headlines.add_column(sa.Column("feed_id", BIG_ID, nullable=True))
        headlines.add_column(sa.Column("canonical", sa.Text(), nullable=True))
        headlines.add_column(sa.Column("digest", sa.Text(), nullable=True))
        headlines.add_column(sa.Column("article", sa.Text(), nullable=True))
        headlines.add_column(sa.Column("article_error", sa.Text(), nullable=True))
        headlines.add_column(sa.Column("changed_at", UTC, nullable=True))
        headlines.create_foreign_key(
            op.f("fk_headlines_feed_id_feeds"), "feeds", ["feed_id"], ["id"], ondelete="CASCADE"
        )
    op.drop_index("ix_headlines_language_published", "headlines")
    for name, *rest in (("shelf",), ("topic", "topic")):
        op.create_index(
            f"ix_headlines_{name}",
            "headlines",
            ["language", "sample", *rest, "published"],
            sqlite_where=SHELVED,
            postgresql_where=SHELVED,
        )
    op.create_index(
        "ix_headlines_feed_id",
        "headlines",
        ["feed_id", "published"],
        sqlite_where=FROM_FEEDS,
        postgresql_where=FROM_FEEDS,
    )
    op.create_index(
        "ix_headlines_published",
        "headlines",
        ["published"],
        sqlite_where=FROM_FEEDS,
        postgresql_where=FROM_FEEDS,
    )
    op.create_index(
        "ix_headlines_wanted",
        "headlines",
        ["published"],
        sqlite_where=WANTED,
        postgresql_where=WANTED,
    )


def _entries() -> None:
    op.create_table(
        "entries",
        sa.Column("feed_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("headline_id", BIG_ID, nullable=True),
        sa.Column("seen_at", UTC, nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["feeds.id"], name=op.f("fk_entries_feed_id_feeds"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["headline_id"],
            ["headlines.id"],
            name=op.f("fk_entries_headline_id_headlines"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("feed_id", "key", name=op.f("pk_entries")),
    )
    op.create_index("ix_entries_headline_id", "entries", ["headline_id"])
