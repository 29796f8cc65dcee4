"""Who has which text open."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Make room for who is there."""
    op.create_table(
        "presence",
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("stop_id", sa.Integer, nullable=False),
        sa.Column("lang", sa.String, nullable=False),
        sa.Column("variant", sa.String, nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "stop_id", "lang", "variant", name="pk_presence"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_presence_person_id_person"),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name="fk_presence_stop_id_stop"),
    )
    op.create_index("ix_presence_seen_at", "presence", ["seen_at"])


def downgrade() -> None:
    """Tell nobody any more who is there."""
    op.drop_table("presence")
