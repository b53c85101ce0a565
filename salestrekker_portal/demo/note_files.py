"""A note with a file for the O'Deas and Rewis, one for their partner, and what partners of Harbour Finance read."""

from salestrekker_portal.database.session import transaction
from salestrekker_portal.demo.compliance import arrived
from salestrekker_portal.demo.deals import staff_actor
from salestrekker_portal.demo.papers import one_page_pdf
from salestrekker_portal.demo.world import World
from salestrekker_portal.domains.documents.service import FilePlace, accept_upload
from salestrekker_portal.domains.firm.partner_settings import show_detail
from salestrekker_portal.domains.notes.service import add_note

DEAL = "odea-rewi"
NOTES = (
    (
        "What happens next.pdf",
        "Here is what happens after you hand in your profile, on one page.",
        {"with_client": True},
    ),
    ("Referral checklist.pdf", "Thanks for sending them our way. This is what helps us start.", {"with_partner": True}),
)


async def furnish_note_files(world: World) -> None:
    """By the same use cases that people use: a draft, then the note that takes it along."""
    alice = await staff_actor(world, "alice")
    for name, words, audience in NOTES:
        pdf = one_page_pdf(name.removesuffix(".pdf"), ["This paper is invented for the demo."])
        file = await arrived(alice.organisation_id, name, pdf)
        place = FilePlace(deal_id=world.deals[DEAL], with_note=True)
        async with transaction() as session:
            draft = await accept_upload(session, alice, place, file)
            await session.flush()
            await add_note(session, alice, place.deal_id, words, files=[draft.id], **audience)
    async with transaction() as session:
        for key in ("summary", "loan_kind", "expected_settlement"):
            await show_detail(session, alice, key, on=True)
