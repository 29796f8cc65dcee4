"""Previews: texts that are not saved, spoken for whoever writes them, for an hour."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make room for previews."""
    op.create_table(
        "preview",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("lang", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("lease", sa.String),
        sa.Column("lease_ends_at", sa.DateTime(timezone=True)),
        sa.Column("failure", sa.String),
        sa.Column("engine", sa.String),
        sa.Column("voice", sa.String),
        sa.Column("duration_s", sa.Double),
        sa.Column("opus_media", sa.String),
        sa.Column("opus_bytes", sa.Integer),
        sa.Column("mp3_media", sa.String),
        sa.Column("mp3_bytes", sa.Integer),
        sa.Column("cues", sa.JSON),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_preview"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_preview_person_id_person"),
        sa.CheckConstraint(
            "state IN ('wanted', 'rendering', 'ready', 'failed')",
            name=op.f("ck_preview_state_known"),
        ),
        sa.CheckConstraint(
            "(state = 'ready') = (opus_media IS NOT NULL AND opus_bytes IS NOT NULL"
            " AND mp3_media IS NOT NULL AND mp3_bytes IS NOT NULL AND duration_s IS NOT NULL"
            " AND engine IS NOT NULL AND voice IS NOT NULL AND cues IS NOT NULL)",
            name=op.f("ck_preview_ready_is_whole"),
        ),
        sa.CheckConstraint(
            "(state = 'rendering') = (lease_ends_at IS NOT NULL)",
            name=op.f("ck_preview_leased"),
        ),
        sa.CheckConstraint(
            "(state = 'failed') = (failure IS NOT NULL)",
            name=op.f("ck_preview_failure_told"),
        ),
        sa.CheckConstraint("ends_at > created_at", name=op.f("ck_preview_ends_later")),
    )
    op.create_index("ix_preview_person_id", "preview", ["person_id"])


def downgrade() -> None:
    """Keep every stop and text; the sound of previews is an orphan, which a collection removes."""
    op.drop_table("preview")
