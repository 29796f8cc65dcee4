"""Photographs of signs, as staff found them."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Make room for photographs; their files stand in the media store."""
    op.create_table(
        "sign_photo",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("sign_id", sa.Integer, nullable=False),
        sa.Column("media", sa.String, nullable=False),
        sa.Column("bytes", sa.Integer, nullable=False),
        sa.Column("width", sa.Integer, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("added_by", sa.String, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_photo"),
        sa.ForeignKeyConstraint(["sign_id"], ["sign.id"], name="fk_sign_photo_sign_id_sign"),
        sa.UniqueConstraint("sign_id", "media", name="uq_sign_photo_sign_id_media"),
    )


def downgrade() -> None:
    """Forget the photographs; `tourapp media collect` removes their files."""
    op.drop_table("sign_photo")
