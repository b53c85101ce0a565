"""The floor: the barest server that does the same work. Nothing real can be faster.

    python -m benchmarks.floor DATABASE PORT

Starlette on the product's own server with SQLite: a board rendered as HTML, a deal as JSON, one UPDATE for a move,
an upload streamed to a file, a socket that echoes. No styling, no session, no rules.
"""

import html
import sqlite3
import sys
import tempfile

import socketio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

SCRIPT = """
const panel = document.getElementById("deal");
document.addEventListener("click", async (event) => {
  const card = event.target.closest(".card");
  if (!card) return;
  const deal = await (await fetch("/deals/" + card.id)).json();
  panel.replaceChildren();
  for (const line of [deal.name, deal.contact, ...deal.documents]) {
    panel.appendChild(document.createElement("p")).textContent = line;
  }
  panel.dataset.deal = card.id;
});
document.addEventListener("dragstart", (event) => event.dataTransfer.setData("text/plain", event.target.id));
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", async (event) => {
  event.preventDefault();
  const card = document.getElementById(event.dataTransfer.getData("text/plain"));
  const column = event.target.closest(".column");
  column.querySelector("h2").after(card);
  await fetch("/move", { method: "POST", body: JSON.stringify({ deal: card.id, stage: column.id }) });
  card.dataset.kept = performance.now();
});
"""
STYLE = ".lane{display:flex}.column{width:220px;height:760px;overflow:auto}.card{border:1px solid;margin:4px}"


def open_store(path: str) -> sqlite3.Connection:
    store = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    store.execute("PRAGMA journal_mode=WAL")
    store.execute("PRAGMA synchronous=NORMAL")
    return store


def routes(store: sqlite3.Connection) -> list[Route]:
    """The whole application."""

    async def board(_request: Request) -> Response:
        rows = store.execute("SELECT id, stage, name, contact, owner FROM deal ORDER BY stage, rank").fetchall()
        columns: dict[str, list[str]] = {}
        for key, stage, name, contact, owner in rows:
            columns.setdefault(stage, []).append(
                f'<div class=card draggable=true id="{key}"><b>{html.escape(name)}</b><br>'
                f"{html.escape(contact)}<br>{html.escape(owner)}</div>"
            )
        body = "".join(
            f'<div class=column id="{stage}"><h2>{html.escape(stage)} {len(cards)}</h2>{"".join(cards)}</div>'
            for stage, cards in columns.items()
        )
        page = f"<style>{STYLE}</style><div id=deal></div><div class=lane>{body}</div><script>{SCRIPT}</script>"
        return HTMLResponse(f"<!doctype html><meta charset=utf-8>{page}")

    async def deal(request: Request) -> Response:
        key = request.path_params["key"]
        row = store.execute("SELECT name, contact FROM deal WHERE id = ?", (key,)).fetchone()
        files = store.execute("SELECT name FROM file WHERE deal = ?", (key,)).fetchall()
        return JSONResponse({"name": row[0], "contact": row[1], "documents": [name for (name,) in files]})

    async def some(_request: Request) -> Response:
        rows = store.execute("SELECT id, stage, name, contact, owner FROM deal ORDER BY id DESC LIMIT 50").fetchall()
        names = ("id", "stage", "name", "contact", "owner")
        return JSONResponse([dict(zip(names, row, strict=True)) for row in rows])

    async def move(request: Request) -> Response:
        wanted = await request.json()
        store.execute("UPDATE deal SET stage = ? WHERE id = ?", (wanted["stage"], wanted["deal"]))
        return JSONResponse({"ok": True})

    async def upload(request: Request) -> Response:
        async with request.form() as form:
            with tempfile.TemporaryFile() as kept:
                while part := await form["file"].read(1 << 20):
                    kept.write(part)
        return JSONResponse({"ok": True})

    return [
        Route("/board", board),
        Route("/deals", some),
        Route("/deals/{key}", deal),
        Route("/move", move, methods=["POST"]),
        Route("/upload", upload, methods=["POST"]),
    ]


def make_app(store: sqlite3.Connection):
    """The application with its echoing socket beside it, as ASGI."""
    events = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins="*", transports=["websocket"])

    @events.on("echo")
    async def echo(_sid: str, said: str) -> str:
        return said

    return socketio.ASGIApp(events, Starlette(routes=routes(store)))


def create():
    return make_app(open_store(sys.argv[1]))


def main() -> None:
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        target="benchmarks.floor:create",
        factory=True,
        address="127.0.0.1",
        port=int(sys.argv[2]),
        interface=Interfaces.ASGI,
        workers=1,
        http=HTTPModes.http1,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main()
