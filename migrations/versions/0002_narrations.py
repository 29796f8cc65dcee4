"""Narrations: what is to be heard, what is there, and the sentences they are made of."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make room for narrations and their sentences."""
    op.create_table(
        "narration",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("revision_id", sa.Integer, nullable=False),
        sa.Column("engine", sa.String, nullable=False),
        sa.Column("recipe", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease", sa.String),
        sa.Column("lease_ends_at", sa.DateTime(timezone=True)),
        sa.Column("failure", sa.String),
        sa.Column("voice", sa.String),
        sa.Column("duration_s", sa.Double),
        sa.Column("opus_media", sa.String),
        sa.Column("opus_bytes", sa.Integer),
        sa.Column("mp3_media", sa.String),
        sa.Column("mp3_bytes", sa.Integer),
        sa.Column("vtt_media", sa.String),
        sa.Column("cues", sa.JSON),
        sa.Column("rendered_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_narration"),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name="fk_narration_revision_id_revision",
        ),
        sa.UniqueConstraint(
            "revision_id",
            "engine",
            "recipe",
            name="uq_narration_revision_id_engine_recipe",
        ),
        sa.CheckConstraint(
            "state IN ('wanted', 'rendering', 'ready', 'failed')",
            name=op.f("ck_narration_state_known"),
        ),
        sa.CheckConstraint(
            "(state = 'ready') = (opus_media IS NOT NULL AND mp3_media IS NOT NULL"
            " AND vtt_media IS NOT NULL AND duration_s IS NOT NULL AND voice IS NOT NULL)",
            name=op.f("ck_narration_ready_is_whole"),
        ),
        sa.CheckConstraint(
            "(state = 'rendering') = (lease_ends_at IS NOT NULL)",
            name=op.f("ck_narration_leased"),
        ),
        sa.CheckConstraint(
            "(state = 'failed') = (failure IS NOT NULL)",
            name=op.f("ck_narration_failure_told"),
        ),
    )
    op.create_index("ix_narration_revision_id", "narration", ["revision_id"])
    op.create_index("ix_narration_state", "narration", ["state"])
    op.create_table(
        "sentence",
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("media", sa.String, nullable=False),
        sa.Column("spoken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_sentence"),
    )


def downgrade() -> None:
    """Keep every stop and text; sound follows from them and is wanted again after an upgrade."""
    op.drop_table("sentence")
    op.drop_table("narration")
