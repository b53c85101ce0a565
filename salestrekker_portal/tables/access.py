"""Sessions, one-time links and throttles."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from salestrekker_portal.database.columns import Json, StrEnumType, UtcDateTime
from salestrekker_portal.database.model import Record


class Portal(StrEnum):
    """Which of the three portals somebody is in."""

    BROKER = "broker"
    CLIENT = "client"
    PARTNER = "partner"


class LinkPurpose(StrEnum):
    USER_PASSWORD = "user_password"  # noqa: S105
    PARTNER_PASSWORD = "partner_password"  # noqa: S105


class PortalSession(Record, table=True):
    """Somebody signed in on one browser. Exactly one of user, access and partner is set.

    A member of staff who looks at a client's pages has a session of their own in the client portal, with `preview`:
    whose pages, and the options that an invitation would have. It changes nothing.
    """

    __tablename__ = "portal_sessions"
    __table_args__ = (
        Index("ix_portal_sessions_access", "access_id"),
        Index("ix_portal_sessions_user", "user_id"),
        Index("ix_portal_sessions_partner", "partner_id"),
    )

    portal: Portal = Field(sa_type=StrEnumType(Portal))
    token_hash: str = Field(max_length=64, unique=True)
    user_id: UUID | None = Field(default=None, foreign_key="users.id", sa_type=sa.Uuid)
    access_id: UUID | None = Field(default=None, foreign_key="portal_accesses.id", sa_type=sa.Uuid)
    partner_id: UUID | None = Field(default=None, foreign_key="partners.id", sa_type=sa.Uuid)
    organisation_id: UUID = Field(foreign_key="organisations.id", sa_type=sa.Uuid)
    preview: dict | None = Field(default=None, sa_type=Json())
    from_address: str = Field(default="", max_length=64)
    browser: str = Field(default="", max_length=200)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    # When they showed once more that it is them; None since they signed in (domains/access/proof.py).
    proved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # When somebody was last at it; None has no idle limit (domains/signing_in/idle.py).
    seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class KnownDevice(Record, table=True):
    """A browser on which somebody has proved who they are: strangers' tries elsewhere slow nobody down there.

    `person_id` is a user, a partner or a client's access; `token_hash` is of the secret in the browser's cookie.
    """

    __tablename__ = "known_devices"
    __table_args__ = (UniqueConstraint("person_id", "token_hash"),)

    portal: Portal = Field(sa_type=StrEnumType(Portal))
    person_id: UUID = Field(sa_type=sa.Uuid)
    token_hash: str = Field(max_length=64)
    browser: str = Field(default="", max_length=200)
    from_address: str = Field(default="", max_length=64)
    used_at: datetime = Field(sa_type=UtcDateTime)


class SecondFactor(Record, table=True):
    """Somebody's authenticator app. `sealed` is its secret; before `confirmed_at` nobody is asked for its digits."""

    __tablename__ = "second_factors"

    person_id: UUID = Field(sa_type=sa.Uuid, unique=True)
    portal: Portal = Field(sa_type=StrEnumType(Portal))
    sealed: str = Field(sa_type=sa.Text)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # The half minute whose digits were taken last: none is taken twice.
    last_step: int = 0


class RecoveryCode(Record, table=True):
    """One of ten codes for whoever has lost their phone, kept as a keyed hash, good once."""

    __tablename__ = "recovery_codes"

    person_id: UUID = Field(sa_type=sa.Uuid, index=True)
    code_hash: str = Field(max_length=64)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Passkey(Record, table=True):
    """A key that somebody's phone, computer or security key keeps for us; here is only what checks it.

    `person_id` is a user, a partner or a client's access, which is what a client's passkey ends with. `credential`
    (the key's own name) and `public_key` are base64url; `transports` are ways to reach it, in the browser's words.
    """

    __tablename__ = "passkeys"

    portal: Portal = Field(sa_type=StrEnumType(Portal))
    person_id: UUID = Field(sa_type=sa.Uuid, index=True)
    credential: str = Field(sa_type=sa.Text)
    # Of `credential`, which may be longer than an index takes.
    credential_hash: str = Field(max_length=64, unique=True)
    public_key: str = Field(sa_type=sa.Text)
    # How often the key says that it was used; 0 for ever with those that don't count.
    sign_count: int = Field(default=0, sa_type=sa.BigInteger)
    transports: list = Field(default_factory=list, sa_type=Json())
    name: str = Field(default="", max_length=60)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PasskeyChallenge(SQLModel, table=True):
    """What a passkey was asked to sign: for one purpose, person and session (`bound_to`), once, for minutes."""

    __tablename__ = "passkey_challenges"

    challenge_hash: str = Field(max_length=64, primary_key=True)
    bound_to: str = Field(max_length=200)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)


class OneTimeLink(Record, table=True):
    """A link that sets a password, once."""

    __tablename__ = "one_time_links"

    purpose: LinkPurpose = Field(sa_type=StrEnumType(LinkPurpose))
    subject_id: UUID = Field(sa_type=sa.Uuid, index=True)
    token_hash: str = Field(max_length=64, unique=True)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Throttle(SQLModel, table=True):
    """How often something was tried in the running window. Kept in the database: restarts forgive nobody."""

    __tablename__ = "throttles"

    key: str = Field(max_length=200, primary_key=True)
    count: int = 0
    # For tries that wait longer each time (`throttles.slow_down`): when the latest was.
    window_ends_at: datetime = Field(sa_type=UtcDateTime)


class Intention(SQLModel, table=True):
    """A press that was carried out: written in the transaction of what it did, and never twice.

    `answer` is what the person was told, in words that a later press can be told again; empty until that was sent.
    """

    __tablename__ = "intentions"
    __table_args__ = (Index("ix_intentions_created_at", "created_at"),)

    key: str = Field(max_length=64, primary_key=True)
    created_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    answer: dict | None = Field(default=None, sa_type=Json())
