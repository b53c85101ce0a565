"""What Australian lenders ask for, by what somebody earns, buys, is or wants: names, reasons, substitutes.

A key is for ever. What carries a tax file number says so: it has to be blacked out before a file is kept or passed on.
"""

from salestrekker_portal.domains.documents.listing import WHOLE_ANYWHERE, Group, Whole, joint, own

_TFN = "Black out your tax file number first: nobody needs it for a loan."

GROUPS: tuple[Group, ...] = (
    ("identity", "Identity", (
        own("Driver licence, front", "Proves who you are. All four corners showing.", "your passport"),
        own("Driver licence, back", "The card number, and your address if you moved."),
        own("Passport", "Proves who you are. The page with your photo.",
            "a birth or citizenship certificate with your Medicare card"),
    )),
    ("identity-more", "Identity, second papers", (
        own("Medicare card", "A second way to prove who you are.", "a bank card or a concession card"),
        own("Proof of address", "A bill, rates notice or bank letter from the last three months."),
        own("Marriage or name change certificate", "If your papers are in different names."),
    )),
    ("income-employed", "Income, employed (PAYG)", (
        own("Two most recent payslips", "A lender checks your regular pay and year-to-date total.",
            "a letter from your employer with three months of salary credits"),
        own("Income statement or PAYG summary", f"Shows last financial year's income. Download it from myGov. {_TFN}",
            "your last notice of assessment"),
        own("Employment letter", "Confirms your role, your pay and that you have passed probation.",
            "your signed contract"),
        own("Three months of salary credits", "Bank statements that show your pay arriving."),
    )),
    ("income-casual", "Income, casual, contract or overtime", (
        own("Payslips with year-to-date totals", "Shows what you earn over a year when hours change.",
            "last year's income statement"),
        own("Contract", "Shows the rate and when it ends.", "a letter from your agency"),
    )),
    ("parental-leave", "Parental leave", (
        own("Letter about your return to work", "Your employer confirms the day, the hours and the pay.",
            "a signed leave form with your contract"),
        own("Services Australia letter", "Shows parental leave pay and until when."),
    )),
    ("income-self-employed", "Income, self-employed", (
        own("Tax returns, last two years", f"Shows your income from the business over time. {_TFN}",
            "an accountant's letter where the lender takes one"),
        own("Notices of assessment, last two years", f"The tax office's confirmation of your tax returns. {_TFN}"),
        joint("Business tax returns, last two years", f"Of the company, trust or partnership. {_TFN}"),
        joint("Business financial statements, last two years", "Profit and loss, and balance sheet.",
              "your accountant's draft for the newest year"),
        joint("Business activity statements, last four", "Shows how the business is doing now.",
              "six months of business bank statements"),
    )),
    ("income-rental", "Rental income", (
        joint("Lease agreement", "Shows the rent and how long it is agreed for. All pages, signed.",
              "a rental appraisal by an agent"),
        joint("Rental statement", "From your property manager, the latest one.", "three months of rent arriving"),
    )),
    ("income-government", "Government payments and pensions", (
        own("Centrelink income statement", "Shows each payment. Download it from myGov, not older than a month."),
        own("Superannuation pension statement", "Shows what it pays and what is left."),
    )),
    ("income-foreign", "Income from overseas", (
        own("Payslips and contract from overseas", "With an English translation, if they are in another language."),
        own("Bank statements that show it arriving", "Three months, in the currency that you are paid in."),
        own("Tax return of that country", "The latest one.", "a letter from your employer"),
    )),
    ("bank", "Bank accounts", (
        joint("Savings account statements, last three months", "Shows the deposit building up.",
              "a list of transactions with your name and account number on it"),
        joint("Everyday account statements, last three months", "Every account that pay or bills go through."),
    )),
    ("debts", "Debts", (
        joint("Credit card statements", "The latest statement of each card, with its limit."),
        joint("Loan statements, last six months", "Home, car and personal loans: balance and repayments."),
        own("HECS or HELP balance", f"From myGov. Leave it out if you never had one. {_TFN}"),
        joint("Council rates notice", "For each property that you own. The latest one.", "a water or strata notice"),
    )),
    ("purchase", "Buying a home", (
        joint("Contract of sale", "Signed, all pages. A draft is fine until you exchange."),
        joint("Deposit receipt", "From the agent or the solicitor.", "a bank statement that shows it leaving"),
        joint("Gift letter", "If somebody is helping with the deposit: signed, and says it need not be paid back.",
              "a statutory declaration by the giver"),
        joint("Proof of the money to complete", "Statements of savings, shares or a sale that cover the rest."),
        joint("First Home Owner Grant form", "Only if you are claiming the grant."),
    )),
    ("schemes", "First-home schemes", (
        own("Home buyer declaration", "For the 5 % Deposit Scheme or Help to Buy: your broker gives you the form."),
        own("Notice of assessment, last year", f"The schemes check your income by it. {_TFN}"),
        own("Super saver determination", "From the tax office: how much you can take out of super."),
        own("Medicare card of your children", "For single parents: shows who lives with you.", "a birth certificate"),
    )),
    ("build", "Building", (
        joint("Fixed-price building contract", "Signed, with the progress payments.", "a tender, until you sign"),
        joint("Plans and specifications", "The plans that the contract is for."),
        joint("Council approval", "The approved plans, or the certificate."),
        joint("Builder's insurance", "The certificate for this job, and the builder's licence."),
    )),
    ("bridging", "Selling one home and buying another", (
        joint("Contract of sale of the home that you sell", "Signed, all pages.",
              "the agent's agreement, until it is sold"),
        joint("Agent's appraisal", "What the home that you sell should bring."),
        joint("Loan statement of the home that you sell", "What is owed on it, and a payout figure near settlement."),
    )),
    ("reverse-mortgage", "Reverse mortgage", (
        joint("Projection of what is left of your home",
              "The result of the reverse mortgage calculator, signed by each of you."),
        joint("Rates notice and home insurance", "The latest of both: the lender wants them paid."),
        own("Pension statement", "From Services Australia or your fund: what you live on."),
        own("Legal advice certificate", "An independent solicitor confirms that they explained the contract."),
        joint("Consent of others who live there",
              "Of everybody over 18 who is not on the loan. Your broker has the form."),
    )),
    ("refinance-self-employed", "Refinance, self-employed: the loans", (
        joint("Loan statements, last twelve months", "Shows that repayments were on time.", "an online list"),
        joint("Payout figure", "From your present lender, when your broker asks for it."),
        own("Tax account statement", f"From the tax office: nothing overdue, or the plan that you pay. {_TFN}"),
    )),
    ("guarantor", "Guarantor", (
        own("Identity of the guarantor", "Passport or licence, both sides."),
        own("Proof of income of the guarantor", "Payslips, or returns, as for a borrower.",
            "a pension statement, where only a property is offered"),
        joint("Rates notice and loan statement of the guarantor's property", "Shows the value and what is owed on it."),
        own("Legal advice certificate", "An independent solicitor confirms that they understand the guarantee."),
    )),
    ("visa", "On a visa", (
        own("Visa grant letter", "Shows the kind of visa and until when.", "a VEVO check that you print yourself"),
        own("Foreign passport", "The page with your photo."),
        own("Foreign Investment Review Board approval", "If your visa needs it before you buy."),
    )),
    ("personal", "Personal loan", (
        own("Quote or invoice", "For what the loan pays.", "a few words, if it is for several things"),
    )),
    ("asset", "Vehicle or equipment", (
        joint("Quote or tax invoice", "With the seller, the price, and the VIN or serial number."),
        joint("Registration papers", "For something used, or bought from a private seller.", "a PPSR certificate"),
        joint("Insurance certificate", "Comprehensive, with the lender named. Needed before the money goes out."),
        joint("Photos of the goods", "All sides, the compliance plate and the odometer."),
    )),
    ("business", "Business lending", (
        joint("Business bank statements, last six months", "Every account of the business."),
        joint("Aged debtors and creditors", "Who owes the business, and whom it owes."),
        joint("Lease of the premises", "All pages, signed."),
        joint("Tax account statement of the business", f"Nothing overdue, or the plan that it pays. {_TFN}"),
        own("Personal tax returns of directors", f"The last two years, with notices of assessment. {_TFN}"),
        own("Assets and liabilities of each director", "Your broker has the form."),
    )),
    ("entity", "Company or trust", (
        joint("Trust deed", "All pages with every amendment, signed and stamped."),
        joint("Company constitution", "All pages."),
        joint("ASIC company extract", "Not older than three months."),
        own("Director ID", "The number, from ABRS online."),
    )),
    ("smsf", "Self-managed super fund", (
        joint("Fund trust deed", "All pages with amendments: it must allow borrowing."),
        joint("Bare trust deed", "For the custodian that holds the property.", "a draft, until it is stamped"),
        joint("Constitution of the corporate trustee", "And of the custodian, if it is a company."),
        joint("Fund financial statements and returns, last two years", f"With the audit report. {_TFN}"),
        joint("Investment strategy", "Signed, and allows this purchase."),
        own("Member statements", "Contributions of each member, last two years."),
        own("Financial advice certificate", "An independent adviser confirms that they explained the risks."),
    )),
)  # fmt: skip

WHOLE: Whole = WHOLE_ANYWHERE | {
    "start-refinance-self-employed": (
        "Refinance, self-employed",
        ("identity", "income-self-employed", "bank", "debts", "refinance-self-employed"),
    ),
    "start-first-home": (
        "First home with a scheme",
        ("identity", "income-employed", "bank", "debts", "purchase", "schemes"),
    ),
    "start-asset-business": (
        "Vehicle or equipment, for a business",
        ("identity", "asset", "business", "entity"),
    ),
    "start-smsf": ("Loan to a self-managed super fund", ("identity", "smsf", "entity", "purchase")),
}
