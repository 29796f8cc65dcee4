"""When a stop was put away."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Let a stop be put away; none is."""
    with op.batch_alter_table("stop") as stop:
        stop.add_column(sa.Column("archived_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Bring every stop back into the lists; what was withdrawn stays so."""
    with op.batch_alter_table("stop") as stop:
        stop.drop_column("archived_at")
