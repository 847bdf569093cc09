"""What people save for themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SHELVES = {"joke_id": "jokes", "report_id": "reports", "story_id": "stories"}


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "saved",
        sa.Column("id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("person_id", BIG_ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        *(sa.Column(number, BIG_ID) for number in SHELVES),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_saved_person_id_people"),
            ondelete="CASCADE",
        ),
        *(
            sa.ForeignKeyConstraint(
                [number], [f"{shelf}.id"], name=op.f(f"fk_saved_{number}_{shelf}"),
                ondelete="SET NULL",
            )
            for number, shelf in SHELVES.items()
        ),
        *(
            sa.UniqueConstraint(
                number, "person_id", name=op.f(f"uq_saved_{number}_person_id")
            )
            for number in SHELVES
        ),
    )  # fmt: skip
    op.create_index("ix_saved_person_id_saved_at", "saved", ["person_id", "saved_at"])
