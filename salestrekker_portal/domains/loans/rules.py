"""What was typed about a loan or a security, and what follows from it: repayments, loan to value. Pure."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.dates import read_day
from salestrekker_portal.kernel.errors import Invalid
from salestrekker_portal.kernel.money import money_words, read_money
from salestrekker_portal.kernel.numbers import read_percent
from salestrekker_portal.kernel.text import clean, shortened
from salestrekker_portal.tables.loans import DealLoan, DealSecurity, RateKind, RepaymentKind

LENDER_LIMIT = PRODUCT_LIMIT = 120
REFERENCE_LIMIT, ADDRESS_LIMIT, LINE_LIMIT = 80, 300, 300
MOST_YEARS = 50
E4 = 10_000
# Above this share of the value lenders ask for mortgage insurance.
USUAL_LVR = 80

Typed = Mapping[str, object]


def loan_form(loan: DealLoan) -> dict[str, str]:
    """What the form shows of a loan, by its fields."""
    return {
        "amount": _amount(loan.amount_cents),
        "lender": loan.lender,
        "product": loan.product,
        "rate_kind": loan.rate_kind.value,
        "rate": rate_words(loan.rate_e4),
        "fixed_until": _day(loan.fixed_until),
        "years": term_words(loan.term_months),
        "repayment_kind": loan.repayment_kind.value,
        "repayment": _amount(loan.repayment_cents),
        "reference": loan.reference,
    }


def security_form(security: DealSecurity) -> dict[str, str]:
    """What the form shows of a security, by its fields."""
    return {
        "address": security.address,
        "price": _amount(security.price_cents),
        "valuation": _amount(security.valuation_cents),
    }


def loan_values(typed: Typed) -> dict[str, Any]:
    """The columns of a loan from its form; what is left empty isn't known yet. Raises Invalid, keyed by field."""
    errors: dict[str, str] = {}
    values = {
        "amount_cents": _read(errors, typed, "amount", read_money),
        "lender": _text(errors, typed, "lender", LENDER_LIMIT),
        "product": _text(errors, typed, "product", PRODUCT_LIMIT),
        "rate_kind": _choice(errors, typed, "rate_kind", RateKind),
        "rate_e4": _rate(errors, typed),
        "fixed_until": _read(errors, typed, "fixed_until", lambda text: read_day(text, utc_now().date())),
        "term_months": _read(errors, typed, "years", _months),
        "repayment_kind": _choice(errors, typed, "repayment_kind", RepaymentKind),
        "repayment_cents": _read(errors, typed, "repayment", read_money),
        "reference": _text(errors, typed, "reference", REFERENCE_LIMIT),
    }
    if not errors and values["amount_cents"] is None and not values["lender"]:
        errors["amount"] = "Enter the amount or the lender. Everything else can wait."
    if errors:
        raise Invalid(errors)
    if values["rate_kind"] is not RateKind.FIXED:
        values["fixed_until"] = None
    return values


def security_values(typed: Typed) -> dict[str, Any]:
    """The columns of a security from its form. Raises Invalid, keyed by field."""
    errors: dict[str, str] = {}
    values = {
        "address": _text(errors, typed, "address", ADDRESS_LIMIT),
        "price_cents": _read(errors, typed, "price", read_money),
        "valuation_cents": _read(errors, typed, "valuation", read_money),
    }
    if not values["address"] and "address" not in errors:
        errors["address"] = "Enter an address, or say what the security is."
    if errors:
        raise Invalid(errors)
    return values


def monthly_cents(loan: DealLoan) -> int | None:
    """What is repaid a month: as the lender said, otherwise worked out. None while too little is known."""
    if loan.repayment_cents is not None:
        return loan.repayment_cents
    if not loan.amount_cents or loan.rate_e4 is None:
        return None
    rate = Decimal(loan.rate_e4) / E4 / 100 / 12
    if loan.repayment_kind is RepaymentKind.INTEREST_ONLY:
        return _rounded(loan.amount_cents * rate)
    if not loan.term_months:
        return None
    if not rate:
        return _rounded(Decimal(loan.amount_cents) / loan.term_months)
    return _rounded(loan.amount_cents * rate / (1 - (1 + rate) ** -loan.term_months))


def together_cents(loans: Iterable[DealLoan]) -> int | None:
    """What all loans add up to, or None while no amount is known."""
    known = [loan.amount_cents for loan in loans if loan.amount_cents is not None]
    return sum(known) if known else None


def repaid_cents(loans: Iterable[DealLoan]) -> int | None:
    """What is repaid a month on all loans, or None while one of them isn't known."""
    each = [monthly_cents(loan) for loan in loans]
    return sum(amount or 0 for amount in each) if each and None not in each else None


def worth_cents(security: DealSecurity) -> int | None:
    """What a lender takes a security to be worth."""
    return security.price_cents if security.valuation_cents is None else security.valuation_cents


def loan_to_value(loans: Iterable[DealLoan], securities: Iterable[DealSecurity]) -> Decimal | None:
    """Loans as a per cent of what secures them, with one decimal; None while an amount or a value isn't known: what
    leaves a loan out looks safer than it is. The deal's card has the same (`written_lvr` in domains/deals/rules.py)."""
    amounts, values = [each.amount_cents for each in loans], [worth_cents(each) for each in securities]
    if not amounts or None in amounts or None in values:
        return None
    owed, worth = sum(each or 0 for each in amounts), sum(each or 0 for each in values)
    if not worth:
        return None
    return (Decimal(owed) * 100 / worth).quantize(Decimal("0.1"), ROUND_HALF_UP)


def lender_line(loans: Iterable[DealLoan]) -> str:
    """The lenders of a deal, each once, for its card."""
    return shortened(", ".join(dict.fromkeys(loan.lender for loan in loans if loan.lender)), LINE_LIMIT)


def rate_words(rate_e4: int | None) -> str:
    """5.89 from 58,900; as many decimals as there are, at least two."""
    if rate_e4 is None:
        return ""
    whole, part = divmod(rate_e4, E4)
    return f"{whole}.{f'{part:04}'.rstrip('0').ljust(2, '0')}"


def term_words(months: int | None) -> str:
    """30, or 2.5: years as the form takes them."""
    return "" if months is None else f"{Decimal(months) / 12:.2f}".rstrip("0").rstrip(".")


def _rounded(cents: Decimal) -> int:
    return int(cents.quantize(Decimal(1), ROUND_HALF_UP))


def _amount(cents: int | None) -> str:
    return money_words(cents).lstrip("$")


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _read(errors: dict[str, str], typed: Typed, name: str, read: Callable[[str], tuple[Any, str | None]]) -> Any:
    """What `read` makes of a field; None when it is empty."""
    text = clean(typed.get(name))
    if not text:
        return None
    value, sentence = read(text)
    if sentence:
        errors[name] = sentence
    return value


def _text(errors: dict[str, str], typed: Typed, name: str, limit: int) -> str:
    text = clean(typed.get(name))
    if len(text) > limit:
        errors[name] = f"Use at most {limit} characters. This has {len(text):,}."
    return text


def _choice(errors: dict[str, str], typed: Typed, name: str, kind: Any) -> Any:
    raw = clean(typed.get(name)) or next(iter(kind)).value
    if raw not in set(kind):
        errors[name] = "Choose one of the options shown."
        return None
    return kind(raw)


def _rate(errors: dict[str, str], typed: Typed) -> int | None:
    per_cent = _read(errors, typed, "rate", lambda text: read_percent(text, 0, 30))
    return None if per_cent is None else round(per_cent * E4)


def _months(text: str) -> tuple[int | None, str | None]:
    """Months from years as people write them: 30, 2.5, "30 years"."""
    years, _ = read_percent(text.lower().removesuffix("years").removesuffix("year").strip(), 0, MOST_YEARS)
    months = round((years or 0) * 12)
    return (months, None) if months else (None, f"Enter years from 1 to {MOST_YEARS}, for example 30.")
