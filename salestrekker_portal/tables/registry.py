"""Every table, imported once, for Alembic and the tests."""

from sqlmodel import SQLModel

from salestrekker_portal.tables import (
    access,
    activity,
    api_tokens,
    automations,
    bank_statements,
    billing,
    chasing,
    contacts,
    deals,
    documents,
    fact_find,
    imports,
    labels,
    letters,
    loans,
    merges,
    notes,
    notifications,
    organisations,
    outbox,
    partners,
    portal_access,
    search,
    security_log,
    tasks,
    watching,
    webhooks,
    workflows,
)

TABLES = (
    access, activity, api_tokens, automations, bank_statements, billing, chasing, contacts, deals, documents, fact_find,
    imports, labels, letters, loans, merges, notes, notifications, organisations, outbox, partners, portal_access,
    search, security_log, tasks, watching, webhooks, workflows,
)  # fmt: skip

metadata = SQLModel.metadata
