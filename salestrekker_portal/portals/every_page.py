"""Imports every module of every portal once, so that each screen registers itself: a new one is in no list."""

import importlib
import pkgutil

from salestrekker_portal.portals import broker, client, partner, public, settings

PORTALS = (broker, client, partner, public, settings)

for _portal in PORTALS:
    for _module in pkgutil.walk_packages(_portal.__path__, f"{_portal.__name__}."):
        importlib.import_module(_module.name)
