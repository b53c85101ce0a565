"""`python -m tests.journeys.pressing.still`: the product as it is served, with nothing happening by itself.

The worker's lanes stand still, and profiles keep their mark and are not counted. So all that is written after a press
was written by its handler, and a press is over when its answer has come. At QUIET the server says whether any event
of any tab is being dealt with.
"""

from salestrekker_portal import serve

QUIET = "/walk/quiet"


def create_app():
    """What the server of the tests serves."""
    from starlette.responses import PlainTextResponse

    from salestrekker_portal import salestrekker_portal as product
    from salestrekker_portal.due.engine import Engine, Lane

    async def nothing() -> int:
        return 0

    product.make_engine = lambda: Engine([Lane(name="nothing", round=nothing, every=3600.0)])
    product.ProfileCounter = lambda: None
    served = serve.create_app()

    async def watched(scope, receive, send) -> None:
        if scope["type"] != "http" or scope["path"] != QUIET:
            return await served(scope, receive, send)
        events = product.app.event_processor
        busy = events._token_queues or not events._queue.empty()
        await PlainTextResponse("busy" if busy else "quiet")(scope, receive, send)

    return watched


if __name__ == "__main__":
    serve.APP = "tests.journeys.pressing.still:create_app"
    serve.main()
