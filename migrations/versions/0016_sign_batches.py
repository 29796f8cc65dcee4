"""Batches of signs that are printed for staff, and kept for an hour."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Make room for batches."""
    op.create_table(
        "sign_batch",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("ordered", sa.JSON, nullable=False),
        sa.Column("signs", sa.Integer, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("lease", sa.String),
        sa.Column("lease_ends_at", sa.DateTime(timezone=True)),
        sa.Column("failure", sa.String),
        sa.Column("file_media", sa.String),
        sa.Column("file_bytes", sa.Integer),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_batch"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_sign_batch_person_id_person"
        ),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_sign_batch_{name}")) for name, rule in _RULES),
    )
    op.create_index("ix_sign_batch_person_id", "sign_batch", ["person_id"])


def downgrade() -> None:
    """Keep every sign; the files of batches are orphans, which a collection removes."""
    op.drop_table("sign_batch")


_RULES = (
    ("state_known", "state IN ('wanted', 'printing', 'ready', 'failed')"),
    ("ready_is_whole", "(state = 'ready') = (file_media IS NOT NULL AND file_bytes IS NOT NULL)"),
    ("leased", "(state = 'printing') = (lease_ends_at IS NOT NULL)"),
    ("failure_told", "(state = 'failed') = (failure IS NOT NULL)"),
    ("signs_positive", "signs > 0"),
    ("ends_later", "ends_at > created_at"),
)
