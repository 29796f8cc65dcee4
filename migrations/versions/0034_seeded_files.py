"""Stops, texts and words keep what the installation's own files said of them."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"

_TABLES = ("stop", "narrative", "lexicon_entry")


def upgrade() -> None:
    """Add it; the next import of the folder writes it."""
    for name in _TABLES:
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("seeded_digest", sa.String))


def downgrade() -> None:
    """Drop it."""
    for name in _TABLES:
        with op.batch_alter_table(name) as table:
            table.drop_column("seeded_digest")
