"""What visitors say of a sign that is damaged."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make room for reports: one a sign, day and note, and nothing of who made it."""
    op.create_table(
        "sign_report",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("sign_id", sa.Integer, nullable=False),
        sa.Column("reported_on", sa.Date, nullable=False),
        sa.Column("note", sa.String, nullable=False),
        sa.Column("closed_by", sa.String),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_sign_report"),
        sa.ForeignKeyConstraint(["sign_id"], ["sign.id"], name="fk_sign_report_sign_id_sign"),
        sa.UniqueConstraint(
            "sign_id",
            "reported_on",
            "note",
            name="uq_sign_report_sign_id_reported_on_note",
        ),
        sa.CheckConstraint(
            "(closed_by IS NULL) = (closed_at IS NULL)",
            name=op.f("ck_sign_report_closed_whole"),
        ),
    )


def downgrade() -> None:
    """Forget what was reported."""
    op.drop_table("sign_report")
