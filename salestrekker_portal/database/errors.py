"""PostgreSQL quotes rows and values in its errors ("Failing row contains (…)"): answers, which no log may hold."""

import re
from typing import Any

_QUOTED = re.compile(r': ".*', re.DOTALL)


def without_values(context: Any) -> None:
    """For SQLAlchemy's `handle_error`: what went wrong stays, the value that was wrong goes."""
    original, wrapped = context.original_exception, context.sqlalchemy_exception
    told = getattr(getattr(original, "diag", None), "message_primary", None)
    if not told:
        return
    before = str(original)
    quiet = _QUOTED.sub(": …", told)
    original.args = (quiet,)
    if wrapped is not None and wrapped.args:
        wrapped.args = (str(wrapped.args[0]).replace(before, quiet), *wrapped.args[1:])
