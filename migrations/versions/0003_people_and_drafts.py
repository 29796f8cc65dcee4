"""People with roles and tokens, the log of their changes, and the drafts they write."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Let people change stops, and every change be known."""
    _create_people()
    _create_token()
    _create_audit_event()
    _create_draft()
    with op.batch_alter_table("stop") as stop:
        stop.add_column(sa.Column("version", sa.Integer, nullable=False, server_default="1"))
        stop.create_check_constraint(op.f("ck_stop_version_positive"), "version > 0")


def downgrade() -> None:
    """Keep stops and every submitted text; people, unsubmitted drafts and the log go."""
    with op.batch_alter_table("stop") as stop:
        stop.drop_constraint(op.f("ck_stop_version_positive"), type_="check")
        stop.drop_column("version")
    for table in ("draft", "audit_event", "token", "person_role", "person"):
        op.drop_table(table)


def _create_people() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("email", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("email", name="uq_person_email"),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_person_email_lower")),
    )
    op.create_table(
        "person_role",
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "role", name="pk_person_role"),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name="fk_person_role_person_id_person",
        ),
        sa.CheckConstraint(
            "role IN ('redaction', 'publication', 'guide', 'administration')",
            name=op.f("ck_person_role_role_known"),
        ),
    )


def _create_token() -> None:
    op.create_table(
        "token",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("label", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("scopes", sa.JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_token"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_token_person_id_person"),
        sa.UniqueConstraint("digest", name="uq_token_digest"),
        sa.CheckConstraint("ends_at > created_at", name=op.f("ck_token_ends_later")),
    )
    op.create_index("ix_token_person_id", "token", ["person_id"])


def _create_audit_event() -> None:
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer),
        sa.Column("who", sa.String, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("origin", sa.String, nullable=False),
        sa.Column("request_id", sa.String),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_event"),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name="fk_audit_event_person_id_person",
        ),
    )
    op.create_index("ix_audit_event_person_id", "audit_event", ["person_id"])
    op.create_index("ix_audit_event_subject", "audit_event", ["subject"])


def _create_draft() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("stop_id", sa.Integer, nullable=False),
        sa.Column("lang", sa.String, nullable=False),
        sa.Column("variant", sa.String, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name="fk_draft_stop_id_stop"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_draft_person_id_person"),
        sa.UniqueConstraint(
            "stop_id",
            "lang",
            "variant",
            "person_id",
            name="uq_draft_stop_id_lang_variant_person_id",
        ),
        sa.CheckConstraint(
            "lang IN ('fr', 'en', 'nl', 'de')",
            name=op.f("ck_draft_lang_known"),
        ),
        sa.CheckConstraint(
            "variant IN ('standard', 'facile')", name=op.f("ck_draft_variant_known")
        ),
        sa.CheckConstraint("version > 0", name=op.f("ck_draft_version_positive")),
    )
