"""A whole page as plain HTML, for the few that are no screen of ours: on the way to a provider, and the demo's bank."""

from html import escape

from starlette.responses import HTMLResponse, Response

_STYLE = """
:root { color-scheme: light dark; --ink: #17212b; --paper: #fff; --ground: #f3f5f7; --line: #c9d1d9; --go: #0b5cad; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8edf2; --paper: #1b252f; --ground: #10171e; --line: #46535f; --go: #8cc4ff; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: start center; padding: 24px 16px;
  background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 34rem; background: var(--paper); border: 1px solid var(--line); border-radius: 12px;
  padding: 24px; }
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 12px; } h2 { font-size: 1.05rem; margin: 20px 0 8px; }
p { margin: 0 0 12px; } a { color: var(--go); } small { color: inherit; }
.tag { display: inline-block; padding: 2px 10px; border: 1px dashed currentColor; border-radius: 99px;
  font-size: .85rem; margin-bottom: 12px; }
label { display: flex; gap: 12px; align-items: flex-start; min-height: 44px; padding: 8px 0; cursor: pointer; }
input[type=radio] { width: 20px; height: 20px; margin: 2px 0 0; flex: none; }
fieldset { border: 0; padding: 0; margin: 0 0 12px; } legend { font-weight: 600; padding: 0; }
button, .button { display: inline-block; min-height: 44px; padding: 10px 20px; border-radius: 8px; font: inherit;
  font-weight: 600; border: 1px solid var(--go); background: var(--go); color: var(--paper); cursor: pointer;
  text-decoration: none; }
button:focus-visible, .button:focus-visible, input:focus-visible { outline: 3px solid var(--go); outline-offset: 2px; }
button.quiet { background: none; color: var(--go); }
.row { display: flex; flex-wrap: wrap; gap: 12px; margin-top: 16px; }
"""


def plain_page(title: str, body: str, *, go_to: str = "", status: int = 200) -> Response:
    """The page. Every value in `body` is escaped already; with `go_to` the browser moves on by itself."""
    onward = f'<meta http-equiv="refresh" content="1;url={escape(go_to, quote=True)}">' if go_to else ""
    page = (
        '<!doctype html><html lang="en-AU"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{onward}<title>{escape(title)}</title>"
        f"<style>{_STYLE}</style></head><body><main>{body}</main></body></html>"
    )
    return HTMLResponse(page, status, headers={"cache-control": "no-store"})
