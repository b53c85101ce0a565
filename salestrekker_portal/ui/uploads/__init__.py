"""Files on a page: a box to send them, one per requested document, and links to look at them."""

from .file_link import download_link as download_link
from .file_link import view_link as view_link
from .upload_box import upload_box as upload_box

__all__ = ["download_link", "upload_box", "view_link"]
