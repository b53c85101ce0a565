"""A photo travels small and stays legible; everything else travels byte for byte."""

import io
import random
import re

import pytest
from PIL import Image, ImageDraw, ImageFilter
from playwright.sync_api import Page, expect

from salestrekker_portal.demo.papers import one_page_pdf
from tests.journeys.steps import PATIENT_MS, enter_as

pytestmark = pytest.mark.browser

MB = 1024 * 1024
SIDEWAYS = 6


def photo_of_a_letter() -> bytes:
    """Twelve million pixels as a phone takes them, lying on their side, about 6 MB, with the place where it was."""
    drawn = Image.linear_gradient("L").resize((4000, 3000)).convert("RGB")
    grain = Image.effect_noise((4000, 3000), 38).convert("RGB")
    drawn = Image.blend(drawn, grain, 0.28).filter(ImageFilter.GaussianBlur(0.6))
    pen = ImageDraw.Draw(drawn)
    chance = random.Random(7)
    for top in range(200, 2900, 70):
        pen.text((300, top), " ".join(chance.choices(["Amount", "$1,204.50", "Rent", "March"], k=18)), fill="black")
    pen.rectangle((0, 0, 400, 400), fill="red")
    exif = Image.Exif()
    exif[0x0112] = SIDEWAYS
    exif.get_ifd(0x8825)[1] = "S"
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=97, exif=exif.tobytes())
    return out.getvalue()


def sends(page: Page, name: str, mime: str, content: bytes) -> bytes:
    """Upload a file as the person does; what then lies in the store, downloaded."""
    box = page.locator("input[type=file]:not([capture])").first
    box.set_input_files([{"name": name, "mimeType": mime, "buffer": content}])
    shown = page.get_by_role("link", name=re.compile(f"^View {re.escape(name.rpartition('.')[0])}"))
    expect(shown).to_be_visible(timeout=3 * PATIENT_MS)
    address = shown.get_attribute("href").removesuffix("?view=1")
    return page.request.get(address).body()


def test_what_travels(people):
    page = enter_as(people.open(width=390), "Siobhán")
    page.goto("/portal/documents")
    large = photo_of_a_letter()
    assert 5 * MB < len(large) < 8 * MB

    kept = sends(page, "letter.jpg", "image/jpeg", large)
    assert len(kept) < 1.5 * MB
    with Image.open(io.BytesIO(kept)) as seen:
        assert max(seen.size) >= 2_400 and seen.height > seen.width
        written = seen.getexif()
        assert 0x8825 not in written and written.get(0x0112, 1) == 1, dict(written)
        corner = seen.convert("RGB").getpixel((seen.width - 40, 40))
        assert corner[0] > 180 and corner[1] < 90

    paper = one_page_pdf("Statement", ["Every byte of it."]) + b"\n%" + random.Random(3).randbytes(2 * MB)
    assert sends(page, "statement.pdf", "application/pdf", paper) == paper
    broken = b"\xff\xd8\xff\xe0" + random.Random(4).randbytes(2 * MB)
    assert sends(page, "broken.jpg", "image/jpeg", broken) == broken
    small = io.BytesIO()
    Image.new("RGB", (1200, 900), "teal").save(small, "JPEG")
    assert sends(page, "small.jpg", "image/jpeg", small.getvalue()) == small.getvalue()


def test_a_long_strip_keeps_its_width_and_a_clear_ground_is_white(people):
    page = enter_as(people.open(width=390), "Siobhán")
    page.goto("/portal/documents")
    grain = Image.effect_noise((1170, 6000), 60).convert("RGBA")
    grain.paste((0, 0, 0, 0), (0, 0, 200, 200))
    strip = io.BytesIO()
    grain.save(strip, "PNG")
    kept = sends(page, "scrolled.png", "image/png", strip.getvalue())
    with Image.open(io.BytesIO(kept)) as seen:
        assert seen.size == (1170, 6000) and len(kept) < len(strip.getvalue())
        assert min(seen.convert("RGB").getpixel((60, 60))) > 245
