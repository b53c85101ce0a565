"""What is bought stands on the deal's overview, in words."""

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.fact_find.service import save_answer
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.domains.insights.bought import what_is_bought


async def test_the_broker_reads_what_a_client_said_of_the_property(database, cast):
    for key, raw in (("found", "found"), ("address", "14 Wattlebird Lane, Thornbury"), ("state", "vic"),
                     ("price", "720000"), ("finance_due", "27/3/2027"), ("title", "strata")):  # fmt: skip
        async with transaction() as session:
            await save_answer(session, cast.kim, cast.deal.id, Place(section_id="needs.property", field_key=key), raw)
    async with reading() as session:
        said = dict(await what_is_bought(session, cast.alice, cast.deal.id))
        assert await what_is_bought(session, cast.alice, cast.other_deal.id) == []
    assert said["Price, or the most you would pay"] == "$720,000.00"
    assert said["When is your finance due?"] == "27 March 2027" and said["What kind of title?"] == "Strata"
