"""What everybody in the demo says, by question."""

from salestrekker_portal.domains.questions.vocabulary import DateLimit, Kind

# By field key, or by how it ends: an address has the same parts wherever it stands.
BY_KEY = {
    "street_number": "14",
    "street_name": "Kestrel",
    "suburb": "Lambton",
    "postcode": "2299",
    "employer_name": "Hunter Ridge Nursing",
    "occupation": "Registered nurse",
    "gross_salary": "92,500",
    "bank_name": "Wattle Mutual",
    "balance": "18,400",
    "limit": "6,000",
    "value": "24,000",
    "fund": "Coastal Super",
    "donor": "My parents",
    "lender": "Wattle Mutual",
    "licence_number": "12345678",
    "licence_card_number": "2987654321",
    "passport_number": "PA1234567",
    "licence_version": "045",
    "visa_subclass": "482",
    "role": "Director",
    "industry": "Café and bakery",
    "build_year": "2023",
    "spouse_name": "Alex",
    "reason": "We would like to stop renting and buy our first home.",
    "immediate_needs": "A three-bedroom house near the school, with repayments that leave room for savings.",
    "amount_sought": "620,000",
    "groceries": "820",
    "sales": "684,000",
    "net_profit": "96,400",
    "rent": "540",
    "retirement_age": "67",
    "provider": "Lantern Insurance",
    "name": "Toyota Corolla",
}
# Where the same word asks for something else: by section and field.
BY_PLACE = {
    "advisers.people.name": "Renée Fairweather",
    "assets.investments.name": "Shares of listed companies",
    "assets.other.value": "15,000",
    "liabilities.cards.balance": "1,200",
    "product_requirements.term.years": "30",
    "income.salary.gross_salary_frequency": "yearly",
    "expenses.general.medical": "90",
    "expenses.general.recreation": "260",
    "expenses.general.telephone": "85",
    "expenses.general.transport": "240",
    "expenses.insurance.health_insurance": "140",
    "expenses.commitments.maintenance": "0",
    "expenses.property.primary_residence": "0",
    "expenses.children.childcare": "0",
    "expenses.children.private_education": "0",
    "expenses.children.public_education": "0",
}
# What people who rent, and buy to live there, have none of; and what they have, although it could be nothing.
NONE = {"liabilities.home_loans", "liabilities.loans", "liabilities.other", "income.other", "income.government"}
SOME = {"income.salary"}
# They borrow four fifths of the price.
SHARE = 0.8
# Where New Zealand's answers differ; choices too.
IN_NEW_ZEALAND = {
    "suburb": "Petone",
    "postcode": "5012",
    "nz_region": "wellington",
    "bank_name": "Kererū Bank",
    "lender": "Kererū Bank",
    "licence_number": "AB123456",
    "passport_number": "LM123456",
    "employer_name": "Hutt Valley Nursing",
}
# What is so of everybody in the demo: employees who buy a home to live in, and told so in full.
THEY = dict.fromkeys(
    ("has_dependants", "owns_home", "has_debts", "pays_out_unsaid", "amount_unsaid", "asks_first_home_here",
     "occupancy_unsaid", "buys", "buys_to_live_in",
     "repays", "pays_rent", "works_for_wages", "still_works", "asks_rent", "asks_housing"),
    True,
)  # fmt: skip
# Where the first choice would leave something out.
CHOSEN = {"documents": "driver_licence,passport", "passport_expires_on": "15/06/2029"}
DAYS = {DateLimit.PAST: "03/08/2021", DateLimit.FUTURE: "15/06/2029", DateLimit.ADULT: "23/07/1991"}
PLAIN = {
    Kind.TEXT: "As discussed",
    Kind.LONG_TEXT: "As we talked about on the phone.",
    Kind.MONTH: "08/2021",
    Kind.MONEY: "1,250",
    Kind.PERCENT: "5",
    Kind.INTEGER: "2",
    Kind.YES_NO: "no",
    Kind.TICK: "yes",
    Kind.ADDRESS: "14 Kestrel Street, Lambton NSW 2299",
    Kind.PHONE: "+61 491 570 313",
    Kind.MOBILE: "+61 491 570 313",
    Kind.EMAIL: "someone@example.com",
    Kind.ABN: "51 824 753 556",
    Kind.ACN: "004 085 616",
    Kind.BSB: "062-000",
    Kind.NZBN: "9429 0000 0000 0",
    Kind.IRD: "49-091-850",
    Kind.NZ_ACCOUNT: "01-0902-0068389-00",
}
