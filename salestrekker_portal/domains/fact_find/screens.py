"""A page of the fact find, ready to be shown: sections and their entries as plain data.

Nothing here knows how anything looks.
"""

from collections.abc import Mapping
from uuid import UUID

from salestrekker_portal.domains.fact_find.places import Spot, field_id
from salestrekker_portal.domains.fact_find.queries import Copy
from salestrekker_portal.domains.fact_find.questions import fields_of, option, privacy_of
from salestrekker_portal.domains.fact_find.reviewed import asked_again
from salestrekker_portal.domains.fact_find.told import TOLD_AT, instant_of, said_of
from salestrekker_portal.domains.fact_find.views import BlockView, ItemView
from salestrekker_portal.domains.fact_find.whole import Whole
from salestrekker_portal.domains.questions.answers import check, check_filled
from salestrekker_portal.domains.questions.vocabulary import NOTHING_TO_ADD, Facts, Scope, Section, section_id
from salestrekker_portal.kernel.days import day_words, local
from salestrekker_portal.kernel.wording import said_in
from salestrekker_portal.tables.fact_find import NOBODY, Answer, Item


def block_of(
    whole: Whole, copy: Copy, *, opened: str = "", all_open: bool = False, own_page: bool = False
) -> BlockView:
    """One copy of a section. `opened` names the entry whose questions are shown."""
    section, facts = copy.section, whole.facts(copy.subject)
    fields = [] if section.repeats or copy.is_hidden else fields_of(whole, copy, NOBODY, copy.answers, facts)
    if not copy.is_hidden and own_page:
        fields += privacy_of(whole, copy)
    return BlockView(
        id=block_id(copy),
        title=section.title,
        lead=section.lead,
        note=_note(whole, copy),
        asked=asked_again(whole, copy),
        repeats=section.repeats,
        locked=not copy.may_write,
        hidden=copy.is_hidden,
        clients=not section.is_brokers,
        reopen=_reopen(whole, copy),
        fields=fields,
        items=[_item(whole, copy, item, answers, facts, opened, all_open) for item, answers in copy.items],
        add_label=_add_label(section, bool(copy.items)),
        types=[option(each.value, each.label) for each in section.item_types],
        nothing_label=section.nothing_label,
        nothing=section.repeats and not copy.items and raw(copy.answers, NOTHING_TO_ADD) == "yes",
        unanswered=section.repeats and not copy.is_hidden and check_filled(section, copy.filled, facts).unanswered,
    )


def block_id(copy: Copy) -> str:
    return field_id(Spot(section_id(copy.page, copy.section), copy.subject, NOBODY, ""))


def errors_of(whole: Whole, copy: Copy) -> dict[str, str]:
    """What is wrong in a copy: sentence by field id; what concerns a whole list stands under its block's id."""
    section, facts = copy.section, whole.facts(copy.subject)
    if copy.is_hidden:
        return {}
    full_id = section_id(copy.page, section)
    if not section.repeats:
        checked = check(section, copy.filled.answers, facts)
        return {field_id(Spot(full_id, copy.subject, NOBODY, key)): said for key, said in checked.errors.items()}
    read = check_filled(section, copy.filled, facts)
    found = {
        field_id(Spot(full_id, copy.subject, UUID(item), key)): said
        for item, checked in read.items.items()
        for key, said in checked.errors.items()
    }
    return found | ({block_id(copy): " ".join(read.errors)} if read.errors else {})


def raw(answers: Mapping[str, Answer], key: str) -> str:
    return answers[key].raw if key in answers else ""


def _reopen(whole: Whole, copy: Copy) -> str:
    context = whole.context
    if not context.reader.is_staff or not context.locks_clients or copy.section.is_brokers:
        return ""
    return "close" if context.is_reopened(section_id(copy.page, copy.section)) else "open"


def _note(whole: Whole, copy: Copy) -> str:
    """Said above a copy that is not simply the reader's own."""
    owner = next((each for each in whole.context.applicants if each.id == copy.subject), None)
    if copy.is_hidden and owner:
        return said_in(whole.context.actor.country, f"{owner.first_name} keeps this between them and the broker.")
    reopened = whole.context.is_reopened(section_id(copy.page, copy.section)) and whole.context.locks_clients
    if reopened and not whole.context.reader.is_staff:
        return "You can change this section again. The others stay locked."
    if whole.context.reader.is_staff and (words := told_words(whole, copy)):
        return words
    shared = whole.context.reader.is_staff and copy.page.scope is not Scope.PER_APPLICANT
    if copy.page.scope is Scope.HOUSEHOLD and copy.subject in whole.context.apart:
        return ""
    return f"{owner.name}’s own answers: they don’t see the others’." if owner and shared else ""


def told_words(whole: Whole, copy: Copy) -> str:
    """To staff: from when a copy is that was told for an earlier loan, and what its client says of it."""
    full_id, zone = section_id(copy.page, copy.section), whole.context.actor.time_zone
    own = (told.get(full_id) for who, told in whole.context.told_earlier.items() if copy.subject in (NOBODY, who))
    told = next((each for each in own if each), None)
    if told is None or (at := instant_of(told, TOLD_AT)) is None:
        return ""
    said, when = said_of(told)
    told_on = f"Told on {day_words(local(at, zone).date())} for an earlier loan. "
    return told_on + (f"{said} on {day_words(local(when, zone).date())}." if when else f"{said}.")


def _add_label(section: Section, has_some: bool) -> str:
    if has_some or not section.item_noun:
        return section.add_label
    article = "an" if section.item_noun[0] in "aeiou" else "a"
    return f"Add {article} {section.item_noun}"


def _item(
    whole: Whole, copy: Copy, item: Item, answers: dict[str, Answer], facts: Facts, opened: str, all_open: bool
) -> ItemView:
    is_open = all_open or str(item.id) == opened
    return ItemView(
        id=str(item.id),
        opened=is_open,
        fields=fields_of(whole, copy, item.id, answers, facts) if is_open else [],
    )
