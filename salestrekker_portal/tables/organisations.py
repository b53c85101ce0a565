"""The brokerage, its people and what it decided about its portals."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from salestrekker_portal.database.columns import Json, StrEnumType, UtcDateTime
from salestrekker_portal.database.model import Record


class Country(StrEnum):
    AU = "AU"
    NZ = "NZ"


class Role(StrEnum):
    """What a member of a brokerage may do; the table is in access/permissions.py."""

    ADMIN = "admin"
    BROKER = "broker"
    ASSISTANT = "assistant"


class PrivacyMode(StrEnum):
    """How clients meet the privacy disclosure: as documents in the deal, or as a link."""

    DOCUMENTS = "documents"
    LINK = "link"


class Organisation(Record, table=True):
    """A brokerage. Everything else belongs to exactly one."""

    __tablename__ = "organisations"

    name: str = Field(max_length=120)
    short_code: str = Field(max_length=8)
    country: Country = Field(sa_type=StrEnumType(Country))
    time_zone: str = Field(max_length=60)
    phone: str | None = Field(default=None, max_length=20)
    email: str | None = Field(default=None, max_length=254)
    licence: str = Field(default="", max_length=120)
    # The ABN (AU) or NZBN (NZ), digits only.
    business_number: str = Field(default="", max_length=13, sa_column_kwargs={"server_default": ""})
    address: str = Field(default="", max_length=300, sa_column_kwargs={"server_default": ""})
    website: str = Field(default="", max_length=300, sa_column_kwargs={"server_default": ""})
    # Names the bytes of the logo in its address; None without one.
    logo_key: str | None = Field(default=None, max_length=80)
    logo_mime: str = Field(default="", max_length=40, sa_column_kwargs={"server_default": ""})
    theme_colour: str | None = Field(default=None, max_length=7)
    sms_enabled: bool = False
    # Buy a pack when fewer credits than this are left; None never does.
    sms_recharge_below: int | None = None
    # When admins were told that credits run low; forgotten once there are enough again.
    sms_warned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    deals_made: int = 0
    # How long rows of the security log are kept.
    security_log_years: int = Field(default=7, sa_column_kwargs={"server_default": "7"})
    # How long its people may go on without a second step, from the first sign-in on which they were asked.
    factor_grace_days: int = Field(default=14, sa_column_kwargs={"server_default": "14"})
    # After how many minutes without anybody there a session ends; None is the product's own limit, which is the most.
    idle_minutes_clients: int | None = None
    idle_minutes_staff: int | None = None


class Logo(Record, table=True):
    """A firm's logo: a small PNG that we drew ourselves from what was sent."""

    __tablename__ = "logos"

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid, unique=True)
    picture: bytes = Field(sa_type=sa.LargeBinary)


class User(Record, table=True):
    """A member of staff. The same person may work for several brokerages."""

    __tablename__ = "users"

    email: str = Field(max_length=254, unique=True)
    first_name: str = Field(max_length=80)
    last_name: str = Field(max_length=80)
    mobile: str | None = Field(default=None, max_length=20)
    password_hash: str | None = Field(default=None, max_length=255)
    # Since when signing in takes a second step; None while it doesn't.
    factor_since: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class Membership(Record, table=True):
    """A user's place in a brokerage."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("user_id", "organisation_id"),)

    user_id: UUID = Field(foreign_key="users.id", sa_type=sa.Uuid)
    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid, index=True)
    role: Role = Field(sa_type=StrEnumType(Role))
    disabled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # When they were first asked for a second step.
    factor_asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # When they last came in here: of several firms their next sign-in begins with the latest.
    last_in_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Another firm knew them first, and they haven't come in here: what this firm typed is all that it knows.
    waits_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    typed: dict = Field(default_factory=dict, sa_type=Json(), sa_column_kwargs={"server_default": "{}"})


class PortalSettings(Record, table=True):
    """What clients see. The row without a user is the organisation's; a broker's own row overrides it, except for
    the privacy disclosure: no broker's row can hold one."""

    __tablename__ = "portal_settings"
    __table_args__ = (
        UniqueConstraint("organisation_id", "user_id"),
        sa.CheckConstraint(
            "user_id IS NULL OR (privacy_mode = 'documents' AND privacy_url IS NULL)", name="privacy_is_the_firms"
        ),
    )

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    user_id: UUID | None = Field(default=None, foreign_key="users.id", sa_type=sa.Uuid)
    show_status_bar: bool = True
    profile_at_first_login: bool = True
    privacy_mode: PrivacyMode = Field(default=PrivacyMode.DOCUMENTS, sa_type=StrEnumType(PrivacyMode))
    privacy_url: str | None = Field(default=None, max_length=500)
    show_stage_videos: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    show_flow_videos: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    # By stage, and by flow and page or section: {"url": …, "text": …}. Read through domains/firm/videos.py.
    stage_videos: dict = Field(default_factory=dict, sa_type=Json(), sa_column_kwargs={"server_default": "{}"})
    flow_videos: dict = Field(default_factory=dict, sa_type=Json(), sa_column_kwargs={"server_default": "{}"})
    notifications: dict = Field(default_factory=dict, sa_type=Json())


class PartnerPortalSettings(Record, table=True):
    """What partners may do, one row an organisation."""

    __tablename__ = "partner_portal_settings"

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid, unique=True)
    default_workflow_id: UUID | None = Field(default=None, foreign_key="workflows.id", sa_type=sa.Uuid)
    can_add_deals: bool = True
    can_add_notes: bool = True
    can_add_files: bool = True
    # Which events partners may be told of, by key of the catalogue; what is missing is allowed (P-05, P-06).
    notifications: dict = Field(default_factory=dict, sa_type=Json())
    # The two actions (P-04): the invitation of a new partner, and word of a deal that is shared.
    tells_partner_added: bool = True
    tells_deal_shared: bool = True
    # How partners' deals open, "board" or "list" (P-09); and what else of a deal they read, by key (P-10).
    default_view: str = Field(default="board", max_length=10, sa_column_kwargs={"server_default": "board"})
    details: list = Field(default_factory=list, sa_type=Json(), sa_column_kwargs={"server_default": "[]"})
    # The firm's own words by key of the event: subject, email_text, sms_text, as far as they differ from ours.
    words: dict = Field(default_factory=dict, sa_type=Json(), sa_column_kwargs={"server_default": "{}"})
    # Since when partners are asked for a second step; None only offers it to them.
    asks_factor_since: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Flow(Record, table=True):
    """A named choice of fact find sections. Invitations copy it, so editing never changes a live portal.

    With a `user_id` it is that broker's own; without one it is the firm's, for everybody.
    """

    __tablename__ = "flows"

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid, index=True)
    user_id: UUID | None = Field(default=None, foreign_key="users.id", sa_type=sa.Uuid)
    name: str = Field(max_length=120)
    flow_type: str = Field(default="home_loan", max_length=40)
    section_ids: list = Field(default_factory=list, sa_type=Json())
    position: int = 0
    retired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ListColumns(Record, table=True):
    """Which columns of the list of deals a person sees, in which order and how wide.

    `scope` is "" for the list as such, or stands for the filters of a saved view. `columns` are pairs of a key and a
    width in pixels, 0 for as wide as what stands in it.
    """

    __tablename__ = "list_columns"
    __table_args__ = (UniqueConstraint("user_id", "organisation_id", "scope"),)

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    user_id: UUID = Field(foreign_key="users.id", sa_type=sa.Uuid)
    scope: str = Field(default="", max_length=40)
    columns: list = Field(default_factory=list, sa_type=Json())


class SavedView(Record, table=True):
    """A filtered board or list under a name: its maker's own, or everybody's in the firm once it is shared.

    `query` is what stands after /board? in its address.
    """

    __tablename__ = "saved_views"
    __table_args__ = (Index("ix_saved_views_firm", "organisation_id", "removed_at", "name"),)

    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    user_id: UUID = Field(foreign_key="users.id", sa_type=sa.Uuid)
    name: str = Field(max_length=80)
    query: str = Field(default="", sa_type=sa.Text)
    shared_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
