"""Work, now and before: one item for each job, business or time out of work."""

from salestrekker_portal.domains.questions.catalogue.build import item_type, of_type, options, percent, yes_no
from salestrekker_portal.domains.questions.conditions import all_of, answer_is
from salestrekker_portal.domains.questions.history import WORK_RULES
from salestrekker_portal.domains.questions.rules import in_order
from salestrekker_portal.domains.questions.vocabulary import DateLimit, Field, Kind, Section

KINDS_OF_WORK = options(
    ("salaried", "Salaried employee"),
    ("self_employed", "Self employed"),
    ("retired", "Retired"),
    ("unemployed", "Unemployed"),
    ("home_duties", "Home duties"),
    ("student", "Student"),
)

_WORKING = of_type("salaried", "self_employed")
_SALARIED = of_type("salaried")
_OWN = of_type("self_employed")
_OWN_COMPANY = all_of(_OWN, answer_is("structure", "company"))
_NOT_WORKING = of_type("retired", "unemployed", "home_duties", "student")
_PREVIOUS = all_of(_WORKING, answer_is("current", "previous"))

EMPLOYMENT = Section(
    key="employment",
    title="Work",
    lead="What you do now and did before, for the last 3 years. Time out of work counts too.",
    repeats=True,
    item_noun="job",
    add_label="Add another job",
    item_types=KINDS_OF_WORK,
    summary_fields=("employer_name", "business_name", "occupation"),
    fields=(
        item_type("What kind of work is it?", KINDS_OF_WORK),
        Field(key="current", label="Is this what you do now?", kind=Kind.CARDS, default="current",
              options=options(("current", "Now"), ("previous", "Before"))),
        Field(key="priority", label="Is it your main job?", kind=Kind.CARDS, required=True, when=_WORKING,
              options=options(("primary", "Main job"), ("secondary", "Second job"))),
        Field(key="basis", label="How are you employed?", kind=Kind.SELECT, required=True, when=_SALARIED,
              options=options(("full_time", "Permanent full-time"), ("part_time", "Permanent part-time"),
                              ("casual", "Casual"), ("contract", "Contract"),
                              ("temporary", "Temporary"), ("seasonal", "Seasonal"))),
        Field(key="occupation", label="Occupation", required=True, when=_WORKING,
              help="What you would tell a friend you do, for example primary school teacher."),
        Field(key="occupation_code", label="Occupation code (ANZSCO)", max_length=10, broker_only=True,
              when=_WORKING),
        Field(key="industry_code", label="Industry code (ANZSIC)", max_length=10, broker_only=True,
              when=_WORKING),
        Field(key="employer_name", label="Employer", required=True, when=_SALARIED),
        # Three ways to class an employer that no lender's form asks of the client: the broker's.
        Field(key="employer_business_type", label="Kind of business", kind=Kind.SELECT, when=_SALARIED,
              broker_only=True,
              options=options(("sole_trader", "Sole trader"), ("partnership", "Partnership"),
                              ("company", "Company"), ("trust", "Trust"), ("government", "Government"),
                              ("association", "Association or charity"))),
        Field(key="employer_type", label="Kind of employer", kind=Kind.SELECT, when=_SALARIED, broker_only=True,
              options=options(("private", "Private"), ("public_company", "Public company"),
                              ("government", "Government"), ("family", "Family business"))),
        Field(key="employer_abn", label="Employer’s ABN", kind=Kind.ABN, when=_SALARIED,
              help="On your payslip."),
        Field(key="employer_acn", label="Employer’s ACN", kind=Kind.ACN, when=_SALARIED, broker_only=True),
        Field(key="employer_email", label="Employer’s email", kind=Kind.EMAIL, when=_SALARIED),
        Field(key="employer_address", label="Employer’s address", kind=Kind.ADDRESS, when=_SALARIED,
              help="Number, street, suburb, state and postcode."),
        Field(key="employer_contact", label="Person at work who can confirm your job", when=_SALARIED,
              help="Often somebody in payroll. Lenders may call them."),
        Field(key="employer_phone", label="Their phone", kind=Kind.PHONE, when=_SALARIED),
        Field(key="business_name", label="Business name", required=True, when=_OWN),
        Field(key="structure", label="How is the business set up?", kind=Kind.CARDS, required=True,
              when=_OWN,
              options=options(("sole_trader", "Sole trader"), ("partnership", "Partnership"),
                              ("company", "Company"), ("trust", "Trust"))),
        Field(key="business_abn", label="ABN", kind=Kind.ABN, required=True, when=_OWN),
        Field(key="business_acn", label="ACN", kind=Kind.ACN, when=_OWN_COMPANY),
        Field(key="abn_registered", label="ABN registered since", kind=Kind.MONTH, dates=DateLimit.PAST,
              when=_OWN),
        yes_no("gst_registered", "Registered for GST?", when=_OWN),
        percent("business_share", "Your share of the business", when=_OWN),
        Field(key="employees", label="Number of employees", kind=Kind.INTEGER, when=_OWN,
              help="Leave out yourself."),
        Field(key="accountant", label="Your accountant", when=_OWN,
              help="Their name and firm. You can add how to reach them under Other advisers."),
        Field(key="started_on", label="When did you start?", kind=Kind.MONTH, required=True, dates=DateLimit.PAST,
              when=_WORKING, help="Month and year."),
        Field(key="ended_on", label="When did it end?", kind=Kind.MONTH, required=True, dates=DateLimit.PAST,
              when=_PREVIOUS, help="Month and year."),
        yes_no("on_probation", "Are you on probation?",
               when=all_of(_SALARIED, answer_is("current", "current"))),
        Field(key="probation_until", label="Probation ends on", kind=Kind.DATE, required=True,
              dates=DateLimit.FUTURE, when=answer_is("on_probation", "yes")),
        Field(key="since", label="Since when?", kind=Kind.MONTH, required=True, dates=DateLimit.PAST,
              when=_NOT_WORKING),
        Field(key="until", label="Until when?", kind=Kind.MONTH, required=True, dates=DateLimit.PAST,
              when=all_of(_NOT_WORKING, answer_is("current", "previous"))),
        Field(key="retirement_income", label="What do you live on?", kind=Kind.SELECT,
              when=of_type("retired"),
              options=options(("age_pension", "Age pension"), ("super", "Superannuation"),
                              ("both", "Pension and superannuation"), ("other", "Something else"))),
        Field(key="benefit", label="Do you receive a benefit?", kind=Kind.SELECT, when=of_type("unemployed"),
              options=options(("none", "No"), ("jobseeker", "JobSeeker"), ("parenting", "Parenting payment"),
                              ("disability", "Disability support pension"), ("carer", "Carer payment"),
                              ("other", "Something else"))),
        Field(key="course", label="What do you study, and where?", when=of_type("student")),
    ),
    rules=(
        in_order("started_on", "ended_on", "The end date is before the start date. Check both."),
        in_order("since", "until", "The end date is before the start date. Check both."),
    ),
    list_rules=WORK_RULES,
)  # fmt: skip
