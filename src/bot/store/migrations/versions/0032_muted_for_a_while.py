"""What a chat mutes for a while it may follow all the same, again when that is over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
SOME = sa.text("until IS NOT NULL")


def upgrade() -> None:
    """A chat may both follow and mute a thing; the partial index is made anew with its table."""
    op.drop_index("ix_interests_until", "interests")
    with op.batch_alter_table("interests") as interests:
        interests.drop_constraint(op.f("uq_interests_chat_id_what_folded"), type_="unique")
        interests.create_unique_constraint(
            op.f("uq_interests_chat_id_what_folded_kind"), ["chat_id", "what", "folded", "kind"]
        )
    op.create_index(
        "ix_interests_until", "interests", ["until"], sqlite_where=SOME, postgresql_where=SOME
    )
