"""The keys of the brokerage's screens. What a key presses is marked where it stands, with `pressed_by`."""

GO = {
    "b": "/board",
    "t": "/tasks",
    "c": "/contacts",
    "p": "/partners",
    "i": "/insights",
    "s": "/settings",
}
SECTIONS = (
    (
        "Everywhere",
        (
            ("Ctrl K or /", "Search everywhere; a slip of the finger doesn’t matter"),
            ("N", "Add a deal"),
            ("G then B", "Deals"),
            ("G then T", "Tasks"),
            ("G then C", "Contacts"),
            ("G then P", "Partners"),
            ("G then I", "Insights"),
            ("G then S", "Settings"),
            ("?", "This sheet"),
            ("Esc", "Close what is open"),
        ),
    ),
    (
        "Board",
        (
            ("J and K", "The next and the one before"),
            ("M", "Move the deal, or more"),
            ("Space", "Lift the deal; arrows carry it, Space puts it down"),
            ("F", "Filter"),
        ),
    ),
    (
        "Calendar",
        (
            ("T", "This month"),
            ("[ and ]", "The month before and the month after"),
            ("Space", "Lift a date; arrows carry it to another day, Space puts it down"),
        ),
    ),
    ("Forecast", (("Space", "Lift a deal; arrows carry it to another month, Space puts it down"),)),
    ("One contact", (("J and K", "The next of the list and the one before"),)),
    ("Tasks, contacts and partners", (("A", "Add one"),)),
    (
        "Required documents",
        (
            ("A", "Add from a template; while you look at a paper, accept it"),
            ("R", "Request what is ready; while you look at a paper, ask for it again"),
        ),
    ),
)
