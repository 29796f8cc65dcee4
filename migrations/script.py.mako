"""${message}."""

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """${"Describe what becomes possible."}"""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """${"Describe what is kept."}"""
    ${downgrades if downgrades else "pass"}
