"""Ways that a routing service found, kept by where they lead."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Create the table; a worker with a routing service fills it."""
    op.create_table(
        "routed_way",
        sa.Column("start", sa.String, nullable=False),
        sa.Column("end", sa.String, nullable=False),
        sa.Column("transport", sa.String, nullable=False),
        sa.Column("service", sa.String, nullable=False),
        sa.Column("points", sa.JSON),
        sa.Column("retry_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("start", "end", "transport", name="pk_routed_way"),
        sa.CheckConstraint(
            "transport IN ('walk', 'bicycle', 'bus')", name=op.f("ck_routed_way_transport_known")
        ),
        sa.CheckConstraint(
            "(retry_at IS NULL) = (points IS NOT NULL)",
            name=op.f("ck_routed_way_found_or_asked_again"),
        ),
    )
    op.create_index("ix_routed_way_service", "routed_way", ["service"])


def downgrade() -> None:
    """Forget these ways; they are estimated again."""
    op.drop_table("routed_way")
