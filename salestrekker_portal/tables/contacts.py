"""People and companies that a brokerage knows."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Index, UniqueConstraint, event
from sqlmodel import Field

from salestrekker_portal.database.columns import Folded, StrEnumType, UtcDateTime
from salestrekker_portal.database.model import Record
from salestrekker_portal.kernel.names import search_key, sort_key


class ContactKind(StrEnum):
    PERSON = "person"
    COMPANY = "company"


class Contact(Record, table=True):
    """One person or company, across all their deals. E-mail is lower case, mobile is E.164."""

    __tablename__ = "contacts"
    __table_args__ = (
        Index("ix_contacts_organisation_email", "organisation_id", "email"),
        Index("ix_contacts_organisation_mobile", "organisation_id", "mobile"),
        Index("ix_contacts_organisation_sort_key", "organisation_id", "sort_key", "id"),
        # The lists of people and of companies, by name and the newest first.
        Index(
            "ix_contacts_by_name", "organisation_id", "kind", "sort_key", "id",
            sqlite_where=sa.text("archived_at IS NULL"), postgresql_where=sa.text("archived_at IS NULL"),
        ),
        Index(
            "ix_contacts_by_newest", "organisation_id", "kind", "id",
            sqlite_where=sa.text("archived_at IS NULL"), postgresql_where=sa.text("archived_at IS NULL"),
        ),
    )  # fmt: skip

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    kind: ContactKind = Field(default=ContactKind.PERSON, sa_type=StrEnumType(ContactKind))
    first_name: str = Field(default="", max_length=80)
    last_name: str = Field(default="", max_length=80)
    company_name: str = Field(default="", max_length=160)
    email: str | None = Field(default=None, max_length=254)
    mobile: str | None = Field(default=None, max_length=20)
    sms_opted_out_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Where they are by the clock, an IANA name, once the team chose; None is guessed (domains/contacts/zones.py).
    time_zone: str | None = Field(default=None, max_length=60)
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Follow from the rest whenever a row is written: what is searched, and where it stands in a list.
    search_key: str = Field(default="", sa_type=Folded(), sa_column_kwargs={"server_default": ""}, nullable=False)
    sort_key: str = Field(default="", sa_type=Folded(240), sa_column_kwargs={"server_default": ""}, nullable=False)

    @property
    def name(self) -> str:
        return self.company_name or f"{self.first_name} {self.last_name}".strip()

    @property
    def called(self) -> str:
        """In a sentence about them: a person by the first name, a company by its name."""
        return self.company_name or self.first_name or self.name

    @property
    def greeted(self) -> str:
        """In words to whoever reads: a person's first name; for a company its contact person's whole name."""
        if not self.company_name:
            return self.first_name or self.name
        return f"{self.first_name} {self.last_name}".strip() or self.company_name


class DifferentContacts(Record, table=True):
    """Two contacts that look like one, and somebody said that they are two. `one_id` is the lesser id of the two."""

    __tablename__ = "different_contacts"
    __table_args__ = (UniqueConstraint("one_id", "other_id"),)

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    one_id: UUID = Field(foreign_key="contacts.id", sa_type=sa.Uuid)
    other_id: UUID = Field(foreign_key="contacts.id", sa_type=sa.Uuid, index=True)
    by_name: str = Field(default="", max_length=160)


@event.listens_for(Contact, "before_insert")
@event.listens_for(Contact, "before_update")
def _write_keys(mapper: object, connection: object, contact: Contact) -> None:
    whole = f"{contact.first_name} {contact.last_name}"
    contact.search_key = search_key(whole, contact.company_name, email=contact.email, phone=contact.mobile)
    contact.sort_key = sort_key(contact.first_name, contact.last_name, contact.company_name)
