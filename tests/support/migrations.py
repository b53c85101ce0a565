"""Run the project's migrations against a named database, in a process of their own as deployments do."""

import subprocess
import sys

from salestrekker_portal.build import ROOT
from tests.support.server import clean_environment


def alembic(url: str, *arguments: str) -> str:
    """Alembic's output. Raises with it when the command fails."""
    done = subprocess.run(
        [sys.executable, "-m", "alembic", *arguments],
        cwd=ROOT,
        env=clean_environment(DATABASE_URL=url, PORTAL_MODE="dev"),
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise RuntimeError(f"alembic {' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout + done.stderr


def upgrade(url: str) -> None:
    """To the newest revision."""
    alembic(url, "upgrade", "head")
