"""The first tables: inbox, chats, jokes, headlines, reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True)
PENDING, DONE = sa.text("done_at IS NULL"), sa.text("done_at IS NOT NULL")
SHELVED = sa.text("removed_at IS NULL")


def upgrade() -> None:
    """Make all tables."""
    _inbox()
    _chats()
    _jokes()
    _tellings()
    _headlines()
    _reports()
    _seeds()


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("bot_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("received_at", UTC, nullable=False),
        sa.Column("done_at", UTC, nullable=True),
        sa.PrimaryKeyConstraint("bot_id", "update_id", name=op.f("pk_inbox")),
    )
    op.create_index("ix_inbox_done", "inbox", ["done_at"], sqlite_where=DONE, postgresql_where=DONE)
    op.create_index(
        "ix_inbox_pending",
        "inbox",
        ["bot_id", "received_at", "update_id"],
        sqlite_where=PENDING,
        postgresql_where=PENDING,
    )


def _chats() -> None:
    op.create_table(
        "chats",
        sa.Column("id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=True),
        sa.Column("admitted_at", UTC, nullable=True),
        sa.Column("paused_at", UTC, nullable=True),
        sa.Column("first_seen_at", UTC, nullable=False),
        sa.Column("seen_at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chats")),
    )
    op.create_table(
        "people",
        sa.Column("id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language_code", sa.Text(), nullable=True),
        sa.Column("admitted_at", UTC, nullable=True),
        sa.Column("first_seen_at", UTC, nullable=False),
        sa.Column("seen_at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    op.create_table(
        "invites",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", UTC, nullable=False),
        sa.Column("used_by", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_invites")),
    )


def _jokes() -> None:
    op.create_table(
        "jokes",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("punchline", sa.Text(), nullable=True),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("shuffle", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("seed_hash", sa.Text(), nullable=True),
        sa.Column("edited_at", UTC, nullable=True),
        sa.Column("removed_at", UTC, nullable=True),
        sa.Column("created_at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jokes")),
        sa.UniqueConstraint("key", name=op.f("uq_jokes_key")),
    )
    op.create_index(
        "ix_jokes_language_category_shuffle",
        "jokes",
        ["language", "category", "shuffle"],
        sqlite_where=SHELVED,
        postgresql_where=SHELVED,
    )
    op.create_index(
        "ix_jokes_language_shuffle",
        "jokes",
        ["language", "shuffle"],
        sqlite_where=SHELVED,
        postgresql_where=SHELVED,
    )
    op.create_table(
        "joke_votes",
        sa.Column("joke_id", BIG_ID, nullable=False),
        sa.Column("person_id", BIG_ID, nullable=False),
        sa.Column("vote", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["joke_id"], ["jokes.id"], name=op.f("fk_joke_votes_joke_id_jokes"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_joke_votes_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("joke_id", "person_id", name=op.f("pk_joke_votes")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_joke_votes_person_id", "joke_votes", ["person_id"])
    op.create_table(
        "joke_flags",
        sa.Column("joke_id", BIG_ID, nullable=False),
        sa.Column("person_id", BIG_ID, nullable=False),
        sa.Column("flagged_at", UTC, nullable=False),
        sa.ForeignKeyConstraint(
            ["joke_id"], ["jokes.id"], name=op.f("fk_joke_flags_joke_id_jokes"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_joke_flags_person_id_people"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("joke_id", "person_id", name=op.f("pk_joke_flags")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_joke_flags_person_id", "joke_flags", ["person_id"])


def _tellings() -> None:
    op.create_table(
        "tellings",
        sa.Column("chat_id", BIG_ID, nullable=False),
        sa.Column("joke_id", BIG_ID, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("told_at", UTC, nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=True),
        sa.Column("starts_over", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name=op.f("fk_tellings_chat_id_chats"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["joke_id"], ["jokes.id"], name=op.f("fk_tellings_joke_id_jokes"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chat_id", "joke_id", name=op.f("pk_tellings")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_tellings_chat_id_update_id", "tellings", ["chat_id", "update_id"], unique=True
    )
    op.create_index("ix_tellings_joke_id", "tellings", ["joke_id"])
    op.create_table(
        "joke_rounds",
        sa.Column("chat_id", BIG_ID, nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("began_at", UTC, nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"], ["chats.id"], name=op.f("fk_joke_rounds_chat_id_chats"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chat_id", "wish", name=op.f("pk_joke_rounds")),
    )


def _headlines() -> None:
    op.create_table(
        "headlines",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("published", UTC, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("quotes", sa.Text(), nullable=True),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("seed_hash", sa.Text(), nullable=True),
        sa.Column("edited_at", UTC, nullable=True),
        sa.Column("removed_at", UTC, nullable=True),
        sa.Column("created_at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_headlines")),
        sa.UniqueConstraint("key", name=op.f("uq_headlines_key")),
    )
    op.create_index(
        "ix_headlines_language_published",
        "headlines",
        ["language", "published"],
        sqlite_where=SHELVED,
        postgresql_where=SHELVED,
    )


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("seed_hash", sa.Text(), nullable=True),
        sa.Column("edited_at", UTC, nullable=True),
        sa.Column("removed_at", UTC, nullable=True),
        sa.Column("created_at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("key", name=op.f("uq_reports_key")),
    )
    op.create_index(
        "ix_reports_language_published",
        "reports",
        ["language", "published"],
        sqlite_where=SHELVED,
        postgresql_where=SHELVED,
    )
    op.create_table(
        "readings",
        sa.Column("report_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["reports.id"],
            name=op.f("fk_readings_report_id_reports"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_readings")),
    )


def _seeds() -> None:
    op.create_table(
        "seeds",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_seeds")),
    )
