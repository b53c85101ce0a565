"""A script or a style that lies beside the module that needs it: Reflex's `rx.asset(…, shared=True)`, but sooner.

Reflex finds out who asks by looking through every module of the process, thirty times: half of the time in which the
product starts. The frame that called knows its file and its name.
"""

import sys
from pathlib import Path

from reflex.assets import AssetPathStr, _link_shared_asset, _versioned_asset_path
from reflex_base.constants import Dirs
from reflex_base.environment import EnvironmentVariables


def beside(name: str) -> AssetPathStr:
    """The address of the file of this name beside the calling module; `importable_path` is what a component imports.

    Raises FileNotFoundError. While the frontend is built the file is linked into `assets/`, as Reflex does.
    """
    caller = sys._getframe(1).f_globals
    source = Path(caller["__file__"]).parent / name
    if not source.exists():
        raise FileNotFoundError(source)
    folder = Path(Dirs.EXTERNAL_APP_ASSETS, *caller["__name__"].split("."))
    if not EnvironmentVariables.REFLEX_BACKEND_ONLY.get():
        linked = Path.cwd() / Dirs.APP_ASSETS / folder / name
        linked.parent.mkdir(parents=True, exist_ok=True)
        _link_shared_asset(linked, source)
    return _versioned_asset_path(f"/{folder.as_posix()}/{name}", source)
