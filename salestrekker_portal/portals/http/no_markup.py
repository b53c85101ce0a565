"""React without its three ways to turn text into markup, so that a page can do without any (portals/http/policy.py).

Left alone, React draws the whole page anew when what it finds is not what was built (a browser that translates, an
extension), scripts and all; a policy that lets no text become markup stops it at the first of them, and the page stays
empty. The scripts have run by then: what stands for one that is drawn again need not run. The rewrite goes into the
builder's generated configuration, and the build stops when this React is not the known one.
"""

import json

import reflex as rx

CONFIGURATION = "vite.config.js"
MODULE = "react-dom-client.production.js"
# What stands there, how often, and what stands there instead.
_MADE = "nextResource = ownerDocument.createElement"
_TAKEN = "nextResource = nextResource.removeChild(\n                    nextResource.firstChild\n                  );"
MARKUP = (
    (f'{_MADE}("div");', 1, f'{_MADE}("template");'),
    ('nextResource.innerHTML = "<script>\\x3c/script>";', 1, ""),
    (_TAKEN, 1, ""),
    ("(domElement.innerHTML = key)", 2, "(domElement.textContent = key)"),
)
PLACE = ".concat([]),\n"
_STEP = """.concat([{
    name: "no-markup",
    apply: "build",
    transform: (code, id) => {
      if (!id.split("?")[0].endsWith(%(module)s)) return null;
      const differs = %(markup)s.filter(([text, times]) => code.split(text).length - 1 !== times);
      const written = %(markup)s.reduce((all, [text, _, instead]) => all.replaceAll(text, instead), code);
      if (differs.length || /(inner|outer)HTML\\s*=|insertAdjacentHTML/.test(written))
        throw new Error("This version of React differs: review portals/http/no_markup.py.");
      return { code: written, map: null };
    },
  }]),
"""
STEP = _STEP % {"module": json.dumps(MODULE), "markup": json.dumps(MARKUP)}


def without_markup(source: str) -> str:
    """The configuration with our step; raises when it is no longer the known one."""
    if STEP in source:
        return source
    if source.count(PLACE) != 1:
        raise RuntimeError(f"{CONFIGURATION} of this Reflex version differs: review portals/http/no_markup.py.")
    return source.replace(PLACE, STEP)


class NoMarkupPlugin(rx.plugins.Plugin):
    """Rewrites the generated configuration of the builder."""

    def pre_compile(self, **context) -> None:
        """Register the rewrite with the compiler."""
        context["add_modify_task"](CONFIGURATION, without_markup)
