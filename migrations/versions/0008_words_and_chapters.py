"""When each word is said, where each paragraph begins, and sentences kept as clips need them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

READY_IS_WHOLE = op.f("ck_narration_ready_is_whole")


def upgrade() -> None:
    """Make room for words and chapters; a sound that is there already has neither."""
    with op.batch_alter_table("narration") as narration:
        narration.drop_constraint(READY_IS_WHOLE, type_="check")
        narration.add_column(sa.Column("words_media", sa.String))
        narration.add_column(sa.Column("chapters_media", sa.String))
        narration.add_column(sa.Column("chapters", sa.JSON))
    op.execute("UPDATE narration SET chapters = '[]' WHERE state = 'ready'")
    with op.batch_alter_table("narration") as narration:
        narration.create_check_constraint(
            READY_IS_WHOLE,
            "(state = 'ready') = (opus_media IS NOT NULL AND opus_bytes IS NOT NULL"
            " AND mp3_media IS NOT NULL AND mp3_bytes IS NOT NULL AND vtt_media IS NOT NULL"
            " AND cues IS NOT NULL AND chapters IS NOT NULL AND duration_s IS NOT NULL"
            " AND voice IS NOT NULL AND rendered_at IS NOT NULL)",
        )
    with op.batch_alter_table("sentence") as sentence:
        sentence.add_column(sa.Column("words", sa.JSON, nullable=False, server_default="[]"))
    with op.batch_alter_table("sentence") as sentence:
        sentence.alter_column("words", server_default=None)
    op.create_table(
        "mastered_sentence",
        sa.Column("media", sa.String, nullable=False),
        sa.Column("mastering", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("opus_media", sa.String, nullable=False),
        sa.Column("mp3_media", sa.String, nullable=False),
        sa.Column("samples", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("media", "mastering", name="pk_mastered_sentence"),
    )


def downgrade() -> None:
    """Keep every sound; words and chapters are made again with it."""
    op.drop_table("mastered_sentence")
    with op.batch_alter_table("sentence") as sentence:
        sentence.drop_column("words")
    with op.batch_alter_table("narration") as narration:
        narration.drop_constraint(READY_IS_WHOLE, type_="check")
        for column in ("words_media", "chapters_media", "chapters"):
            narration.drop_column(column)
        narration.create_check_constraint(
            READY_IS_WHOLE,
            "(state = 'ready') = (opus_media IS NOT NULL AND mp3_media IS NOT NULL"
            " AND vtt_media IS NOT NULL AND duration_s IS NOT NULL AND voice IS NOT NULL)",
        )
