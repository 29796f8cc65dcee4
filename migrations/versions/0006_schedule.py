"""When a revision is to be published by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Let a narrative have a revision to come, and its time."""
    with op.batch_alter_table("narrative") as narrative:
        narrative.add_column(sa.Column("scheduled_revision_id", sa.Integer))
        narrative.add_column(sa.Column("scheduled_at", sa.DateTime(timezone=True)))
        narrative.create_check_constraint(
            op.f("ck_narrative_scheduled_whole"),
            "(scheduled_revision_id IS NULL) = (scheduled_at IS NULL)",
        )
        narrative.create_foreign_key(
            "fk_narrative_scheduled_revision",
            "revision",
            ["id", "scheduled_revision_id"],
            ["narrative_id", "id"],
        )
        narrative.create_index("ix_narrative_scheduled_at", ["scheduled_at"])


def downgrade() -> None:
    """Forget what was scheduled; the revisions stay."""
    with op.batch_alter_table("narrative") as narrative:
        narrative.drop_index("ix_narrative_scheduled_at")
        narrative.drop_constraint("fk_narrative_scheduled_revision", type_="foreignkey")
        narrative.drop_constraint(op.f("ck_narrative_scheduled_whole"), type_="check")
        narrative.drop_column("scheduled_at")
        narrative.drop_column("scheduled_revision_id")
