"""Imports, with the journal by which each can be taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "imports",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("person_id", sa.BigInteger()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("alive_at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    op.create_index(op.f("ix_imports_person_id"), "imports", ["person_id"])
    op.create_table(
        "import_steps",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("import_id", BIG_ID, nullable=False),
        sa.Column("shelf", sa.Text(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_steps")),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], ondelete="CASCADE",
            name=op.f("fk_import_steps_import_id_imports"),
        ),
    )  # fmt: skip
    op.create_index(op.f("ix_import_steps_import_id"), "import_steps", ["import_id"])
