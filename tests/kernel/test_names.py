"""One folded key: every spelling of a name is one name, and stands in one place."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrekker_portal.kernel.names import folded, folded_whole, same_name, search_key, search_patterns, sort_key


def finds(typed: str, key: str) -> bool:
    patterns = search_patterns(typed)
    return bool(patterns) and all(re.search(pattern.strip("%").replace("%", ".*"), key) for pattern in patterns)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Tāne O’Brien‑Ling", "tane o brien ling"),
        ("Ta\u0304ne O\u02bbBrien–Ling", "tane o brien ling"),
        ("Đặng Þóra Łucja", "dang thora lucja"),
        ("Yılmaz İlkay", "yilmaz ilkay"),
        ("Strauß Æsa Œuvre Øye Ðe", "strauss aesa oeuvre oye de"),
        ("\u200e \u00ad --", ""),
    ],
)
def test_letters_fold_to_what_people_type(typed: str, plain: str) -> None:
    assert folded(typed) == plain


@given(st.text(max_size=60))
def test_folding_is_stable_and_a_name_finds_itself(name: str) -> None:
    assert folded_whole(folded_whole(name)) == folded_whole(name)
    if folded_whole(name) and not any(letter.isdigit() for letter in folded_whole(name)):
        assert finds(folded_whole(name)[:20], search_key(name))


def test_a_name_in_letters_without_capitals_or_spaces() -> None:
    assert finds("小明", search_key("王小明"))
    assert finds("محمد", search_key("محمد علي"))


def test_one_name_two_spellings() -> None:
    assert same_name("D'Souza", "D’SOUZA") and same_name("DSouza", "d souza")
    assert not same_name("", "") and not same_name("Kim", "Kym")


def test_the_order_that_a_broker_expects() -> None:
    people = [
        ("Ada", "Zoeller"), ("Ngozi", "de Vries"), ("Hēmi", "Ōtene"), ("Bảo", "Đặng"), ("Elif", "Yılmaz"),
        ("Kim", "Ng"),
        ("Bo", "Devine"), ("Una", "O’Brien"), ("Sukarno", ""), ("Kim", "Nguyen"), ("Al", "Yates"),
    ]  # fmt: skip
    order = [last or first for first, last in sorted(people, key=lambda each: sort_key(*each))]
    assert order == [
        "Đặng", "Devine", "de Vries", "Ng", "Nguyen", "O’Brien", "Ōtene", "Sukarno", "Yates", "Yılmaz", "Zoeller",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("family", "given_name"),
    [("王", "伟"), ("王", "小明"), ("欧阳", "娜娜"), ("김", "민준"), ("이", "서"), ("佐藤", "健")],
)
def test_a_name_without_a_space_is_found_whichever_field_each_part_stands_in(family: str, given_name: str) -> None:
    keys = [search_key(f"{given_name} {family}"), search_key(f"{family} {given_name}"), search_key(family + given_name)]
    parts = (family + given_name, f"{family} {given_name}", f"{given_name} {family}", family)
    assert [(typed, key) for typed in parts for key in keys if not finds(typed, key)] == []
    assert not finds(family + given_name, search_key(f"{given_name} 李"))


@given(
    st.sampled_from(["donald", "kay", "intyre", "leod", "Kenzie", "Pherson", "hado"]),
    st.sampled_from(["Mac", "Mc", "mc", "MAC"]),
)
def test_mac_and_mc_are_one(rest: str, typed: str) -> None:
    for written in ("Mac", "Mc"):
        assert finds(typed + rest, search_key(f"Ewan {written}{rest}"))
    assert not finds(typed + rest, search_key("Ewan Macquarie"))
