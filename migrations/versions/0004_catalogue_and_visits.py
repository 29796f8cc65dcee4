"""The catalogue's version, its topics and prepared documents; counts of visits."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the tables, with nothing prepared and nothing counted."""
    _create_catalogue()
    _create_topic()
    _create_document()
    _create_visit_count()


def downgrade() -> None:
    """Drop them; documents are prepared again after the next upgrade, counts are lost."""
    for table in ("visit_count", "document", "topic", "catalogue"):
        op.drop_table(table)


def _create_catalogue() -> None:
    catalogue = op.create_table(
        "catalogue",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_catalogue"),
        sa.CheckConstraint("id = 1", name=op.f("ck_catalogue_one_row")),
        sa.CheckConstraint("version > 0", name=op.f("ck_catalogue_version_positive")),
    )
    op.bulk_insert(catalogue, [{"id": 1, "version": 1}])


def _create_topic() -> None:
    op.create_table(
        "topic",
        sa.Column("name", sa.String, nullable=False),
        sa.Column("changed_in", sa.Integer, nullable=False),
        sa.Column("fingerprint", sa.String),
        sa.PrimaryKeyConstraint("name", name="pk_topic"),
        sa.CheckConstraint("changed_in > 0", name=op.f("ck_topic_changed_in_positive")),
    )
    op.create_index("ix_topic_changed_in", "topic", ["changed_in"])
    # Whatever there is already is prepared by the first worker that starts.
    op.execute(
        "INSERT INTO topic (name, changed_in)"
        " SELECT 'stop:' || id, 1 FROM stop UNION ALL SELECT 'stops', 1"
    )


def _create_document() -> None:
    op.create_table(
        "document",
        sa.Column("address", sa.String, nullable=False),
        sa.Column("lang", sa.String, nullable=False),
        sa.Column("topic", sa.String, nullable=False),
        sa.Column("tag", sa.String, nullable=False),
        sa.Column("headers", sa.JSON, nullable=False),
        sa.Column("identity", sa.LargeBinary, nullable=False),
        sa.Column("gzip", sa.LargeBinary, nullable=False),
        sa.Column("br", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("address", "lang", name="pk_document"),
        sa.ForeignKeyConstraint(["topic"], ["topic.name"], name="fk_document_topic_topic"),
    )
    op.create_index("ix_document_topic", "document", ["topic"])


def _create_visit_count() -> None:
    op.create_table(
        "visit_count",
        sa.Column("hour_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("lang", sa.String, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("hour_at", "kind", "subject", "lang", name="pk_visit_count"),
        sa.CheckConstraint("kind IN ('sign', 'page')", name=op.f("ck_visit_count_kind_known")),
        sa.CheckConstraint("count > 0", name=op.f("ck_visit_count_count_positive")),
    )
