"""The pages of a company, trust or partnership: answered by its contact person, beside the pages of people."""

from salestrekker_portal.domains.questions.catalogue.entity import about, books

AUSTRALIAN = (about.AUSTRALIAN, books.FINANCIALS, books.ASSETS, books.LIABILITIES, books.COMPLIANCE)
NEW_ZEALAND = (
    about.NEW_ZEALAND,
    books.NZ_FINANCIALS,
    books.NZ_ASSETS,
    books.NZ_LIABILITIES,
    books.NZ_COMPLIANCE,
)
