"""Advice in New Zealand comes with disclosure in stages: what the client was told, and that they say so."""

from salestrekker_portal.domains.questions.catalogue.build import options, yes_no
from salestrekker_portal.domains.questions.conditions import answer_is
from salestrekker_portal.domains.questions.vocabulary import Field, Kind, Page, Party, Scope, Section

SCOPE = Section(
    key="scope",
    title="What you want advice on",
    optional=True,
    fields=(
        Field(key="wanted", label="What would you like advice on?", kind=Kind.TICKS,
              options=options(("new_loan", "A new loan"), ("restructure", "How my loans are set up"),
                              ("refix", "Refixing a rate"), ("other", "Something else"))),
        Field(key="limits", label="Is there anything that you do not want advice on?", kind=Kind.LONG_TEXT),
    ),
)  # fmt: skip


def _read(key: str, label: str, help: str = "", required: bool = False) -> Field:
    return Field(key=key, label=label, kind=Kind.TICK, required=required, help=help)


DISCLOSURE = Section(
    key="disclosure",
    title="What you were told",
    lead="Your adviser has to tell you certain things, in stages. Tick what you have been given, and leave out what "
    "you have not.",
    optional=True,  # nobody can say that they were given what comes later
    sensitive=True,  # nor say it for another: only who has a way in of their own, or the adviser with them
    fields=(
        _read("public_disclosure", "I know who advises me, and where their licence and fees are published"),
        _read("adviser_guide", "I have read the adviser guide",
              "It is with the documents that you agreed to when you came in."),
        _read("nature_and_scope", "I was told what the advice covers, what it costs me, and of any conflict of "
              "interest"),
        _read("complaints", "I know how to complain, and which dispute scheme is free for me"),
        _read("advice_given", "I have received the record of my advice",
              "Leave it empty until you have. Your adviser gives it to you with their advice."),
    ),
)  # fmt: skip

DECLARATION = Section(
    key="declaration",
    title="Acknowledgement and declaration",
    sensitive=True,
    fields=(
        _read("true_and_complete", "What I have told is true and complete, as far as I know", required=True),
        _read("may_use", "My adviser may use it to advise me and to apply to lenders for me", required=True),
        yes_no("anything_left", "Is there anything that a lender should know and that we have not asked?",
               required=True),
        Field(key="anything_left_detail", label="What is it?", kind=Kind.LONG_TEXT, required=True,
              when=answer_is("anything_left", "yes")),
    ),
)  # fmt: skip

PAGE = Page(
    key="advice",
    title="About our advice",
    broker_title="Advice and disclosure",
    lead="So that you know what you can expect of us.",
    scope=Scope.PER_APPLICANT,
    party=Party.PERSON,
    sections=(SCOPE, DISCLOSURE, DECLARATION),
)
