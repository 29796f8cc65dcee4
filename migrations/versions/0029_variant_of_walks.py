"""Walks remember in which variant their group is told of each halt."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Let walks that were made before tell the full narrative."""
    with op.batch_alter_table("walk_halt") as batch:
        batch.add_column(sa.Column("variant", sa.String, nullable=False, server_default="standard"))
        batch.create_check_constraint(
            op.f("ck_walk_halt_variant_known"), "variant IN ('standard', 'facile')"
        )
    with op.batch_alter_table("walk_halt") as batch:
        batch.alter_column("variant", server_default=None)


def downgrade() -> None:
    """Forget variants."""
    with op.batch_alter_table("walk_halt") as batch:
        batch.drop_constraint(op.f("ck_walk_halt_variant_known"), type_="check")
        batch.drop_column("variant")
