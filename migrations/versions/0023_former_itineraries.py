"""What an itinerary said before its newest changes, so that they can be undone."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Make room for former states; what was changed before cannot be undone."""
    op.create_table(
        "former_itinerary",
        sa.Column("itinerary_id", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("legs", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("itinerary_id", "version", name="pk_former_itinerary"),
        sa.ForeignKeyConstraint(
            ["itinerary_id"], ["itinerary.id"], name="fk_former_itinerary_itinerary_id_itinerary"
        ),
    )


def downgrade() -> None:
    """Forget former states."""
    op.drop_table("former_itinerary")
