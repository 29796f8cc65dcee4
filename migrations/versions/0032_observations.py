"""What walkers notice at stops, and what became of it."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    """Make room for observations: a stop and words, and nothing of who said them."""
    op.create_table(
        "observation",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("stop_id", sa.Integer, nullable=False),
        sa.Column("lang", sa.String, nullable=False),
        sa.Column("kind", sa.String),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("noticed_on", sa.Date, nullable=False),
        sa.Column("key", sa.String),
        sa.Column("masked", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("reason", sa.String),
        sa.Column("decided_by", sa.String),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("outcome", sa.String),
        sa.Column("answer", sa.String),
        sa.Column("answered_on", sa.Date),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name=op.f("fk_observation_stop_id_stop")),
        sa.UniqueConstraint("key", name=op.f("uq_observation_key")),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_observation_{name}"))
            for name, condition in _CHECKS.items()
        ),
    )
    op.create_index(op.f("ix_observation_state"), "observation", ["state"])
    op.create_index("ix_observation_stop_id_state", "observation", ["stop_id", "state"])


def downgrade() -> None:
    """Forget what was noticed."""
    op.drop_table("observation")


_CHECKS = {
    "text_given": "text <> ''",
    "lang_known": "lang IN ('fr', 'en', 'nl', 'de')",
    "kind_known": "kind IN ('seen', 'heard', 'question', 'idea')",
    "state_known": "state IN ('waiting', 'published', 'set_aside')",
    "reason_known": ("reason IN ('off_topic', 'personal', 'hurtful', 'advertising', 'repeated')"),
    "reason_told": "(state = 'set_aside') = (reason IS NOT NULL)",
    "decided_whole": (
        "(state = 'waiting') = (decided_at IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)"
    ),
    "outcome_known": "outcome IN ('studied', 'planned', 'done', 'declined')",
    "answered_whole": (
        "(outcome IS NULL) = (answer IS NULL) AND (outcome IS NULL) = (answered_on IS NULL)"
    ),
    "version_positive": "version > 0",
}
