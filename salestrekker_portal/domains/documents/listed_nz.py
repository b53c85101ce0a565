"""The documents that New Zealand lenders ask for, by what somebody earns, buys, is or wants. A key is for ever."""

from salestrekker_portal.domains.documents.listing import WHOLE_ANYWHERE, Group, joint, own

GROUPS: tuple[Group, ...] = (
    ("identity", "Identity", (
        own("Passport", "Proves who you are. The page with your photo. It must not have ended.",
            "your birth certificate with a driver licence"),
        own("Driver licence, front", "A second way to prove who you are. All four corners showing.",
            "a Kiwi Access card"),
        own("Driver licence, back", "All four corners showing."),
        own("Proof of address", "A bill or bank letter from the last three months.",
            "a letter from Inland Revenue or a rates notice"),
    )),
    ("income-employed", "Income, employed (PAYE)", (
        own("Three most recent payslips", "A lender checks your regular pay and year-to-date total.",
            "three months of salary credits with a letter from your employer"),
        own("Employment agreement or letter", "Confirms your role, your pay and that you are permanent."),
        own("Summary of earnings", "From myIR: the last two years, if you get overtime, bonus or commission."),
    )),
    ("income-self-employed", "Income, self-employed", (
        joint("Business accounts, last two years", "Profit and loss, and balance sheet, from your accountant.",
              "management accounts for the newest months"),
        own("IR3 or summary of earnings, last two years", "From Inland Revenue: shows your income over time."),
        own("Income tax account", "From myIR: nothing overdue, or the plan that you pay."),
        joint("GST returns, last twelve months", "Shows how the business is doing now."),
    )),
    ("income-other", "Working for Families, ACC, WINZ and NZ Super", (
        own("Working for Families letter", "From Inland Revenue: how much, and until when.", "the notice in myIR"),
        own("ACC letter", "How much is paid, and for how long."),
        own("WINZ letter", "Each payment that you get, and from when.", "three months of it arriving"),
    )),
    ("parental-leave", "Parental leave", (
        own("Letter about your return to work", "Your employer confirms the day, the hours and the pay."),
        own("Paid parental leave letter", "From Inland Revenue: how much, and until when."),
    )),
    ("income-rental", "Rental income", (
        joint("Tenancy agreement", "Shows the rent and how long it is agreed for. All pages, signed.",
              "rent arriving for three months"),
        joint("Rent appraisal", "From a property manager, if the place is not let yet."),
    )),
    ("bank", "Bank accounts", (
        joint("Bank statements, last 90 days", "Every account that pay, savings or bills go through.",
              "a list of transactions with your name and account number on it"),
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
        own("Kāinga Ora determination", "Only if you owned a home before and ask for a second chance."),
        joint("Gift certificate", "If somebody is helping with the deposit: signed, witnessed, and says it is a gift.",
              "a family loan certificate, if it is to be paid back"),
        joint("LIM report", "From the council, for the property you are buying."),
        joint("Builder's report", "Where the lender or the agreement asks for it."),
        joint("Insurance certificate", "With the lender named. Needed before the money goes out."),
    )),
    ("maori-land", "Māori land", (
        joint("Record of title and ownership", "From the Māori Land Court.", "a trustees' or owners' letter"),
        joint("Licence to occupy", "From the trust, for the house site."),
    )),
    ("build", "Building", (
        joint("Building contract", "Signed, with the progress payments.", "a fixed quote, until you sign"),
        joint("Plans and specifications", "The plans that the contract is for."),
        joint("Building consent", "From the council."),
    )),
    ("bridging", "Selling one home and buying another", (
        joint("Sale and purchase agreement of the home that you sell", "Signed, all pages.",
              "the agency agreement, until it is sold"),
        joint("Appraisal of the home that you sell", "An agent's view of what it should bring."),
        joint("Loan statement of the home that you sell", "What is owed on it."),
    )),
    ("visa", "On a visa", (
        own("Visa", "The letter or the label, with its conditions and until when."),
        own("Overseas Investment Office consent", "If your visa needs it before you buy."),
    )),
    ("guarantor", "Guarantor", (
        own("Identity of the guarantor", "Passport or licence, both sides."),
        own("Proof of income of the guarantor", "As for a borrower."),
        joint("Rates notice and loan statement of the guarantor's property", "Shows the value and what is owed on it."),
        own("Legal advice certificate", "An independent lawyer confirms that they understand the guarantee."),
    )),
    ("personal", "Personal loan", (
        own("Quote or invoice", "For what the loan pays.", "a few words, if it is for several things"),
    )),
    ("asset", "Vehicle or equipment", (
        joint("Quote or tax invoice", "With the seller, the price, and the VIN or serial number."),
        joint("Registration papers", "For something used, or bought from a private seller.", "a PPSR search"),
        joint("Insurance certificate", "With the lender named. Needed before the money goes out."),
    )),
    ("business", "Business lending", (
        joint("Business bank statements, last six months", "Every account of the business."),
        joint("Aged debtors and creditors", "Who owes the business, and whom it owes."),
        joint("Lease of the premises", "All pages, signed."),
        own("Assets and liabilities of each director", "Your adviser has the form."),
    )),
    ("entity", "Company or trust", (
        joint("Companies Office extract", "Not older than three months."),
        joint("Trust deed", "All pages with every amendment, signed."),
        own("Identity of each trustee", "Passport or licence, both sides, and proof of address."),
    )),
)  # fmt: skip

WHOLE = WHOLE_ANYWHERE
