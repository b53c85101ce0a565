"""Alembic, on the application's own settings and metadata."""

import os
import sys

import sqlalchemy as sa
from sqlalchemy import create_engine

from alembic import context
from salestrekker_portal.config import BadSettings, demand_a_place, settings
from salestrekker_portal.database.columns import StrEnumType, UtcDateTime
from salestrekker_portal.database.migrating import alone
from salestrekker_portal.database.private import keep_private
from salestrekker_portal.tables.registry import metadata
from salestrekker_portal.tables.search import NOT_OF_THE_MODELS


def sync_url(url: str) -> str:
    """The same database through a synchronous driver."""
    return url.replace("sqlite+aiosqlite", "sqlite")


def chosen_address() -> str:
    """The database of the settings; a sentence when nobody has set which."""
    try:
        demand_a_place(os.environ)
        return settings().database
    except BadSettings as refusal:
        sys.exit(str(refusal))


def as_plain_type(kind, item, _autogen_context):
    """Our own column types, written as plain ones that a migration can keep for ever."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, StrEnumType):
        return "sa.String(length=40)"
    if kind == "type" and isinstance(item, sa.JSON):
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    return False


def is_of_the_models(item, name, kind, reflected, compared) -> bool:
    """Whether what was found in a database is to be compared: a full-text index has no model."""
    return not (reflected and str(name).startswith(NOT_OF_THE_MODELS))


def run(connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_type=True,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=as_plain_type,
        include_object=is_of_the_models,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    url = context.config.get_main_option("sqlalchemy.url") or chosen_address()
    keep_private(url)
    with create_engine(sync_url(url), hide_parameters=True).connect() as opened, alone(opened):
        run(opened)
        opened.commit()
