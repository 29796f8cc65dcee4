"""Led walks: their running order, the phones that joined, and the guides' calendars."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Make room for walks."""
    op.create_table(
        "walk",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("guide_id", sa.Integer, nullable=False),
        sa.Column("itinerary", sa.String, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("code", sa.String),
        sa.Column("group_name", sa.String, nullable=False),
        sa.Column("participants", sa.Integer, nullable=False),
        sa.Column("lang", sa.String, nullable=False),
        sa.Column("meeting", sa.String, nullable=False),
        sa.Column("pace", sa.String, nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("joined", sa.Integer, nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_walk"),
        sa.UniqueConstraint("code", name="uq_walk_code"),
        sa.ForeignKeyConstraint(["guide_id"], ["person.id"], name="fk_walk_guide_id_person"),
        sa.CheckConstraint("length(title) > 0", name=op.f("ck_walk_title_given")),
        sa.CheckConstraint("participants > 0", name=op.f("ck_walk_participants_positive")),
        sa.CheckConstraint("joined >= 0", name=op.f("ck_walk_joined_not_negative")),
        sa.CheckConstraint("version > 0", name=op.f("ck_walk_version_positive")),
        sa.CheckConstraint("lang IN ('fr', 'en', 'nl', 'de')", name=op.f("ck_walk_lang_known")),
        sa.CheckConstraint(
            "pace IN ('adult', 'school', 'reduced')", name=op.f("ck_walk_pace_known")
        ),
        sa.CheckConstraint(
            "(code IS NULL) = (ended_at IS NOT NULL)", name=op.f("ck_walk_code_until_the_end")
        ),
    )
    op.create_index("ix_walk_guide_id", "walk", ["guide_id"])
    op.create_index("ix_walk_starts_at", "walk", ["starts_at"])
    op.create_table(
        "walk_halt",
        sa.Column("walk_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("stop_id", sa.Integer),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("transport", sa.String, nullable=False),
        sa.Column("distance_m", sa.Integer, nullable=False),
        sa.Column("way_s", sa.Integer, nullable=False),
        sa.Column("is_estimate", sa.Boolean, nullable=False),
        sa.Column("arrives_s", sa.Integer, nullable=False),
        sa.Column("leaves_s", sa.Integer, nullable=False),
        sa.Column("note", sa.String, nullable=False),
        sa.Column("question", sa.String, nullable=False),
        sa.Column("reached_at", sa.DateTime(timezone=True)),
        sa.Column("left_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("walk_id", "position", name="pk_walk_halt"),
        sa.ForeignKeyConstraint(["walk_id"], ["walk.id"], name="fk_walk_halt_walk_id_walk"),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name="fk_walk_halt_stop_id_stop"),
        sa.CheckConstraint("position > 0", name=op.f("ck_walk_halt_position_positive")),
        sa.CheckConstraint(
            "left_at IS NULL OR reached_at IS NOT NULL",
            name=op.f("ck_walk_halt_reached_before_left"),
        ),
        sa.CheckConstraint(
            "transport IN ('walk', 'bicycle', 'bus')", name=op.f("ck_walk_halt_transport_known")
        ),
    )
    op.create_index("ix_walk_halt_stop_id", "walk_halt", ["stop_id"])
    op.create_table(
        "walk_phone",
        sa.Column("walk_id", sa.Integer, nullable=False),
        sa.Column("phone", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("walk_id", "phone", name="pk_walk_phone"),
        sa.ForeignKeyConstraint(["walk_id"], ["walk.id"], name="fk_walk_phone_walk_id_walk"),
    )
    op.create_table(
        "walk_feed",
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_walk_feed"),
        sa.UniqueConstraint("digest", name="uq_walk_feed_digest"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_walk_feed_person_id_person"),
    )


def downgrade() -> None:
    """Forget walks."""
    for table in ("walk_feed", "walk_phone", "walk_halt", "walk"):
        op.drop_table(table)
