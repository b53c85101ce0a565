"""What one applicant in New Zealand earns."""

from dataclasses import replace

from salestrekker_portal.domains.questions.catalogue import income as au
from salestrekker_portal.domains.questions.catalogue.build import item_type, of_type, options, varied

SALARY = varied(
    au.SALARY,
    lead="One for each job, before PAYE. Your payslip has most of this.",
    drop=("packaged", "packaged_frequency"),
    swap={
        "gross_salary": replace(
            au.SALARY.field("gross_salary"),
            help="Without overtime, bonus, allowances and what your employer puts into KiwiSaver.",
        ),
        "paid_in": replace(au.SALARY.field("paid_in"), options=au.NZ_CURRENCIES),
    },
)

_YEAR_END = {
    f"year_end_{n}": replace(au.SELF_EMPLOYED.field(f"year_end_{n}"), help="Usually 31 March.") for n in (1, 2)
}

SELF_EMPLOYED = varied(
    au.SELF_EMPLOYED,
    lead="The last 2 years. Your IR3 or your accounts have these.",
    swap=_YEAR_END
    | {
        f"wages_{n}": replace(
            au.SELF_EMPLOYED.field(f"wages_{n}"),
            label="Shareholder salary",
            help="From a company or trust. Leave out drawings: they are part of the profit.",
        )
        for n in (1, 2)
    },
)

BENEFITS = options(
    ("working_for_families", "Working for Families"),
    ("nz_super", "NZ Super"),
    ("acc", "ACC"),
    ("jobseeker", "Jobseeker Support"),
    ("sole_parent", "Sole Parent Support"),
    ("supported_living", "Supported Living Payment"),
    ("accommodation", "Accommodation Supplement"),
    ("paid_parental_leave", "Paid parental leave"),
    ("student_allowance", "Student allowance"),
    ("veterans", "Veteran’s pension"),
    ("other", "Another payment"),
)

GOVERNMENT = varied(au.GOVERNMENT, item_types=BENEFITS, swap={"type": item_type("Which payment is it?", BENEFITS)})

OTHER_KINDS = options(
    ("dividends", "Dividends"),
    ("interest", "Interest"),
    ("managed_funds", "Managed funds"),
    ("trust_distribution", "Distribution from a trust"),
    ("income_protection", "Income protection insurance"),
    ("board", "Boarder or flatmate"),
    ("maintenance", "Child support received"),
    ("pension", "Overseas or private pension"),
    ("foreign", "Income from overseas"),
    ("other", "Something else"),
)

OTHER = varied(
    au.OTHER,
    lead="Boarders and flatmates, investments, child support, income from overseas.",
    item_types=OTHER_KINDS,
    swap={
        "type": item_type("What kind of income is it?", OTHER_KINDS),
        **{
            key: replace(
                au.OTHER.field(key), when=of_type(*(kind.value for kind in OTHER_KINDS if kind.value != "foreign"))
            )
            for key in ("amount", "amount_frequency")
        },
    },
)

PAGE = replace(au.PAGE, sections=(SALARY, SELF_EMPLOYED, au.RENTAL, GOVERNMENT, OTHER))
