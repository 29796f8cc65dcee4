"""Stops, their narratives with all revisions, and the signs that lead to them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make room for stops, narratives, revisions and signs."""
    _create_stop()
    _create_narrative()
    _create_revision()
    _create_sign()
    with op.batch_alter_table("narrative") as narrative:
        narrative.create_foreign_key(
            "fk_narrative_published_revision",
            "revision",
            ["id", "published_revision_id"],
            ["narrative_id", "id"],
        )


def downgrade() -> None:
    """Leave an empty database: before this there was nothing."""
    with op.batch_alter_table("narrative") as narrative:
        narrative.drop_constraint("fk_narrative_published_revision", type_="foreignkey")
    for table in ("sign", "revision", "narrative", "stop"):
        op.drop_table(table)


def _create_stop() -> None:
    op.create_table(
        "stop",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("slug", sa.String, nullable=False),
        sa.Column("latitude", sa.Double, nullable=False),
        sa.Column("longitude", sa.Double, nullable=False),
        sa.Column("accuracy_m", sa.Integer, nullable=False),
        sa.Column("position_source", sa.String, nullable=False),
        sa.Column("altitude_m", sa.Integer),
        sa.Column("altitude_source", sa.String),
        sa.Column("drawing_file", sa.String, nullable=False),
        sa.Column("drawing_media", sa.String, nullable=False),
        sa.Column("drawing_credit", sa.String, nullable=False),
        sa.Column("sources", sa.JSON, nullable=False),
        sa.Column("imported_digest", sa.String, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stop"),
        sa.UniqueConstraint("number", name="uq_stop_number"),
        sa.UniqueConstraint("slug", name="uq_stop_slug"),
        sa.CheckConstraint("number > 0", name=op.f("ck_stop_number_positive")),
        sa.CheckConstraint("latitude BETWEEN -90 AND 90", name=op.f("ck_stop_latitude_range")),
        sa.CheckConstraint("longitude BETWEEN -180 AND 180", name=op.f("ck_stop_longitude_range")),
        sa.CheckConstraint("accuracy_m > 0", name=op.f("ck_stop_accuracy_positive")),
        sa.CheckConstraint(
            "(altitude_m IS NULL) = (altitude_source IS NULL)",
            name=op.f("ck_stop_altitude_sourced"),
        ),
    )


def _create_narrative() -> None:
    op.create_table(
        "narrative",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("stop_id", sa.Integer, nullable=False),
        sa.Column("lang", sa.String, nullable=False),
        sa.Column("variant", sa.String, nullable=False),
        sa.Column("published_revision_id", sa.Integer),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Column("imported_digest", sa.String),
        sa.PrimaryKeyConstraint("id", name="pk_narrative"),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name="fk_narrative_stop_id_stop"),
        sa.UniqueConstraint("stop_id", "lang", "variant", name="uq_narrative_stop_id_lang_variant"),
        sa.CheckConstraint(
            "lang IN ('fr', 'en', 'nl', 'de')", name=op.f("ck_narrative_lang_known")
        ),
        sa.CheckConstraint(
            "variant IN ('standard', 'facile')",
            name=op.f("ck_narrative_variant_known"),
        ),
    )


def _create_revision() -> None:
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("narrative_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("origin", sa.String, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("lede", sa.String, nullable=False),
        sa.Column("look", sa.String, nullable=False),
        sa.Column("question", sa.String, nullable=False),
        sa.Column("access", sa.String, nullable=False),
        sa.Column("safety", sa.String, nullable=False),
        sa.Column("drawing_alt", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("folded", sa.String, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_revision"),
        sa.ForeignKeyConstraint(
            ["narrative_id"],
            ["narrative.id"],
            name="fk_revision_narrative_id_narrative",
        ),
        sa.UniqueConstraint("narrative_id", "number", name="uq_revision_narrative_id_number"),
        sa.UniqueConstraint("narrative_id", "id", name="uq_revision_narrative_id_id"),
        sa.CheckConstraint("number > 0", name=op.f("ck_revision_number_positive")),
        sa.CheckConstraint("origin IN ('import', 'staff')", name=op.f("ck_revision_origin_known")),
        sa.CheckConstraint("length(title) > 0", name=op.f("ck_revision_title_given")),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_revision_text_given")),
    )


def _create_sign() -> None:
    op.create_table(
        "sign",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("stop_id", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign"),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name="fk_sign_stop_id_stop"),
        sa.UniqueConstraint("code", name="uq_sign_code"),
        sa.CheckConstraint("length(code) = 6", name=op.f("ck_sign_code_length")),
    )
    op.create_index("ix_sign_stop_id", "sign", ["stop_id"])
