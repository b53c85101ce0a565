"""Which flows an invitation offers, and changing one for a single invitation (S0-05, S1-18, S1-25)."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.portal_access.flow_copy import flows_that_fit
from salestrekker_portal.domains.questions.flows import standard_flows
from salestrekker_portal.domains.questions.vocabulary import Loan
from salestrekker_portal.kernel.errors import Invalid, NotFound
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.organisations import Flow
from tests import factories as make
from tests.domains.portal_access.world import invite, ready_deal

pytestmark = pytest.mark.usefixtures("database")


async def _flows(cast) -> dict[str, Flow]:
    flows = {
        name: Flow(organisation_id=cast.firm.id, name=name, flow_type=loan, section_ids=ids, position=place)
        for place, (name, loan, ids) in enumerate(standard_flows("AU"))
    }
    people_only = Flow(
        organisation_id=cast.firm.id, name="People", flow_type=Loan.COMMERCIAL, section_ids=["applicant.addresses"]
    )
    async with transaction() as session:
        session.add_all([*flows.values(), people_only])
    return flows


async def _offered(deal, contact, by=None) -> list[str]:
    async with reading() as session:
        return [flow.name for flow in await flows_that_fit(session, deal, contact, "AU", by or deal.owner_id)]


async def test_only_flows_that_fit_the_deal_and_the_applicant_are_offered(cast):
    deal, robin = await ready_deal(cast)
    flows = await _flows(cast)
    assert await _offered(deal, robin) == ["Full home loan", "Short home loan"]
    with pytest.raises(NotFound):
        await invite(cast, deal, robin, flow_id=flows["Full personal loan"].id)
    async with transaction() as session:
        (await session.get(Deal, deal.id)).loan_kind = Loan.COMMERCIAL
        company = await make.make_contact(session, cast.firm, "Grace", "Lim", company_name="Wattle & Rye Pty Ltd")
    deal.loan_kind = Loan.COMMERCIAL
    assert "People" in await _offered(deal, robin)
    assert await _offered(deal, company) == ["Full commercial loan", "Short commercial loan"]


async def test_a_flow_is_changed_for_one_invitation_by_its_sections(cast):
    deal, robin = await ready_deal(cast)
    flows = await _flows(cast)
    chosen = ["needs.reasons", "applicant.addresses", "entity.details", "<script>", 7]
    with pytest.raises(Invalid) as refusal:
        await invite(cast, deal, robin, flow_id=flows["Short home loan"].id, sections=["entity.details"])
    assert list(refusal.value.errors) == ["sections"]
    access = await invite(cast, deal, robin, flow_id=flows["Short home loan"].id, sections=chosen)
    assert access.section_ids == ["applicant.addresses", "applicant.earlier_addresses", "needs.reasons"]
    assert access.flow_name == "Short home loan, changed"
    async with reading() as session:
        assert (await session.get(Flow, flows["Short home loan"].id)).section_ids == list(
            flows["Short home loan"].section_ids
        )
