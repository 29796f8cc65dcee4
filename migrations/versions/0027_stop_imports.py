"""An archive of stops is looked at before it is brought in."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Keep archives with what they would change."""
    op.create_table(
        "stop_import",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("archive", sa.LargeBinary, nullable=False),
        sa.Column("findings", sa.JSON, nullable=False),
        sa.Column("basis", sa.String, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_stop_import_person_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stop_import")),
    )
    op.create_index(op.f("ix_stop_import_person_id"), "stop_import", ["person_id"])


def downgrade() -> None:
    """Forget archives that wait."""
    op.drop_table("stop_import")
