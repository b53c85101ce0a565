"""One upload box per requested document: choose, photograph or drop; progress, cancel, try again."""

from .upload_box import upload_box as upload_box

__all__ = ["upload_box"]
