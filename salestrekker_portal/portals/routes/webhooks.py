"""Providers tell us what became of a message. Only what is signed, fresh and new is believed; the rest is a 403."""

from uuid import UUID

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from salestrekker_portal.config import settings
from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.bank_statements.opening import take_callback
from salestrekker_portal.domains.bank_statements.ports import BankCallbackRefused as BankCallbackRefused
from salestrekker_portal.domains.outbox.callbacks import is_first_time, is_too_old
from salestrekker_portal.domains.outbox.ports import CallbackRefused
from salestrekker_portal.domains.outbox.settling import act_on, hold_deals_of
from salestrekker_portal.portals.http.posted import posted_again
from salestrekker_portal.wiring import bank_providers, sendgrid_callbacks, twilio_callbacks, when_given_up

TWILIO_SIGNATURE = "x-twilio-signature"
SENDGRID_SIGNATURE = "x-twilio-email-event-webhook-signature"
SENDGRID_TIMESTAMP = "x-twilio-email-event-webhook-timestamp"
TWILIO_LIMIT = 64 * 1024
SENDGRID_LIMIT = 1024 * 1024
BANK_LIMIT = 256 * 1024


@posted_again("each signed callback counts once: is_first_time")
async def twilio(request: Request) -> Response:
    """POST /webhooks/twilio/<message id>: the state of one SMS."""
    query = f"?{request.url.query}" if request.url.query else ""
    # The address that Twilio was given. Behind a proxy, the request's own has another scheme and host.
    address = f"{settings().public_origin}{request.url.path}{query}"
    try:
        message_id = _message_id(request.path_params["message_id"])
        body = await _body(request, TWILIO_LIMIT)
        signature = request.headers.get(TWILIO_SIGNATURE, "")
        report = twilio_callbacks().read(address, body, signature)
        async with transaction() as session:
            if await is_too_old(session, message_id) or not await is_first_time(session, "twilio", signature):
                raise CallbackRefused()
            if report is not None:
                await act_on(session, message_id, report, when_given_up)
    except CallbackRefused:
        return _refused()
    return Response(status_code=204)


@posted_again("each signed callback counts once: is_first_time")
async def sendgrid(request: Request) -> Response:
    """POST /webhooks/sendgrid: a batch of events of any messages."""
    try:
        body = await _body(request, SENDGRID_LIMIT)
        signature = request.headers.get(SENDGRID_SIGNATURE, "")
        stamp = request.headers.get(SENDGRID_TIMESTAMP, "")
        reports = sendgrid_callbacks().read(body, signature, stamp)
        async with transaction() as session:
            # The time is signed with the body; an ECDSA signature itself can be rewritten and still be valid.
            if not await is_first_time(session, "sendgrid", f"{stamp}:{body.hex()}"):
                raise CallbackRefused()
            # All deals of the batch at once and in their order: two batches would otherwise wait for each other.
            await hold_deals_of(session, *[message_id for message_id, _ in reports])
            for message_id, report in reports:
                await act_on(session, message_id, report, when_given_up)
    except CallbackRefused:
        return _refused()
    return Response(status_code=204)


@posted_again("it only has the provider asked again")
async def bank(request: Request) -> Response:
    """POST /webhooks/bank/<provider>: something happened to a client's statements. The portal goes and asks."""
    try:
        body = await _body(request, BANK_LIMIT)
        await take_callback(bank_providers(), request.path_params["provider"], request.headers, body)
    except (CallbackRefused, BankCallbackRefused):
        return _refused()
    # Akahu counts only a 200 as delivered.
    return Response(status_code=200)


async def _body(request: Request, limit: int) -> bytes:
    """The raw body, kept for a second try. Raises CallbackRefused when it is larger than any that a provider sends."""
    if (kept := getattr(request.state, "body", None)) is not None:
        return kept
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > limit:
                raise CallbackRefused()
    except ClientDisconnect:
        raise CallbackRefused() from None
    request.state.body = bytes(body)
    return request.state.body


def _message_id(raw: str) -> UUID:
    try:
        return UUID(raw)
    except ValueError:
        raise CallbackRefused() from None


def _refused() -> Response:
    return PlainTextResponse("This is not a callback that we accept.", 403)


WEBHOOK_ROUTES = [
    Route("/webhooks/twilio/{message_id}", twilio, methods=["POST"]),
    Route("/webhooks/sendgrid", sendgrid, methods=["POST"]),
    Route("/webhooks/bank/{provider}", bank, methods=["POST"]),
]
