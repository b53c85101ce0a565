"""Files of contacts and deals: the admins' of the firm whose they are."""

from tests.refusals.case import Case
from tests.refusals.cases_broker import STAFF

_PAGE = "/settings/import"
_OWN = {"mallory": "her own firm's files"}

IMPORT_CASES = (
    Case(handler="import_state.load", path=_PAGE, control="quiet", own=_OWN | {"bob": "an empty page that says why"}),
    Case(handler="import_state.refresh", path=_PAGE, control="quiet", own=_OWN | {"bob": "as load"}),
    Case(handler="import_state.check", path=_PAGE, payload={"form": {"file": "{import_columns}", "column-0": "name"}}),
    *(
        Case(handler=f"import_state.{name}", path=_PAGE, payload={"file_id": f"{{import_{which}}}"})
        for name, which in (
            ("choose_again", "checked"),
            ("bring_in", "checked"),
            ("drop", "columns"),
            ("take_back", "done"),
        )
    ),
    Case(
        handler="import_state.take_along", path=_PAGE, control="quiet",
        own=STAFF,
    ),
    Case(handler="import_state.download", path=_PAGE, payload={"file_id": "{import_checked}"}, control="quiet"),
)
