"""Letters wait in the database until they have left."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

_HINDRANCES = "'unwritable', 'unreachable', 'silent', 'busy', 'closed', 'refused'"


def upgrade() -> None:
    """Let a letter be written in the transaction that causes it."""
    op.create_table(
        "letter",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("link_seed", sa.String),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True)),
        sa.Column("hindrance", sa.String),
        sa.Column("answer", sa.String),
        sa.CheckConstraint(f"hindrance IN ({_HINDRANCES})", name=op.f("ck_letter_hindrance_known")),
        sa.CheckConstraint(
            "(hindrance IS NULL) = (answer IS NULL)", name=op.f("ck_letter_hindrance_whole")
        ),
        sa.CheckConstraint(
            "next_attempt_at IS NOT NULL OR (text = '' AND coalesce(link_seed, '') = '')",
            name=op.f("ck_letter_given_up_is_bare"),
        ),
        sa.CheckConstraint("ends_at > made_at", name=op.f("ck_letter_ends_later")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_letter_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    op.create_index(op.f("ix_letter_person_id"), "letter", ["person_id"])


def downgrade() -> None:
    """Forget what has not left."""
    op.drop_table("letter")
