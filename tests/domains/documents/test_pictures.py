"""What a broker looks at stands upright and says nothing of where it was taken; what can't be drawn is not taken."""

import io
import zlib

import pillow_heif
import pytest
from PIL import Image, ImageChops, ImageOps, PngImagePlugin

from salestrekker_portal.domains.documents.checks import judge
from salestrekker_portal.domains.documents.dimensions import MOST_PIXELS, OPENING_BYTES, pixels_of
from salestrekker_portal.domains.documents.photos import UnreadablePhoto, seen
from salestrekker_portal.domains.documents.signatures import HEAD_BYTES, FileKind

PLACE = "-33.8568"
XMP = f'<x:xmpmeta><rdf:Description exif:GPSLatitude="{PLACE}"/></x:xmpmeta>'.encode()
FORMS = {
    "JPEG": (FileKind.JPEG, {}),
    "progressive JPEG": (FileKind.JPEG, {"progressive": True}),
    "JPEG with restarts": (FileKind.JPEG, {"restart_marker_blocks": 2}),
    "PNG": (FileKind.PNG, {}),
    "WEBP": (FileKind.WEBP, {"lossless": True}),
}


def picture() -> Image.Image:
    """A corner of its own colour on each side, and a gradient between them."""
    drawn = Image.linear_gradient("L").resize((200, 120)).convert("RGB")
    for colour, box in (("red", (0, 0, 40, 40)), ("blue", (160, 0, 200, 40)), ("lime", (0, 80, 40, 120))):
        drawn.paste(colour, box)
    return drawn


def photo(form: str, turned: int) -> bytes:
    """A real photo with where it was taken in EXIF, XMP, a comment, a text, and behind its end."""
    kind, how = FORMS[form]
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010F] = PLACE
    exif.get_ifd(0x8825)[1] = "S"
    words = PngImagePlugin.PngInfo()
    words.add_text("Location", PLACE)
    more = {
        FileKind.JPEG: {"comment": PLACE.encode(), "xmp": XMP, "quality": 95},
        FileKind.PNG: {"pnginfo": words},
        FileKind.WEBP: {"xmp": XMP},
    }[kind]
    if kind is not FileKind.PNG or turned != 1:  # a PNG that has none lies as it is to be seen
        more["exif"] = exif.tobytes()
    out = io.BytesIO()
    picture().save(out, kind.value.upper(), **more, **how)
    return out.getvalue() + (f"motion photo {PLACE}".encode() if kind is not FileKind.WEBP else b"")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("turned", range(1, 9))
async def test_whatever_way_up_it_came_it_is_seen_upright_without_its_place(form, turned):
    content, kind = photo(form, turned), FORMS[form][0]
    shown, shown_as = await seen([content[:100], content[100:]], kind)
    assert PLACE.encode() in content and PLACE.encode() not in shown and b"GPS" not in shown
    with Image.open(io.BytesIO(shown)) as now, Image.open(io.BytesIO(content)) as before:
        assert now.format == ("JPEG" if shown_as is FileKind.JPEG else shown_as.value.upper())
        assert not now.getexif() and "xmp" not in now.info and "comment" not in now.info
        expected = ImageOps.exif_transpose(before).convert("RGB")
        assert now.size == expected.size
        off = ImageChops.difference(now.convert("RGB").reduce(10), expected.reduce(10)).getextrema()
        assert max(high for _, high in off) < 40
        if turned == 1 and kind is not FileKind.WEBP:
            assert shown_as is kind and now.tobytes() == before.tobytes()  # drawn by nobody


async def test_a_colour_profile_stays_and_a_clear_ground_is_paper():
    profile = b"a profile" * 20
    out = io.BytesIO()
    picture().save(out, "JPEG", icc_profile=profile)
    shown, _ = await seen([out.getvalue()], FileKind.JPEG)
    with Image.open(io.BytesIO(shown)) as now:
        assert now.info["icc_profile"] == profile
    clear = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(clear, "WEBP")
    shown, _ = await seen([clear.getvalue()], FileKind.WEBP)
    with Image.open(io.BytesIO(shown)) as now:
        assert now.getpixel((5, 5)) == (255, 255, 255)


async def test_a_photo_that_was_cut_off_is_shown_as_far_as_it_came():
    content = photo("JPEG", 1)
    shown, kind = await seen([content[: len(content) // 2]], FileKind.JPEG)
    assert kind is FileKind.JPEG and shown.startswith(b"\xff\xd8") and shown.endswith(b"\xff\xd9")


@pytest.mark.parametrize("kind", [FileKind.JPEG, FileKind.PNG, FileKind.WEBP, FileKind.HEIC, FileKind.AVIF])
@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"\xff\xd8" + b"\xff\xe1\x00\x02" * 9])
async def test_no_picture_at_all_says_so(kind, content):
    with pytest.raises(UnreadablePhoto, match="Download the original"):
        await seen([content], kind)


def jpeg(width: int, height: int, in_front: int = 0) -> bytes:
    """A small JPEG that says it is this large, behind so many bytes of a camera's notes."""
    small = io.BytesIO()
    Image.new("RGB", (8, 8)).save(small, "JPEG")
    data = bytearray(small.getvalue())
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    notes = b"\xff\xe1\x80\x00" + b"n" * (0x8000 - 2)
    return bytes(data[:2] + notes * (in_front // 0x8000) + data[2:])


def png(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    rows = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def webp(width: int, height: int) -> bytes:
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF\x40\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + size + b"\0" * 40


def heic(width: int, height: int) -> bytes:
    small = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 48))).save(small)
    data = bytearray(small.getvalue())
    at = data.index(b"ispe")
    data[at + 8 : at + 16] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return bytes(data)


MADE = {
    "scan.jpg": jpeg,
    "camera.jpg": lambda width, height: jpeg(width, height, in_front=300_000),
    "shot.png": png,
    "shot.webp": webp,
    "IMG_1.HEIC": heic,
}


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize(("side", "taken"), [(8_000, True), (9_500, False), (16_000, False)])
def test_a_picture_too_large_to_draw_is_refused_with_what_to_do(name, side, taken):
    content = bytearray(MADE[name](side, side))
    verdict = judge(name, content[:OPENING_BYTES], len(content), content[-1000:])
    assert (verdict.sentence is None) is taken
    if not taken:
        assert f"{side * side // 10**6} million pixels, more than can be shown (80 million)" in verdict.sentence
        assert "or send a screenshot of it or a PDF." in verdict.sentence


@pytest.mark.parametrize("form", FORMS)
def test_real_pictures_say_how_large_they_are(form):
    assert pixels_of(photo(form, 1), FORMS[form][0]) == 200 * 120 < MOST_PIXELS
    assert pixels_of(photo(form, 1)[:12], FORMS[form][0]) is None


@pytest.mark.parametrize("how", [{"quality": 80}, {"lossless": True}])
def test_plain_webp_says_how_large_it_is(how):
    out = io.BytesIO()
    picture().save(out, "WEBP", **how)
    assert pixels_of(out.getvalue()[:HEAD_BYTES], FileKind.WEBP) == 200 * 120


def test_phones_of_every_kind_say_how_large_their_photos_are():
    for form in ("HEIF", "AVIF"):
        out = io.BytesIO()
        if form == "HEIF":
            pillow_heif.from_pillow(picture()).save(out)
        else:
            picture().save(out, form)
        assert pixels_of(out.getvalue(), FileKind.HEIC) == 200 * 120
