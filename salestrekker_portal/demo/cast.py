"""Who is in the demo. Every person and firm is invented; e-mail is example.com, phones are ACMA's fictional ones."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class DemoFirm:
    key: str
    name: str
    code: str
    country: str
    time_zone: str
    phone: str
    email: str
    licence: str


@dataclass(frozen=True, kw_only=True)
class Staff:
    key: str
    firm: str
    first: str
    last: str
    role: str
    mobile: str
    about: str

    @property
    def email(self) -> str:
        return f"{self.key}@{self.firm}.example.com"

    @property
    def password(self) -> str:
        """Shown on the front page of the demo; nobody real signs in with it."""
        return f"{self.key}-likes-long-passwords"


@dataclass(frozen=True, kw_only=True)
class Referrer:
    key: str
    first: str
    last: str
    firm: str
    phone: str
    about: str

    @property
    def email(self) -> str:
        return f"{self.key}@partners.example.com"

    @property
    def password(self) -> str:
        return f"{self.key}-likes-long-passwords"


HARBOUR = DemoFirm(
    key="harbour",
    name="Harbour Finance",
    code="HF",
    country="AU",
    time_zone="Australia/Sydney",
    phone="+61255501234",
    email="hello@harbour.example.com",
    licence="Credit representative 000001 (invented)",
)
KAURI = DemoFirm(
    key="kauri",
    name="Kauri Home Loans",
    code="KH",
    country="NZ",
    time_zone="Pacific/Auckland",
    phone="+61255507788",
    email="kia-ora@kauri.example.com",
    licence="FSP000002 (invented)",
)
FIRMS = (HARBOUR, KAURI)

STAFF = (
    Staff(
        key="alice",
        firm="harbour",
        first="Alice",
        last="O’Rourke",
        role="admin",
        mobile="+61491570006",
        about="Broker and admin. Runs the O’Dea and Rewi deal",
    ),
    Staff(
        key="ravi",
        firm="harbour",
        first="Ravi",
        last="Menon",
        role="assistant",
        mobile="+61491570156",
        about="Loan support. Checks documents, can’t invite clients",
    ),
    Staff(
        key="hemi",
        firm="harbour",
        first="Hēmi",
        last="Parata",
        role="broker",
        mobile="+61491570157",
        about="Broker",
    ),
    Staff(
        key="moana",
        firm="kauri",
        first="Moana",
        last="Okeroa",
        role="admin",
        mobile="+61491570158",
        about="Broker in New Zealand, at another firm: sees none of Alice’s deals",
    ),
    Staff(
        key="sione",
        firm="kauri",
        first="Sione",
        last="Taufa",
        role="assistant",
        mobile="+61491570110",
        about="Loan support",
    ),
)

REFERRERS = (
    Referrer(
        key="dev",
        first="Dev",
        last="Patel",
        firm="Coral Street Realty",
        phone="+61491570313",
        about="Coral Street Realty. Works with both firms",
    ),
    Referrer(
        key="lena",
        first="Lena",
        last="Fischer",
        firm="Fischer Accounting",
        phone="+61491570737",
        about="Accountant. First visit, nothing shared yet",
    ),
)


@dataclass(frozen=True, kw_only=True)
class Door:
    """A client who can be entered from the front page: `person` is their name in the pipeline's deal."""

    key: str
    deal: str
    first: str
    last: str
    about: str

    @property
    def person(self) -> str:
        return f"{self.first} {self.last}"


CLIENT_DOORS = (
    Door(
        key="siobhan",
        deal="odea-rewi",
        first="Siobhán",
        last="O’Dea",
        about="Halfway through her profile. Has an upload that needs another look",
    ),
    Door(
        key="tane",
        deal="odea-rewi",
        first="Tāne",
        last="Rewi",
        about="Applying with Siobhán. Edit together and see each other",
    ),
    Door(
        key="hemi-tamihana",
        deal="tamihana",
        first="Hemi",
        last="Tamihana",
        about="With the lender. His answers are locked",
    ),
    Door(
        key="rosa",
        deal="wattle-rye",
        first="Rosa",
        last="Quill",
        about="Answers for Wattle & Rye Pty Ltd, which applies for a commercial loan",
    ),
    Door(
        key="ngaire",
        deal="nz-hohepa",
        first="Ngaire",
        last="Hōhepa",
        about="A first home in New Zealand, with the questions that are asked there",
    ),
)

# ACMA's numbers for fiction, in New Zealand too, which has none of its own; each person has their own, because the
# portal signs in by it.
FICTIONAL_MOBILES = (
    "+61491570110",  # also Sione’s, at the other firm: there are no more
    "+61491571266", "+61491571491", "+61491571804", "+61491572549", "+61491572665", "+61491572983", "+61491573770",
    "+61491573087", "+61491574118", "+61491574632", "+61491575254", "+61491575789", "+61491576398", "+61491576801",
    "+61491577426", "+61491577644", "+61491578957", "+61491578148", "+61491578888", "+61491579212", "+61491579760",
    "+61491579455",
)  # fmt: skip
