"""The lexicon, and how each published text is spoken by it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make room for the lexicon; sound follows it text by text, and is wanted again once."""
    op.create_table(
        "lexicon_entry",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("lang", sa.String, nullable=False),
        sa.Column("written", sa.String, nullable=False),
        sa.Column("said", sa.String, nullable=False),
        sa.Column("espeak", sa.String),
        sa.Column("piper", sa.String),
        sa.Column("note", sa.String, nullable=False),
        sa.Column("folded", sa.String, nullable=False),
        sa.Column("confirmed_by", sa.String),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        sa.Column("imported_digest", sa.String),
        sa.Column("removed_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_lexicon_entry"),
        sa.UniqueConstraint("lang", "written", name="uq_lexicon_entry_lang_written"),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_lexicon_entry_{name}"))
            for name, rule in _RULES.items()
        ),
    )
    op.create_table(
        "recipe",
        sa.Column("revision_id", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("sought", sa.String, nullable=False),
        sa.Column("heard", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("revision_id", "version", name="pk_recipe"),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name="fk_recipe_revision_id_revision",
        ),
    )


def downgrade() -> None:
    """Keep every sound; what staff changed in the lexicon goes, so export it first."""
    op.drop_table("recipe")
    op.drop_table("lexicon_entry")


_RULES = {
    "lang_known": "lang IN ('fr', 'en', 'nl', 'de')",
    "written_given": "length(written) > 0",
    "said_given": "length(said) > 0",
    "espeak_given": "length(espeak) > 0",
    "piper_given": "length(piper) > 0",
    "confirmed_whole": "(confirmed_by IS NULL) = (confirmed_at IS NULL)",
    "version_positive": "version > 0",
}
