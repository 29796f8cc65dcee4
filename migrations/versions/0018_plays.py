"""Sounds that are begun, and heard to their end, are counted too."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

KIND_KNOWN = op.f("ck_visit_count_kind_known")


def upgrade() -> None:
    """Let plays be counted; SQLite keeps counts in the order of their hours, to add up fast."""
    _allow("'sign', 'page', 'play', 'whole_play'", sqlite_with_rowid=False)


def downgrade() -> None:
    """Forget plays; signs and pages stay counted."""
    op.execute(sa.text("DELETE FROM visit_count WHERE kind NOT IN ('sign', 'page')"))
    _allow("'sign', 'page'")


def _allow(kinds: str, **table: bool) -> None:
    with op.batch_alter_table("visit_count", table_kwargs=table) as visit_count:
        visit_count.drop_constraint(KIND_KNOWN, type_="check")
        visit_count.create_check_constraint(KIND_KNOWN, f"kind IN ({kinds})")
