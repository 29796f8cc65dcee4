"""What a process counted is handed in as one row, and added up by the worker."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """Keep what was counted until it is added up."""
    op.create_table(
        "visit_batch",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("hour_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_batch")),
    )


def downgrade() -> None:
    """Lose what was not added up."""
    op.drop_table("visit_batch")
