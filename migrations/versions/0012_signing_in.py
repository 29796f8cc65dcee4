"""What lets people in: passwords, links, sign-ins, second factors, attempts; a log that stays."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_KEPT = "the log is only added to"


def upgrade() -> None:
    """Let people have passwords, and let nobody change the log."""
    op.add_column("person", sa.Column("password_hash", sa.String))
    op.add_column("person", sa.Column("totp_secret", sa.String))
    op.add_column("person", sa.Column("totp_step", sa.Integer))
    op.create_table(
        "link",
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_link"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_link_person_id_person"),
        sa.CheckConstraint("ends_at > created_at", name=op.f("ck_link_ends_later")),
    )
    op.create_index("ix_link_person_id", "link", ["person_id"])
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("device", sa.String, nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_whole", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_sign_in_person_id_person"),
        sa.UniqueConstraint("digest", name="uq_sign_in_digest"),
    )
    op.create_index("ix_sign_in_person_id", "sign_in", ["person_id"])
    op.create_table(
        "recovery_code",
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_recovery_code"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_recovery_code_person_id_person"
        ),
    )
    op.create_index("ix_recovery_code_person_id", "recovery_code", ["person_id"])
    op.create_table(
        "attempts",
        sa.Column("key", sa.String, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_attempts"),
    )
    _keep_log()


def downgrade() -> None:
    """Forget passwords and all that goes with them; people and the log stay."""
    _let_log_go()
    for table in ("attempts", "recovery_code", "sign_in", "link"):
        op.drop_table(table)
    with op.batch_alter_table("person") as person:
        for column in ("totp_step", "totp_secret", "password_hash"):
            person.drop_column(column)


def _keep_log() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER audit_event_no_{change} BEFORE {change} ON audit_event"
                f" BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION keep_audit_event() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE integrity_constraint_violation USING MESSAGE = '{_KEPT}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_event_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event"
        " FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_event()"
    )


def _let_log_go() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("update", "delete"):
            op.execute(f"DROP TRIGGER audit_event_no_{change}")
        return
    op.execute("DROP TRIGGER audit_event_kept ON audit_event")
    op.execute("DROP FUNCTION keep_audit_event")
