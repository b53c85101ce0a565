"""Every piece in every state on one page, for looking; mounted in demo and development only.

`broker_gallery()` shows the dense look, `client_gallery()` the roomy one, `partner_gallery()` the partner's pieces.
Everything is plain data: the galleries need no State, and nothing on them does anything.
"""

from .broker import broker_gallery
from .client import client_gallery, gate_gallery
from .partner import partner_gallery

__all__ = ["broker_gallery", "client_gallery", "gate_gallery", "partner_gallery"]
