"""Reviews that are asked for, and comments on revisions."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Make room for what is asked, said and answered."""
    op.create_table(
        "review",
        sa.Column("revision_id", sa.Integer, nullable=False),
        sa.Column("asked_by_id", sa.Integer, nullable=False),
        sa.Column("asked_of_id", sa.Integer),
        sa.Column("note", sa.String, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", sa.String),
        sa.Column("answered_by_id", sa.Integer),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("revision_id", name="pk_review"),
        _leading("review", "revision_id", "revision"),
        *(_leading("review", f"{who}_id", "person") for who in _READERS),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_review_{name}")) for name, rule in _OF_REVIEWS),
    )
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("revision_id", sa.Integer, nullable=False),
        sa.Column("thread_id", sa.Integer),
        sa.Column("part", sa.String, nullable=False),
        sa.Column("author_id", sa.Integer, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_by_id", sa.Integer),
        sa.Column("resolved_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_comment"),
        _leading("comment", "revision_id", "revision"),
        _leading("comment", "thread_id", "comment"),
        _leading("comment", "author_id", "person"),
        _leading("comment", "resolved_by_id", "person"),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_comment_{name}")) for name, rule in _OF_COMMENTS),
    )
    op.create_index("ix_comment_revision_id", "comment", ["revision_id"])


def downgrade() -> None:
    """Forget what was said; every revision stays."""
    op.drop_table("comment")
    op.drop_table("review")


def _leading(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}")


_READERS = ("asked_by", "asked_of", "answered_by")
_OF_REVIEWS = (
    ("verdict_known", "verdict IN ('approved', 'returned')"),
    (
        "answer_whole",
        (
            "(verdict IS NULL) = (answered_at IS NULL)"
            " AND (verdict IS NULL) = (answered_by_id IS NULL)"
        ),
    ),
    ("version_positive", "version > 0"),
)
_OF_COMMENTS = (
    (
        "part_known",
        (
            "part IN ('', 'title', 'lede', 'look', 'question', 'access', 'safety', 'drawing_alt',"
            " 'text')"
        ),
    ),
    ("text_given", "length(text) > 0"),
    (
        "resolved_whole",
        (
            "(resolved_at IS NULL) = (resolved_by_id IS NULL)"
            " AND (resolved_at IS NULL OR thread_id IS NULL)"
        ),
    ),
)
