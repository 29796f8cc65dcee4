"""Itineraries: halts in order without a gap, and the paths between them."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

LANGUAGES = "'fr', 'en', 'nl', 'de'"


def upgrade() -> None:
    """Make room for itineraries."""
    op.create_table(
        "itinerary",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("slug", sa.String, nullable=False),
        sa.Column("secret", sa.String, nullable=False),
        sa.Column("owner_id", sa.Integer),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("summary", sa.String, nullable=False),
        sa.Column("theme", sa.String, nullable=False),
        sa.Column("audience", sa.String, nullable=False),
        sa.Column("lang", sa.String, nullable=False),
        sa.Column("difficulty", sa.String, nullable=False),
        sa.Column("accessibility", sa.String, nullable=False),
        sa.Column("meeting", sa.String, nullable=False),
        sa.Column("target_min", sa.Integer),
        sa.Column("visibility", sa.String, nullable=False),
        sa.Column("imported_digest", sa.String),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_itinerary"),
        sa.UniqueConstraint("slug", name="uq_itinerary_slug"),
        sa.UniqueConstraint("secret", name="uq_itinerary_secret"),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name="fk_itinerary_owner_id_person"),
        sa.CheckConstraint("length(title) > 0", name=op.f("ck_itinerary_title_given")),
        sa.CheckConstraint(f"lang IN ({LANGUAGES})", name=op.f("ck_itinerary_lang_known")),
        sa.CheckConstraint(
            "difficulty IN ('easy', 'moderate', 'hard')",
            name=op.f("ck_itinerary_difficulty_known"),
        ),
        sa.CheckConstraint(
            "visibility IN ('private', 'unlisted', 'published')",
            name=op.f("ck_itinerary_visibility_known"),
        ),
        sa.CheckConstraint("version > 0", name=op.f("ck_itinerary_version_positive")),
        sa.CheckConstraint("target_min > 0", name=op.f("ck_itinerary_target_positive")),
    )
    op.create_index("ix_itinerary_owner_id", "itinerary", ["owner_id"])
    op.create_index("ix_itinerary_visibility", "itinerary", ["visibility"])
    op.create_table(
        "itinerary_editor",
        sa.Column("itinerary_id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("itinerary_id", "person_id", name="pk_itinerary_editor"),
        sa.ForeignKeyConstraint(
            ["itinerary_id"], ["itinerary.id"], name="fk_itinerary_editor_itinerary_id_itinerary"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_itinerary_editor_person_id_person"
        ),
    )
    op.create_index("ix_itinerary_editor_person_id", "itinerary_editor", ["person_id"])
    op.create_table(
        "halt",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("itinerary_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("follows", sa.Integer),
        sa.Column("stop_id", sa.Integer),
        sa.Column("spot_name", sa.String),
        sa.Column("latitude", sa.Double),
        sa.Column("longitude", sa.Double),
        sa.Column("stay_min", sa.Integer, nullable=False),
        sa.Column("variant", sa.String, nullable=False),
        sa.Column("transport", sa.String, nullable=False),
        sa.Column("note", sa.String, nullable=False),
        sa.Column("question", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_halt"),
        sa.UniqueConstraint("itinerary_id", "position", name="uq_halt_itinerary_id_position"),
        sa.ForeignKeyConstraint(
            ["itinerary_id"], ["itinerary.id"], name="fk_halt_itinerary_id_itinerary"
        ),
        sa.ForeignKeyConstraint(
            ["itinerary_id", "follows"],
            ["halt.itinerary_id", "halt.position"],
            name="fk_halt_follows",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name="fk_halt_stop_id_stop"),
        sa.CheckConstraint(
            "(position = 1 AND follows IS NULL) OR (position > 1 AND follows = position - 1)",
            name=op.f("ck_halt_follows_the_one_before"),
        ),
        sa.CheckConstraint(
            "(stop_id IS NULL) = (spot_name IS NOT NULL AND latitude IS NOT NULL"
            " AND longitude IS NOT NULL)",
            name=op.f("ck_halt_stop_or_spot"),
        ),
        sa.CheckConstraint("stay_min >= 0", name=op.f("ck_halt_stay_not_negative")),
        sa.CheckConstraint(
            "transport IN ('walk', 'bicycle', 'bus')", name=op.f("ck_halt_transport_known")
        ),
        sa.CheckConstraint("variant IN ('standard', 'facile')", name=op.f("ck_halt_variant_known")),
    )
    op.create_index("ix_halt_stop_id", "halt", ["stop_id"])
    op.create_table(
        "leg",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("itinerary_id", sa.Integer, nullable=False),
        sa.Column("start", sa.String, nullable=False),
        sa.Column("end", sa.String, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("points", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_leg"),
        sa.UniqueConstraint("itinerary_id", "start", "end", name="uq_leg_itinerary_id_start_end"),
        sa.ForeignKeyConstraint(
            ["itinerary_id"], ["itinerary.id"], name="fk_leg_itinerary_id_itinerary"
        ),
    )


def downgrade() -> None:
    """Forget itineraries."""
    for table in ("leg", "halt", "itinerary_editor", "itinerary"):
        op.drop_table(table)
