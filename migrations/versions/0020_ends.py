"""Until when visitors see a narrative."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Let a narrative have an end; none has one yet."""
    with op.batch_alter_table("narrative") as narrative:
        narrative.add_column(sa.Column("ends_at", sa.DateTime(timezone=True)))
        narrative.create_check_constraint(
            op.f("ck_narrative_end_published"),
            "ends_at IS NULL OR published_revision_id IS NOT NULL",
        )
        narrative.create_index("ix_narrative_ends_at", ["ends_at"])


def downgrade() -> None:
    """Forget what was to end; what is published stays so."""
    with op.batch_alter_table("narrative") as narrative:
        narrative.drop_index("ix_narrative_ends_at")
        narrative.drop_constraint(op.f("ck_narrative_end_published"), type_="check")
        narrative.drop_column("ends_at")
