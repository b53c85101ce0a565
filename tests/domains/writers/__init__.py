"""Every use case that writes a deal, as something that a test can do to a deal: alone, in any order, and two at once.

`scene.py` makes a deal with something of everything in it; the other modules hold the use cases, each a function
`(session, scene, text)` that finds on the deal what it needs. `found.py` reads the product for those that are missing.
"""

from tests.domains.writers import access, answers, deals, letters, loans, notes, papers, partners, statements, tasks
from tests.domains.writers.scene import Ground, Scene, Writer, break_ground, make_scene, settle_in

MODULES = (access, answers, deals, letters, loans, notes, papers, partners, statements, tasks)
WRITERS: tuple[Writer, ...] = tuple(
    sorted(
        (each for module in MODULES for each in module.all_of.made),
        key=lambda each: each.name,
    )
)

__all__ = ["WRITERS", "Ground", "Scene", "Writer", "break_ground", "make_scene", "settle_in"]
