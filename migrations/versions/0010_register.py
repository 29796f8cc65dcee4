"""The register of signs: where each hangs, what it says, in what state it is; no code goes away."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Let a sign be looked after; those that are known are planned until somebody says more."""
    with op.batch_alter_table("sign") as sign:
        for name, kind in _COLUMNS.items():
            sign.add_column(sa.Column(name, kind))
        for name in ("state", "retired_at"):
            sign.create_index(f"ix_sign_{name}", [name])
    begun = {"place": "", "support": "", "note": "", "state": "planned", "version": 1}
    sign_table = sa.table("sign", *map(sa.column, begun))
    op.execute(sign_table.update().values(begun))
    with op.batch_alter_table("sign") as sign:
        for name in begun:
            sign.alter_column(name, existing_type=_COLUMNS[name], nullable=False)
        for name, rule in _RULES.items():
            sign.create_check_constraint(op.f(f"ck_sign_{name}"), rule)
    for statement in _KEEPING[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Keep the signs and where they lead; one that was retired leads to its stop again."""
    for statement in _LETTING_GO[op.get_bind().dialect.name]:
        op.execute(statement)
    with op.batch_alter_table("sign") as sign:
        for name in _RULES:
            sign.drop_constraint(op.f(f"ck_sign_{name}"), type_="check")
        for name in ("state", "retired_at"):
            sign.drop_index(f"ix_sign_{name}")
        for name in _COLUMNS:
            sign.drop_column(name)


_TIME = sa.DateTime(timezone=True)

_COLUMNS: dict[str, type[sa.types.TypeEngine[object]] | sa.types.TypeEngine[object]] = {
    "place": sa.String,
    "support": sa.String,
    "note": sa.String,
    "latitude": sa.Double,
    "longitude": sa.Double,
    "accuracy_m": sa.Integer,
    "state": sa.String,
    "printed_url": sa.String,
    "printed_version": sa.String,
    "printed_number": sa.Integer,
    "printed_at": _TIME,
    "checked_by": sa.String,
    "checked_at": _TIME,
    "moved_at": _TIME,
    "retired_at": _TIME,
    "version": sa.Integer,
}

_RULES = {
    "state_known": "state IN ('planned', 'printed', 'installed', 'damaged', 'removed')",
    "latitude_range": "latitude BETWEEN -90 AND 90",
    "longitude_range": "longitude BETWEEN -180 AND 180",
    "accuracy_positive": "accuracy_m > 0",
    "position_whole": "(latitude IS NULL) = (longitude IS NULL)"
    " AND (latitude IS NULL) = (accuracy_m IS NULL)",
    "printed_whole": "(printed_url IS NULL) = (printed_version IS NULL)"
    " AND (printed_url IS NULL) = (printed_number IS NULL)"
    " AND (printed_url IS NULL) = (printed_at IS NULL)",
    "checked_whole": "(checked_by IS NULL) = (checked_at IS NULL)",
    "version_positive": "version > 0",
}

# What is printed outlives every row of ours: the database itself lets nobody free a code.
_KEEPING = {
    "sqlite": (
        """CREATE TRIGGER sign_is_kept BEFORE DELETE ON sign
        BEGIN SELECT RAISE(ABORT, 'a sign is retired, never deleted'); END""",
        """CREATE TRIGGER sign_code_is_kept BEFORE UPDATE OF code ON sign
        WHEN NEW.code <> OLD.code
        BEGIN SELECT RAISE(ABORT, 'the code of a sign never changes'); END""",
    ),
    "postgresql": (
        """CREATE FUNCTION keep_sign() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'a sign is retired, never deleted, and its code never changes'
        USING ERRCODE = 'integrity_constraint_violation'; END $$""",
        """CREATE TRIGGER sign_is_kept BEFORE DELETE ON sign
        FOR EACH ROW EXECUTE FUNCTION keep_sign()""",
        """CREATE TRIGGER sign_code_is_kept BEFORE UPDATE OF code ON sign
        FOR EACH ROW WHEN (NEW.code <> OLD.code) EXECUTE FUNCTION keep_sign()""",
    ),
}

_LETTING_GO = {
    "sqlite": ("DROP TRIGGER sign_is_kept", "DROP TRIGGER sign_code_is_kept"),
    "postgresql": (
        "DROP TRIGGER sign_is_kept ON sign",
        "DROP TRIGGER sign_code_is_kept ON sign",
        "DROP FUNCTION keep_sign()",
    ),
}
