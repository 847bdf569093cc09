"""Stories, what they are found by, and who was told which."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables and lengthen that of headlines."""
    _stories()
    _told()
    _terms()
    _headlines()


def _stories() -> None:
    op.create_table(
        "stories",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("lead_id", BIG_ID, nullable=True),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("terms", sa.LargeBinary(), nullable=False),
        sa.Column("names", sa.LargeBinary(), nullable=False),
        sa.Column("sources", sa.LargeBinary(), nullable=False),
        sa.Column("fresh", sa.LargeBinary(), nullable=False),
        sa.Column("skeleton", sa.BigInteger(), nullable=True),
        sa.Column("first_seen", UTC, nullable=False),
        sa.Column("last_seen", UTC, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", UTC, nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("merged_into", BIG_ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["merged_into"],
            ["stories.id"],
            name=op.f("fk_stories_merged_into_stories"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
    )
    _index("ix_stories_language_score", "stories", ["language", "score"], "entries > 0")
    _index("ix_stories_merged_into", "stories", ["merged_into"], "merged_into IS NOT NULL")
    op.create_index("ix_stories_last_seen", "stories", ["last_seen"])


def _told() -> None:
    op.create_table(
        "told_stories",
        sa.Column("chat_id", BIG_ID, nullable=False),
        sa.Column("story_id", BIG_ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("told_at", UTC, nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"],
            ["chats.id"],
            name=op.f("fk_told_stories_chat_id_chats"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["story_id"],
            ["stories.id"],
            name=op.f("fk_told_stories_story_id_stories"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("chat_id", "story_id", name=op.f("pk_told_stories")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_told_stories_story_id", "told_stories", ["story_id"])


def _terms() -> None:
    op.create_table(
        "story_terms",
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("term", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("story_id", BIG_ID, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("day", "term", "story_id", name=op.f("pk_story_terms")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "term_counts",
        sa.Column("pool", sa.Text(), nullable=False),
        sa.Column("term", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("pool", "term", name=op.f("pk_term_counts")),
        sqlite_with_rowid=False,
    )


def _headlines() -> None:
    with op.batch_alter_table("headlines") as headlines:
        headlines.add_column(sa.Column("story_id", BIG_ID, nullable=True))
        headlines.add_column(sa.Column("placed_at", UTC, nullable=True))
        headlines.create_foreign_key(
            op.f("fk_headlines_story_id_stories"),
            "stories",
            ["story_id"],
            ["id"],
            ondelete="SET NULL",
        )
    _index("ix_headlines_due", "headlines", ["published"], "placed_at IS NULL")
    _index("ix_headlines_story_id", "headlines", ["story_id"], "story_id IS NOT NULL")
    _index("ix_headlines_canonical", "headlines", ["canonical"], "canonical IS NOT NULL")


def _index(name: str, table: str, columns: list[str], where: str) -> None:
    some = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=some, postgresql_where=some)
