"""The demo's deals. Days are counted back from today, so that the board always looks lived in."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class DemoDeal:
    """`people` are "First Last" (or a company); `portal` is none, invited, active, revoked or replaced."""

    key: str
    firm: str
    name: str
    people: tuple[str, ...]
    value: int
    stage: str
    owner: str
    labels: tuple[str, ...] = ()
    portal: str = "none"
    answered_pct: int = 0
    days: int = 2
    documents: tuple[str, ...] = ()
    documents_in: int = 0
    partner: str = ""
    roles: tuple[str, ...] = ()
    workflow: str = "Home loans"
    sees_others: bool = True
    facts: dict = field(default_factory=dict)


PAYG = ("Two latest payslips", "Driver licence, both sides", "Savings statement, 3 months")
BUYING = (*PAYG, "Contract of sale", "Deposit receipt")
REFINANCE = (
    "Two latest payslips",
    "Driver licence, both sides",
    "Home loan statement, 6 months",
    "Council rates notice",
)


def _d(key, name, people, value, stage, owner, labels="", portal="none", pct=0, days=2, docs=(), done=0, **more):
    return DemoDeal(
        key=key,
        firm=more.pop("firm", "harbour"),
        name=name,
        people=tuple(people.split("; ")),
        value=value,
        stage=stage,
        owner=owner,
        labels=tuple(part for part in labels.split(", ") if part),
        portal=portal,
        answered_pct=pct,
        days=days,
        documents=tuple(docs),
        documents_in=done,
        **more,
    )


DEALS = (
    # New enquiry
    _d("menon", "Menon – first home, Wallsend", "Ajay Menon; Anjali Menon", 585_000, "New enquiry", "hemi", "First home", days=1),
    _d("dsouza", "D’Souza – refinance, Kotara", "Zoë D’Souza", 412_500, "New enquiry", "alice", "Refinance", "invited", 0, 2, REFINANCE),
    _d("kahukura", "Kahukura – build, Cooranbong", "Hana Kahukura", 698_000, "New enquiry", "hemi", "Construction", days=4),
    _d("wattle-rye", "Wattle & Rye Pty Ltd – fit-out", "Wattle & Rye Pty Ltd", 260_000, "New enquiry", "alice", "Commercial", "active", 30, days=5, facts={"loan": "commercial_loan", "contact": "Rosa Quill"}),
    _d("lim", "Lim – investment, Maitland", "Grace Lim", 470_000, "New enquiry", "alice", "Investment", days=3),
    _d("oconnor", "O’Connor – first home, Raymond Terrace", "Niamh O’Connor; Patrick O’Connor", 532_000, "New enquiry", "hemi", "First home", days=6),
    _d("venkatanarasimharajuvaripeta", "Venkatanarasimharajuvaripeta-Featherstonehaugh – purchase, Merewether Heights", "Lakshmi Venkatanarasimharajuvaripeta-Featherstonehaugh", 1_980_000, "New enquiry", "alice", "Purchase, Upgrade", days=9),
    _d("bianchi", "Bianchi – bridging, Bar Beach", "Marco Bianchi; Chiara Bianchi", 1_450_000, "New enquiry", "hemi", "Bridging", days=17),
    _d("yilmaz", "Yılmaz – refinance, Mayfield", "Ece Yılmaz", 388_000, "New enquiry", "alice", "Refinance", days=2),
    # Fact find
    _d("odea-rewi", "O’Dea & Rewi – first home, Lambton", "Siobhán O’Dea; Tāne Rewi", 720_000, "Fact find", "alice", "First home, Referred", "active", 58, 3, BUYING, 2, partner="dev"),
    _d("papas", "Papas – upgrade, New Lambton", "Eleni Papas; Theo Papas", 915_000, "Fact find", "hemi", "Upgrade", "active", 61, 3, BUYING, 2),
    _d("st-john", "St John – refinance, Lambton", "Kate St John; Oliver St John", 633_000, "Fact find", "hemi", "Refinance, Cash out", "invited", 15, 24, REFINANCE),
    _d("ngata", "Ngata – first home, Cardiff", "Mārama Ngata", 498_000, "Fact find", "alice", "First home", "active", 48, 2, PAYG, 1),
    _d("haddad", "Haddad – investment, Mayfield", "Noor Haddad", 540_000, "Fact find", "alice", "Investment", "active", 74, 6, BUYING, 3),
    _d("fraser", "Fraser – purchase, Swansea", "Isla Fraser", 610_000, "Fact find", "alice", "Purchase", "replaced", 12, 5, PAYG),
    _d("abbott", "Abbott – refinance, Charlestown", "June Abbott", 295_000, "Fact find", "hemi", "Refinance", "revoked", 33, 16, REFINANCE, 1),
    _d("nguyen", "Nguyễn – first home, Adamstown", "Thảo Nguyễn; Minh Nguyễn", 655_000, "Fact find", "alice", "First home", days=4, docs=PAYG),
    # Preparing
    _d("obrien-wikaira", "O’Brien & Wikaira – Merewether", "Sam O’Brien; Tāne Wikaira", 740_000, "Preparing", "alice", "Purchase, Referred", "active", 86, 4, (*BUYING, "Credit card statement"), 4, partner="dev", sees_others=False),
    _d("chau", "Chau – bridging, Adamstown", "Mei-Ling Chau", 1_120_000, "Preparing", "hemi", "Bridging", "active", 96, 7, BUYING, 4),
    _d("byrne", "Byrne – refinance, Charlestown", "Lachlan Byrne", 377_000, "Preparing", "alice", "Refinance", "active", 100, 2, REFINANCE, 4),
    _d("romano", "Romano – investment, Hamilton", "Lucia Romano", 588_000, "Preparing", "hemi", "Investment", days=8, docs=BUYING, done=2),
    # Lodged and after
    _d("okafor", "Okafor – purchase, Hamilton", "Grace Okafor", 655_000, "Lodged", "hemi", "Purchase", "active", 100, 8, BUYING, 5),
    _d("faalogo", "Fa’alogo – purchase, Waratah", "Sina Fa’alogo; Peni Fa’alogo", 522_000, "Lodged", "hemi", "First home", "active", 100, 5, BUYING, 5),
    _d("mackay", "Mackay – top-up, Belmont", "Fraser Mackay", 85_000, "Lodged", "alice", "Top-up", days=3, docs=PAYG, done=3),
    _d("tamihana", "Tamihana – purchase, Redhead", "Hemi Tamihana", 690_000, "Lodged", "alice", "Purchase, Referred", "active", 100, 6, BUYING, 5, partner="dev"),
    _d("oshea", "O’Shea – investment, Stockton", "Declan O’Shea", 480_000, "Conditional", "alice", "Investment", "active", 100, 5, BUYING, 5),
    _d("te-rangi", "Te Rangi & Walsh – Swansea", "Aroha Te Rangi; Ben Walsh", 712_000, "Conditional", "hemi", "Purchase", days=3, docs=BUYING, done=5),
    _d("kowalski", "Kowalski – refinance, Toronto", "Zofia Kowalski", 405_000, "Settlement", "alice", "Refinance", days=2, docs=REFINANCE, done=4),
    _d("harper", "Harper – first home, Edgeworth", "Jem Harper", 515_000, "Settlement", "hemi", "First home", days=4, docs=BUYING, done=5),
    _d("singh", "Singh – upgrade, Speers Point", "Harpreet Singh; Simran Singh", 890_000, "Settlement", "alice", "Upgrade", days=9, docs=BUYING, done=5, facts={"settled": 3}),
    _d("delacroix", "Delacroix – purchase, Cooks Hill", "Amélie Delacroix", 770_000, "Settlement", "hemi", "Purchase", days=12, docs=BUYING, done=5, facts={"settled": 8}),
    # Leads from partners
    _d("lead-kearney", "Kearney, referred by Dev Patel", "Rosie Kearney", 0, "New lead", "alice", "Referred", days=1, partner="dev", workflow="Leads"),
    _d("lead-akers", "Akers, referred by Dev Patel", "Joel Akers", 450_000, "Contacted", "alice", "Referred", days=4, partner="dev", workflow="Leads"),
    _d("lead-quinn", "Quinn, referred by Dev Patel", "Maeve Quinn; Aidan Quinn", 620_000, "Qualified", "hemi", "Referred", days=7, partner="dev", workflow="Leads"),
    # New Zealand
    _d("nz-hohepa", "Hohepa – first home, Papakura", "Wiremu Hōhepa; Ngaire Hōhepa", 640_000, "Fact find", "moana", "First home", "active", 42, 3, PAYG, 1, firm="kauri"),
    _d("nz-mcleod", "McLeod – refix, Mount Eden", "Catriona McLeod", 510_000, "New enquiry", "moana", "Refix", days=2, firm="kauri"),
    _d("nz-tuilagi", "Tuilagi – build, Flat Bush", "Fetu Tuilagi", 820_000, "Preparing", "moana", "Build", "invited", 20, 6, PAYG, 0, firm="kauri", partner="dev"),
    _d("nz-ormsby", "Ōrmsby – purchase, Hamilton East", "Rāwiri Ōrmsby", 575_000, "Lodged", "moana", "Purchase", days=5, docs=PAYG, done=3, firm="kauri"),
    _d("nz-cheng", "Cheng – investment, Albany", "Vivian Cheng", 690_000, "Conditional", "moana", "Investment", days=4, docs=PAYG, done=3, firm="kauri"),
    _d("nz-sutherland", "Sutherland – top-up, Devonport", "Fiona Sutherland", 120_000, "Settlement", "moana", "Top-up", days=6, docs=PAYG, done=3, firm="kauri"),
)  # fmt: skip

_STREETS = ("Kestrel", "Banksia", "Lighthouse", "Jetty", "Ironbark", "Pelican", "Grevillea", "Wattlebird")
_FAMILIES = (
    "Adeyemi", "Barlow", "Castellano", "Devereux", "Eastwood", "Faʻasavalu", "Galvin", "Hashimi", "Ibarra", "Jovanović",
    "Karras", "Lindqvist", "Mahuika", "Novak", "Ó Briain", "Petrov", "Quach", "Rossi", "Sørensen", "Takahashi",
)  # fmt: skip
_FIRST = ("Ana", "Ben", "Carla", "Dan", "Esther", "Finn", "Gita", "Hugo", "Ines", "Jack")
_STAGES = ("New enquiry", "Fact find", "Preparing", "Lodged", "Conditional")


def more_deals() -> tuple[DemoDeal, ...]:
    """Twenty plainer deals, so that columns are long enough to scroll."""
    return tuple(
        _d(
            f"more-{number}",
            f"{family} – {('purchase', 'refinance', 'investment')[number % 3]}, {_STREETS[number % 8]} Street",
            f"{_FIRST[number % 10]} {family}",
            300_000 + number * 17_500,
            _STAGES[number % 5],
            ("alice", "hemi", "moana")[number % 3],
            ("Purchase", "Refinance", "Investment")[number % 3],
            days=1 + number % 11,
            docs=PAYG if number % 2 else (),
            done=number % 3 if number % 2 else 0,
            firm="kauri" if number % 3 == 2 else "harbour",
        )
        for number, family in enumerate(_FAMILIES)
    )
