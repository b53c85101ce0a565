"""Few files for a first visit: all icons in one, and what every page runs on in another.

Left alone, the builder makes a file of everything that two pages share, an icon of a kilobyte too; a phone then
waits for forty requests, six at a time. The groups go into its generated configuration.
"""

import reflex as rx

CONFIGURATION = "vite.config.js"
KNOWN = """            {
              test: /env.json/,
              name: "reflex-env",
            },
"""
GROUPS = """            { name: "icons", test: /node_modules.lucide-react/, priority: 20 },
            {
              name: "framework",
              test: /node_modules.(react|react-dom|react-router|scheduler|@emotion|socket\\.io|engine\\.io)/,
              priority: 10,
            },
"""
# The board's dragging is written for builders: Node, which draws the empty pages, can't import it by itself.
PLACE = "  experimental: {\n"
BUNDLED = "  ssr: { noExternal: [/@atlaskit/] },\n"


def grouped(source: str) -> str:
    """The configuration with our groups; raises when it is no longer the known one."""
    if GROUPS in source:
        return source
    if (source.count(KNOWN), source.count(PLACE)) != (1, 1):
        raise RuntimeError(f"{CONFIGURATION} of this Reflex version differs: review portals/http/fewer_files.py.")
    return source.replace(KNOWN, KNOWN + GROUPS).replace(PLACE, BUNDLED + PLACE)


class FewerFilesPlugin(rx.plugins.Plugin):
    """Rewrites the generated configuration of the builder."""

    def pre_compile(self, **context) -> None:
        """Register the rewrite with the compiler."""
        context["add_modify_task"](CONFIGURATION, grouped)
