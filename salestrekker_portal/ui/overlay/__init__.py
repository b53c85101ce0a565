"""What lies over a page: drawers and dialogs that hold the focus, menus that close by themselves."""

from .ask_first import ask_first
from .dialog import drawer, modal
from .menu import menu, menu_button, menu_link

__all__ = ["ask_first", "drawer", "menu", "menu_button", "menu_link", "modal"]
