"""Every part of an address that may be a secret is found, and is exchanged or listed here with the reason why not."""

import ast
import re

from salestrekker_portal.domains.signing_in.own_password import PAGES
from salestrekker_portal.kernel.tokens import new_token
from salestrekker_portal.portals.http.secret_links import ASKED_WITH, FIELD, exchanged
from salestrekker_portal.portals.pages import REGISTRY
from salestrekker_portal.salestrekker_portal import OUR_ROUTES
from tests.architecture.source import modules

# Rows and kinds: whoever reads one of these reads no key.
IDS = {"deal_id", "contact_id", "document_id", "organisation_id", "message_id", "key", "provider", "screen", "draft"}
# In the path for good. docs/security.md says the same; the proxies leave them out of their logs.
STAYS = {
    "/calendar/{token}": "calendar programs fetch it without cookies; it says one day and opens nothing",
    "/stop/{token}": "mail programs post to it without cookies (RFC 8058); it ends one kind of e-mail",
    "/refer/{token}": "a partner gives it to everybody; it takes a lead and opens nothing",
    "/demo-bank/{visit}": "the invented bank, which is not there in production",
}
# What is asked after a ? and is no secret: where to go, what to show.
PLAIN = {
    FIELD, "next", "sent", "whose", "kind", "of", "workflow", "page", "figure", "who", "show", "q", "edit", "closed",
    "view", "to", "signed-out", "from", "open", "about", "country", "sort", "after", "before",
    "note",
}  # fmt: skip
ASKS = re.compile(r"(?:_query|query_params(?:\.get)?|queries?\.get)$")


def parts_that_vary() -> dict[str, set[str]]:
    """Address -> the names of its parts that vary, of pages and of our own routes."""
    every = [*REGISTRY, *(route.path for route in OUR_ROUTES)]
    return {
        path: {name.partition(":")[0].strip(".") for name in re.findall(r"[{\[]+([^}\]]+)", path)} for path in every
    }


def asked_names(tree: ast.AST) -> set[str]:
    """What a module asks an address for, after its ?."""
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ASKS.search(ast.unparse(node.func))
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def test_every_part_of_a_path_is_an_id_or_exchanged_or_listed() -> None:
    token = new_token()
    for path, names in parts_that_vary().items():
        if names <= IDS or path in STAYS:
            continue
        found = exchanged(re.sub(r"[{\[]+[^}\]]+[}\]]+", token, path), "")
        assert found and found[1] == token and token not in found[0], f"{path}: is {names - IDS} a secret?"
    assert set(STAYS) <= {route.path for route in OUR_ROUTES}


def test_everything_after_a_question_mark_is_plain_or_exchanged() -> None:
    asked = set().union(*(asked_names(tree) for path, tree in modules().items() if path.startswith("portals/")))
    assert asked - PLAIN == set(), "a secret? Then name it in portals/http/secret_links.py"
    assert "next" in asked and FIELD not in PLAIN - {FIELD}
    assert asked_names(ast.parse('self._query("reset"); request.query_params.get("key")')) == {"reset", "key"}


def test_every_secret_that_we_put_after_a_question_mark_is_exchanged() -> None:
    """Wherever an address of ours is written with ?x={...}, x is plain or the page exchanges it."""
    names = set()
    for tree in modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                names |= set(re.findall(r"[?&]([a-z_-]+)='?\{", ast.unparse(node)))
    assert {"token", "code"} <= names
    for name in names & {"token", "code", "secret", "key", "password", "pin"}:
        assert name in ASKED_WITH.values(), name
    for page in PAGES.values():
        assert exchanged(page, f"token={new_token()}")


def test_no_page_is_taken_for_a_secret() -> None:
    every = [path for path, names in parts_that_vary().items() if not names]
    assert len(every) > 30
    assert [path for path in every if exchanged(path, "")] == []
