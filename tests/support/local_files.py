"""The store of an embedded installation over a folder of a test."""

from collections.abc import Sequence
from pathlib import Path

from salestrekker_portal.adapters.blobs_folder import Folder
from salestrekker_portal.adapters.files_sealed import SealedFiles
from salestrekker_portal.adapters.sealing import PIECE_LOG2


class LocalFiles(SealedFiles):
    """A FileStore in one folder of this machine."""

    def __init__(
        self, root: Path, secret: bytes, older_secrets: Sequence[bytes] = (), *, piece_log2: int = PIECE_LOG2
    ) -> None:
        super().__init__(Folder(root), secret, older_secrets, piece_log2=piece_log2)
        self.root = root
