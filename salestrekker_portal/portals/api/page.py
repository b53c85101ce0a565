"""The OpenAPI description as a page to read: nothing is loaded from elsewhere, and it works without scripts."""

from collections.abc import Iterable
from html import escape
from typing import Any

from starlette.responses import Response

from salestrekker_portal.portals.http.plain_page import plain_page


def described(schema: dict[str, Any]) -> Response:
    """GET /api/v1/docs."""
    info, shapes = schema["info"], schema["components"]["schemas"]
    parts = [f"<h1>{escape(info['title'])}</h1>", f"<p>{escape(info['description'])}</p>"]
    parts.append('<p><a href="/api/v1/openapi.json">The same as OpenAPI 3.1</a></p>')
    for path, methods in schema["paths"].items():
        for method, route in methods.items():
            parts += _route(method.upper(), path, route)
    parts.append("<h2>Shapes</h2>")
    parts += [_shape(name, shape) for name, shape in shapes.items() if "properties" in shape]
    return plain_page("API", "".join(parts))


def _route(method: str, path: str, route: dict[str, Any]) -> Iterable[str]:
    yield f"<h2><code>{method} /api/v1{escape(path)}</code></h2><p>{escape(route['summary'])}. "
    yield f"{escape(route.get('description', ''))}</p>"
    given = route.get("parameters", [])
    if given:
        rows = "".join(f"<li><code>{escape(each['name'])}</code> {_told(each)}</li>" for each in given)
        yield f"<ul>{rows}</ul>"
    body = route.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    if body:
        yield f"<p>Body: {_type(body)}</p>"
    answers = (f"{code} {escape(each['description'])}" for code, each in route["responses"].items())
    yield f"<p><small>Answers: {'; '.join(answers)}</small></p>"


def _told(parameter: dict[str, Any]) -> str:
    need = ", needed" if parameter.get("required") else ""
    return escape(f"in the {parameter['in']}{need}. {parameter.get('description', '')}")


def _shape(name: str, shape: dict[str, Any]) -> str:
    fields = "".join(
        f"<li><code>{escape(field)}</code> {_type(of)} {escape(of.get('description', ''))}</li>"
        for field, of in shape["properties"].items()
    )
    return f'<h3 id="{escape(name, quote=True)}">{escape(name)}</h3><ul>{fields}</ul>'


def _type(schema: dict[str, Any]) -> str:
    """What a value is, with a link to its shape."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rsplit("/", 1)[-1])
        return f'<a href="#{name}">{name}</a>'
    if "anyOf" in schema:
        return " or ".join(_type(each) for each in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    return escape(str(schema.get("format") or schema.get("type", "")))
