"""How things look: functions of Vars and plain data. Nothing here imports a State.

Every function takes words and flags that may be plain Python or a Var, so all of it works inside
`rx.foreach`. Classes come from `assets/styles/`; the frame decides the density (a broker's frame is
`.dense`, every other is `.roomy`), so the same function serves all three portals.

| module     | what is there |
|------------|---------------|
| `theme`    | `STYLESHEETS`, `head()`: what the app needs to load the look |
| `kinds`    | types `Text`, `Flag`, `Number`; helpers `given`, `when`, `truthy`, `optional` |
| `marks`    | `icon`, `link` (inside the app), `outside` (files, mail, phone, HTTP routes), `unseen` |
| `frame`    | `broker_frame` with `broker_main` or `deal_frame`, `client_frame`, `partner_frame`, |
|            | `gate_frame`, `landing_frame`, `page_head`, `crumbs`, `bell`, `own_menu`, `door` |
| `forms`    | `text_input`, `text_area`, `select`, `money`, `percent`, `date_input`, `date_parts`, |
|            | `search_box`, `pin_input`; `yes_no`, `choice_cards`, |
|            | `tick`, `ticks`, `switch`; `button`, `submit`, `icon_button`, `link_button`, |
|            | `link_to_button`, `segmented_links`, `segmented_radios`, `chip`, `reason_beside`; |
|            | `fields`, `pair`, `field`, `group`, `reveal`, `help_more`, `form_foot` |
| `data`     | marks: `badge`, `status_badge`, `label(s)`, `count`, `avatar`, `person`, `ring`, `meter`, |
|            | `whose_move`, `mark_icon`; surfaces: `card`, `facts`, `totals`, `table`, `rows`, |
|            | `row_link`; rows: `contact_row`, `note`, `file_row`, `activity_row`, `preflight_row`, |
|            | `blocker`; stages: `stage_strip`, `stages`; partner: `tile`, `column` |
| `feedback` | `banner`, `locked_band`, `empty`, `skeleton_*`, `toast_region`, `saved_mark`, `confirm`, |
|            | `offline_bar`, `error_page`, `no_permission`, `not_found` |
| `overlay`  | `drawer`, `modal` (native `<dialog>`: holds the focus, Escape asks to close), `menu`, |
|            | `menu_link`, `menu_button` |
| `gallery`  | every piece in every state, for looking: `broker_gallery`, `client_gallery` and more |

A page is a frame around a `page_head` and cards:

    frame.client_frame(
        frame.page_head(title="Documents", lead="Photos are fine."),
        data.card(rx.foreach(State.boxes, box), title="To do"),
        current="documents", firm=State.firm, person=State.person, initials=State.initials)
"""
