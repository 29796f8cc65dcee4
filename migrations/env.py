"""Alembic's environment: the tables of every model, on SQLite and PostgreSQL."""

from alembic import context
from sqlalchemy import Connection

# Each package's models add their tables to the one metadata.
import tourapp.accounts.models
import tourapp.accounts.posting.models
import tourapp.audience.models
import tourapp.catalogue.models
import tourapp.itineraries.models
import tourapp.narration.models
import tourapp.observations.models
import tourapp.presence.models
import tourapp.publishing.exchange.models
import tourapp.reviewing.models
import tourapp.signage.models
import tourapp.signage.plates.models
import tourapp.stops.models
import tourapp.web.idempotency  # noqa: F401 -- for its tables
from tourapp.db import Model


def migrate(connection: Connection) -> None:
    """Run the migrations on a connection, in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=Model.metadata,
        render_as_batch=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


migrate(context.config.attributes["connection"])
