"""Recordings: narratives as people read them, each with a narration of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make room for recordings, and for how well their sentences were found."""
    op.create_table(
        "recording",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("revision_id", sa.Integer, nullable=False),
        sa.Column("speaker", sa.String, nullable=False),
        sa.Column("credit", sa.String, nullable=False),
        sa.Column("format", sa.String, nullable=False),
        sa.Column("duration_s", sa.Double, nullable=False),
        sa.Column("sound_media", sa.String),
        sa.Column("sound_bytes", sa.Integer),
        sa.Column("given_by", sa.String, nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by", sa.String),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_recording"),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name="fk_recording_revision_id_revision"
        ),
        sa.CheckConstraint("length(speaker) > 0", name=op.f("ck_recording_speaker_given")),
        sa.CheckConstraint("duration_s > 0", name=op.f("ck_recording_duration_positive")),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (sound_media IS NOT NULL)",
            name=op.f("ck_recording_withdrawn_silent"),
        ),
        sa.CheckConstraint(
            "(sound_media IS NULL) = (sound_bytes IS NULL)"
            " AND (withdrawn_at IS NULL) = (withdrawn_by IS NULL)",
            name=op.f("ck_recording_whole"),
        ),
    )
    op.create_index("ix_recording_revision_id", "recording", ["revision_id"])
    with op.batch_alter_table("narration") as narration:
        narration.add_column(sa.Column("recording_id", sa.Integer))
        narration.add_column(sa.Column("confidence", sa.Double))
        narration.add_column(sa.Column("doubtful", sa.JSON))
        narration.create_foreign_key(
            "fk_narration_recording_id_recording", "recording", ["recording_id"], ["id"]
        )
        narration.create_check_constraint(
            op.f("ck_narration_recording_named"),
            "(engine = 'recorded') = (recording_id IS NOT NULL)",
        )
        narration.create_index("ix_narration_recording_id", ["recording_id"])


def downgrade() -> None:
    """Keep what engines speak; sounds of recordings are orphans, which a collection removes."""
    op.execute("DELETE FROM narration WHERE recording_id IS NOT NULL")
    with op.batch_alter_table("narration") as narration:
        narration.drop_index("ix_narration_recording_id")
        narration.drop_constraint(op.f("ck_narration_recording_named"), type_="check")
        narration.drop_constraint("fk_narration_recording_id_recording", type_="foreignkey")
        for column in ("recording_id", "confidence", "doubtful"):
            narration.drop_column(column)
    op.drop_table("recording")
