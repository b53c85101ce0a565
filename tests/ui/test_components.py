"""Every piece compiles, with plain words and with Vars, alone and inside a foreach."""

from typing import TypedDict

import pytest
import reflex as rx

from salestrekker_portal.ui import data, feedback, forms, frame, gallery, overlay, theme
from salestrekker_portal.ui.connection import bars


class Row(TypedDict):
    id: str
    name: str
    state: str
    value: str
    label: str
    tone: str
    text: str
    error: str


WORDS = rx.Var("words", _var_type=str).guess_type()
FLAG = rx.Var("flag", _var_type=bool).guess_type()
NUMBER = rx.Var("number", _var_type=int).guess_type()
ROWS = rx.Var("rows", _var_type=list[Row]).guess_type()
NOTHING = rx.noop()


def drawn(component: rx.Component) -> str:
    return str(component.render())


@pytest.mark.parametrize(
    "page", [gallery.broker_gallery, gallery.client_gallery, gallery.gate_gallery, gallery.partner_gallery]
)
def test_galleries_compile(page) -> None:
    assert "Harbour Finance" in drawn(page())


def test_frames_take_vars() -> None:
    who = {"firm": WORDS, "person": WORDS, "initials": WORDS}
    broker = frame.broker_frame(frame.broker_main("x"), current="deals", role=WORDS, **who)
    for component in (
        broker,
        frame.client_frame("x", current=WORDS, unread=NUMBER, **who),
        frame.partner_frame("x", current="deals", **who),
        frame.gate_frame("x", firm=WORDS),
        frame.deal_frame("x", current="notes", facts={"required": WORDS}),
    ):
        assert drawn(component)


def test_the_frame_has_one_main_and_a_way_to_it() -> None:
    page = drawn(frame.client_frame("x", current="dashboard", firm="F", person="P", initials="P"))
    assert page.count('id:"main"') == 1
    assert '"#main"' in page


def test_signing_out_is_a_post() -> None:
    form = drawn(frame.sign_out_form(portal="partner"))
    assert 'method:"post"' in form
    assert 'action:"/session/end"' in form
    assert '"partner"' in form


def test_a_field_is_tied_to_its_help_and_error() -> None:
    field = drawn(forms.text_input(id="mail", label="Email", help="Yours", error="Add the rest."))
    assert '"aria-describedby":"mail-help mail-error"' in field
    assert '"aria-invalid":"true"' in field
    assert 'htmlFor:"mail"' in field
    assert 'role:"alert"' in field


def test_a_field_without_help_or_error_names_neither() -> None:
    field = drawn(forms.text_input(id="mail", label="Email"))
    assert "aria-describedby" not in field
    assert "aria-invalid" not in field


def test_the_pin_is_one_input_called_pin() -> None:
    pin = drawn(forms.pin_input(error=WORDS))
    assert pin.count("one-time-code") == 1
    assert '"PIN"' in pin


def test_a_disabled_button_stays_reachable_and_does_nothing() -> None:
    button = drawn(forms.button("Invite", disabled=True, on_click=rx.console_log("sent")))
    assert '"aria-disabled":"true"' in button
    assert "sent" not in button
    assert "disabled:true" not in button


def test_forms_work_in_a_foreach() -> None:
    assert drawn(rx.foreach(ROWS, lambda row: forms.text_input(id=row["id"], label=row["name"], error=row["error"])))
    assert drawn(
        rx.foreach(ROWS, lambda row: forms.tick(id=row["id"], label=row["name"], checked=FLAG, note=row["state"]))
    )
    assert drawn(rx.foreach(ROWS, lambda row: forms.choice_card(name="a", value=row["id"], label=row["name"])))
    assert drawn(forms.choice_cards(id="c", label=WORDS, choices=ROWS, value=WORDS, on_change=NOTHING))
    assert drawn(forms.select(id="s", label="Flow", choices=ROWS))


def test_rows_work_in_a_foreach() -> None:
    makers = [
        lambda r: data.preflight_row(state=r["state"], name=r["name"], reason=r["error"], fix_to=r["id"]),
        lambda r: data.note(author=r["name"], initials="A", when_at="9", body=r["name"], audience=r["state"]),
        lambda r: data.file_row(name=r["name"], href=r["id"], meta=r["state"], percent=NUMBER),
        lambda r: data.contact_row(name=r["name"], initials="A", email=r["id"], phone=r["id"]),
        lambda r: data.stage_part(name=r["name"], state=r["state"], note=r["error"], on_click=NOTHING, disabled=FLAG),
        lambda r: data.tile(
            name=r["name"], clients="x", to=f"/partner/deals/{r['id']}", broker="A", initials="A", since="1 d"
        ),
        lambda r: data.status_badge(r["state"], cases={"active": ("Active", "ok", "check")}),
    ]
    for maker in makers:
        assert drawn(rx.foreach(ROWS, maker))


def test_marks_take_vars() -> None:
    for component in (data.ring(NUMBER), data.meter(NUMBER, label="x"), data.whose_move(WORDS), data.count(NUMBER)):
        assert drawn(component)


def test_feedback_takes_vars() -> None:
    for component in (
        feedback.saved_mark(WORDS, failed=WORDS),
        feedback.locked_band(title=WORDS, text=WORDS, show=FLAG),
        feedback.banner(tone="bad", title=WORDS, text=WORDS),
        feedback.confirm("x", title=WORDS, text=WORDS, show=FLAG),
        feedback.toast_region(ROWS, on_close=lambda key: rx.console_log(key)),
        feedback.offline_bar(),
        feedback.no_permission(text=WORDS),
        overlay.drawer("x", id="d", open=FLAG, on_close=NOTHING, title=WORDS),
        overlay.modal("x", id="m", open=FLAG, on_close=NOTHING, title=WORDS),
    ):
        assert drawn(component)


def test_what_is_said_when_it_matters() -> None:
    assert 'role:"alert"' in drawn(feedback.banner(tone="bad", title="No"))
    assert 'role:"status"' in drawn(feedback.saved_mark("Saved 9:41 am"))
    assert "What you type is kept" in drawn(feedback.offline_bar())


def test_whom_to_call_stands_where_it_helps() -> None:
    said = [drawn(each) for each in bars(rx.el.a("Call Alice", href="tel:+61240001000"))]
    assert ["tel:+61240001000" in each for each in said] == [True, True, False, True], "not while it connects again"
    assert "Call Alice" in drawn(feedback.offline_bar(rx.el.a("Call Alice", href="tel:+61240001000")))
    assert "tel:" not in drawn(feedback.offline_bar())


def test_nothing_heavy_is_wrapped_around_every_page() -> None:
    for wrap in theme.app_wraps().values():
        assert "sonner" not in str(wrap(True)._get_all_imports())
