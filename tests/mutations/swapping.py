"""A fault put into a program that runs (functions get the code of the changed source), or in before an import."""

import functools
import gc
import importlib.machinery
import sys
from collections import defaultdict
from collections.abc import Iterator
from types import CodeType, FunctionType

OURS = "salestrekker_portal"


def codes_of(code: CodeType) -> Iterator[CodeType]:
    """This code and every one in it."""
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from codes_of(each)


def functions_of(path: str) -> dict[str, list[FunctionType]]:
    """The living functions that were made from a file, by their full names."""
    found = defaultdict(list)
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and each.__code__.co_filename == path:
            found[each.__code__.co_qualname].append(each)
    return found


def swap(path: str, changed: str) -> None:
    """From now on the file's functions do what the changed source says; what they remembered is forgotten."""
    codes = defaultdict(list)
    for code in codes_of(compile(changed, path, "exec")):
        codes[code.co_qualname].append(code)
    for name, functions in functions_of(path).items():
        places = sorted({each.__code__.co_firstlineno for each in functions})
        for function in functions:
            nth = places.index(function.__code__.co_firstlineno)
            if nth < len(codes[name]) and codes[name][nth].co_freevars == function.__code__.co_freevars:
                function.__code__ = codes[name][nth]
    forget()


def forget() -> None:
    """Empty every cache of our functions."""
    for each in gc.get_objects():
        if isinstance(each, functools._lru_cache_wrapper) and each.__module__.startswith(OURS):
            each.cache_clear()


def plant(path: str, changed: str) -> None:
    """The file is imported, later, as if the changed source stood in it."""
    known = importlib.machinery.SourceFileLoader.get_code

    def get_code(self: importlib.machinery.SourceFileLoader, fullname: str) -> CodeType | None:
        if self.path == path:
            return compile(changed, path, "exec", dont_inherit=True)
        return known(self, fullname)

    for name, module in sys.modules.items():
        assert getattr(module, "__file__", None) != path, f"{name} was imported before the fault was put into it"
    importlib.machinery.SourceFileLoader.get_code = get_code  # type: ignore[method-assign]
