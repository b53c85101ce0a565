"""What the script of passkeys (assets/passkeys.js) asks over plain HTTP before the browser's own dialog opens."""

from starlette.responses import JSONResponse, Response

HEADERS = {"cache-control": "no-store"}


def challenge(options: str) -> Response:
    """What the browser is to make a key from, or to sign: JSON as the library wrote it."""
    return Response(options, media_type="application/json", headers=HEADERS)


def no_challenge(sentence: str, status: int = 409, *, prove: bool = False) -> Response:
    """Why there is none, for the script to show beside the button. `prove`: who sits there is to be asked first."""
    return JSONResponse({"error": sentence, **({"prove": True} if prove else {})}, status, headers=HEADERS)
