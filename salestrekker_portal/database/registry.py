"""Every table, imported once, for Alembic and the tests."""

from sqlmodel import SQLModel

from salestrekker_portal.domains.access import models as access
from salestrekker_portal.domains.activity import models as activity
from salestrekker_portal.domains.bank_statements import models as bank_statements
from salestrekker_portal.domains.billing import models as billing
from salestrekker_portal.domains.contacts import models as contacts
from salestrekker_portal.domains.deals import models as deals
from salestrekker_portal.domains.documents import models as documents
from salestrekker_portal.domains.fact_find import models as fact_find
from salestrekker_portal.domains.labels import models as labels
from salestrekker_portal.domains.notes import models as notes
from salestrekker_portal.domains.notifications import models as notifications
from salestrekker_portal.domains.organisations import models as organisations
from salestrekker_portal.domains.outbox import models as outbox
from salestrekker_portal.domains.partners import models as partners
from salestrekker_portal.domains.portal_access import models as portal_access
from salestrekker_portal.domains.workflows import models as workflows

TABLES = (
    access, activity, bank_statements, billing, contacts, deals, documents, fact_find, labels, notes, notifications,
    organisations, outbox, partners, portal_access, workflows,
)  # fmt: skip

metadata = SQLModel.metadata
