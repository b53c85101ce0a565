"""The lists of documents that ship with the product, per country (factfind 2.15), so that nobody starts empty (L22).

An item is one request: what it is, why it is asked for in words for the client, and whether each applicant sends
their own or one is enough for everybody. Organisations add lists of their own as rows.
"""

from dataclasses import dataclass

from salestrekker_portal.tables.organisations import Country


@dataclass(frozen=True, kw_only=True)
class ListedDocument:
    """One document. `each`: every applicant sends their own."""

    name: str
    why: str
    each: bool = True


@dataclass(frozen=True, kw_only=True)
class StandardList:
    """A list to choose from. The key is for ever."""

    key: str
    name: str
    items: tuple[ListedDocument, ...]


def own(name: str, why: str) -> ListedDocument:
    return ListedDocument(name=name, why=why)


def joint(name: str, why: str) -> ListedDocument:
    return ListedDocument(name=name, why=why, each=False)


_AU = (
    ("identity", "Identity", (
        own("Driver licence, both sides", "Proves who you are. Both sides, all four corners showing."),
        own("Passport", "Proves who you are. The page with your photo."),
        own("Medicare card", "A second way to prove who you are."),
    )),
    ("income-employed", "Income, employed (PAYG)", (
        own("Two most recent payslips", "A lender checks your regular pay and year-to-date total."),
        own("Income statement or PAYG summary", "Shows last financial year's income. Download it from myGov."),
        own("Employment letter", "Confirms your role, your pay and that you have passed probation."),
        own("Three months of salary credits", "Bank statements that show your pay arriving."),
    )),
    ("income-self-employed", "Income, self-employed", (
        own("Tax returns, last two years", "Shows your income from the business over time."),
        own("Notices of assessment, last two years", "The tax office's confirmation of your tax returns."),
        joint("Business financial statements, last two years", "Profit and loss, and balance sheet."),
        joint("Business activity statements, last four", "Shows how the business is doing now."),
    )),
    ("income-rental", "Rental income", (
        joint("Lease agreement", "Shows the rent and how long it is agreed for. All pages, signed."),
        joint("Rental statement", "From your property manager, the latest one."),
    )),
    ("bank", "Bank accounts", (
        joint("Savings account statements, last three months", "Shows the deposit building up."),
        joint("Everyday account statements, last three months", "Every account that pay or bills go through."),
    )),
    ("debts", "Debts", (
        joint("Credit card statements", "The latest statement of each card, with its limit."),
        joint("Loan statements, last six months", "Home, car and personal loans: balance and repayments."),
        own("HECS or HELP balance", "From myGov. Leave it out if you never had one."),
        joint("Council rates notice", "For each property that you own. The latest one."),
    )),
    ("purchase", "Buying a home", (
        joint("Contract of sale", "Signed, all pages. A draft is fine until you exchange."),
        joint("Deposit receipt", "From the agent or the solicitor."),
        joint("Gift letter", "If somebody is helping with the deposit: signed, and says it need not be paid back."),
        joint("First Home Owner Grant form", "Only if you are claiming the grant."),
    )),
    ("build", "Building", (
        joint("Fixed-price building contract", "Signed, with the progress payments."),
        joint("Plans and specifications", "The plans that the contract is for."),
        joint("Council approval", "The approved plans, or the certificate."),
    )),
    ("entity", "Company or trust", (
        joint("Trust deed", "All pages with every amendment, signed and stamped."),
        joint("Company constitution", "All pages."),
        joint("ASIC company extract", "Not older than three months."),
    )),
)  # fmt: skip

_NZ = (
    ("identity", "Identity", (
        own("Passport", "Proves who you are. The page with your photo."),
        own("Driver licence, both sides", "A second way to prove who you are. All four corners showing."),
        own("Proof of address", "A bill or bank letter from the last three months."),
    )),
    ("income-employed", "Income, employed (PAYE)", (
        own("Three most recent payslips", "A lender checks your regular pay and year-to-date total."),
        own("Employment agreement or letter", "Confirms your role, your pay and that you are permanent."),
    )),
    ("income-self-employed", "Income, self-employed", (
        joint("Business accounts, last two years", "Profit and loss, and balance sheet, from your accountant."),
        own("IR3 or summary of earnings, last two years", "From Inland Revenue: shows your income over time."),
    )),
    ("income-rental", "Rental income", (
        joint("Tenancy agreement", "Shows the rent and how long it is agreed for. All pages, signed."),
        joint("Rent appraisal", "From a property manager, if the place is not let yet."),
    )),
    ("bank", "Bank accounts", (
        joint("Bank statements, last 90 days", "Every account that pay, savings or bills go through."),
    )),
    ("debts", "Debts", (
        joint("Credit card statements", "The latest statement of each card, with its limit."),
        joint("Loan statements, last six months", "Home, car and personal loans: balance and repayments."),
        own("Student loan balance", "From Inland Revenue. Leave it out if you never had one."),
        joint("Rates notice", "For each property that you own. The latest one."),
    )),
    ("purchase", "Buying a home", (
        joint("Sale and purchase agreement", "Signed, all pages. A draft is fine until you sign."),
        own("KiwiSaver withdrawal confirmation", "From your provider: how much you can take out."),
        joint("Gift certificate", "If somebody is helping with the deposit: signed, and says it is a gift."),
        joint("LIM report", "From the council, for the property you are buying."),
    )),
    ("build", "Building", (
        joint("Building contract", "Signed, with the progress payments."),
        joint("Plans and specifications", "The plans that the contract is for."),
        joint("Building consent", "From the council."),
    )),
    ("entity", "Company or trust", (
        joint("Companies Office extract", "Not older than three months."),
        joint("Trust deed", "All pages with every amendment, signed."),
    )),
)  # fmt: skip


def _lists(country: Country, rows: tuple) -> tuple[StandardList, ...]:
    groups = {key: StandardList(key=f"{country}:{key}", name=name, items=items) for key, name, items in rows}
    parts = {
        "start-employed": ("Home loan, employed", ("identity", "income-employed", "bank", "debts", "purchase")),
        "start-self-employed": (
            "Home loan, self-employed",
            ("identity", "income-self-employed", "bank", "debts", "purchase"),
        ),
        "start-refinance": ("Refinance", ("identity", "income-employed", "bank", "debts")),
    }
    whole = [
        StandardList(key=f"{country}:{key}", name=name, items=sum((groups[part].items for part in made_of), ()))
        for key, (name, made_of) in parts.items()
    ]
    return (*whole, *groups.values())


STANDARD_LISTS: dict[Country, tuple[StandardList, ...]] = {
    Country.AU: _lists(Country.AU, _AU),
    Country.NZ: _lists(Country.NZ, _NZ),
}
