"""The forms that pictures are shown in."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Create the table; the worker fills it."""
    op.create_table(
        "picture_form",
        sa.Column("source_media", sa.String, nullable=False),
        sa.Column("form", sa.String, nullable=False),
        sa.Column("media", sa.String, nullable=False),
        sa.Column("bytes", sa.Integer, nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("source_media", "form", name="pk_picture_form"),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_picture_form_has_size")),
    )


def downgrade() -> None:
    """Drop the table; the forms are made again after the next upgrade."""
    op.drop_table("picture_form")
