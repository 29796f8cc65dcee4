"""When a stop is closed and why, the rescue post near it, and the names that it had."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Close no stop, and know no former name."""
    with op.batch_alter_table("stop") as stop:
        stop.add_column(sa.Column("closures", sa.JSON, nullable=False, server_default="[]"))
        stop.add_column(sa.Column("closures_due_on", sa.Date))
        stop.add_column(sa.Column("rescue_post", sa.String))
        stop.create_index("ix_stop_closures_due_on", ["closures_due_on"])
    with op.batch_alter_table("stop") as stop:
        stop.alter_column("closures", server_default=None)
    op.create_table(
        "former_slug",
        sa.Column("slug", sa.String, nullable=False),
        sa.Column("stop_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_former_slug"),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name="fk_former_slug_stop_id_stop"),
    )
    op.create_index("ix_former_slug_stop_id", "former_slug", ["stop_id"])


def downgrade() -> None:
    """Forget closures, rescue posts and former names."""
    op.drop_table("former_slug")
    with op.batch_alter_table("stop") as stop:
        stop.drop_index("ix_stop_closures_due_on")
        for column in ("closures", "closures_due_on", "rescue_post"):
            stop.drop_column(column)
