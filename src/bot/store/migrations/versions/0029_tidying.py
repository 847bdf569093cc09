"""What is forgotten after a while is found by an index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

REMOVED = ("jokes", "headlines", "reports", "subscriptions")


def upgrade() -> None:
    """Index the few rows that have such a time."""
    for table in REMOVED:
        _index(table, "removed_at")
    _index("interests", "until")
    _index("submissions", "settled_at")
    op.create_index("ix_verdicts_at", "verdicts", ["at"])


def _index(table: str, column: str) -> None:
    some = sa.column(column).is_not(None)
    name = f"ix_{table}_{column}"
    op.create_index(name, table, [column], sqlite_where=some, postgresql_where=some)
