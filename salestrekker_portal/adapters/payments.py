"""Payment gateways: one that only plays at it, and one for installations that have none."""

from uuid import UUID

from salestrekker_portal.domains.billing.ports import PaymentRefused


class DemonstrationGateway:
    """Agrees to everything and takes nothing. Its receipts say so."""

    label = "Demonstration payment: no card is asked for and no money moves."

    async def charge(self, purchase_id: UUID, cents: int, description: str) -> str:
        """A receipt that is the same for the same purchase."""
        # By the purchase, so that a press that comes twice is one payment, as with a real gateway's idempotency key.
        return f"DEMO-{purchase_id.hex[-8:].upper()}"


class NoGateway:
    """Production without a payment provider: nothing can be bought, and it says why."""

    label = "No payment provider is connected to this installation, so credits can’t be bought here yet."

    async def charge(self, purchase_id: UUID, cents: int, description: str) -> str:
        """Raises PaymentRefused, always."""
        raise PaymentRefused("No payment provider is connected. Ask whoever runs this installation to add credits.")
