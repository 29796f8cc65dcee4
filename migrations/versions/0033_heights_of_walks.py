"""The ways of a walk keep their heights, so that another pace needs no itinerary."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"

_COLUMNS = ("ascent_m", "descent_m")


def upgrade() -> None:
    """Add them; of walks that were made before they are not known."""
    with op.batch_alter_table("walk_halt") as table:
        for name in _COLUMNS:
            table.add_column(sa.Column(name, sa.Integer))


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("walk_halt") as table:
        for name in _COLUMNS:
            table.drop_column(name)
