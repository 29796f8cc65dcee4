"""Photographs of stops, in their order."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Make room for photographs; their files stand in the media store."""
    op.create_table(
        "stop_picture",
        sa.Column("stop_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("file", sa.String, nullable=False),
        sa.Column("media", sa.String, nullable=False),
        sa.Column("bytes", sa.Integer, nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("alt", sa.JSON, nullable=False),
        sa.Column("caption", sa.JSON, nullable=False),
        sa.Column("credit", sa.String, nullable=False),
        sa.Column("licence", sa.String, nullable=False),
        sa.Column("focus_x", sa.Integer, nullable=False),
        sa.Column("focus_y", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("stop_id", "position", name="pk_stop_picture"),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name="fk_stop_picture_stop_id_stop"),
        sa.CheckConstraint("position >= 0", name=op.f("ck_stop_picture_position_counted")),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_stop_picture_has_size")),
        sa.CheckConstraint(
            "focus_x BETWEEN 0 AND 100 AND focus_y BETWEEN 0 AND 100",
            name=op.f("ck_stop_picture_focus_within"),
        ),
    )
    op.create_index("ix_stop_picture_media", "stop_picture", ["media"])


def downgrade() -> None:
    """Forget the photographs; `tourapp media collect` removes their files."""
    op.drop_table("stop_picture")
