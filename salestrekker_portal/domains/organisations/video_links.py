"""Which links are videos that we show: YouTube and Vimeo in their usual spellings, and nothing else. Pure."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlsplit

from salestrekker_portal.kernel.errors import Invalid

LINK_LIMIT = 300
NO_VIDEO = (
    "Paste the link of one video from YouTube or Vimeo, for example https://youtu.be/aBcDeFgHiJk or "
    "https://vimeo.com/123456789."
)
_YOUTUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "youtube-nocookie.com", "www.youtube-nocookie.com"}
_YOUTUBE_SHORT = {"youtu.be", "www.youtu.be"}
_VIMEO_HOSTS = {"vimeo.com", "www.vimeo.com"}
_VIMEO_PLAYER = {"player.vimeo.com"}
_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_YOUTUBE_PATH = re.compile(r"/(?:shorts|embed|live|v)/([A-Za-z0-9_-]{11})/?")
_VIMEO_PATH = re.compile(r"/(?:channels/[\w-]+/|groups/[\w-]+/videos/)?(\d{6,12})(?:/([0-9a-f]{8,20}))?/?", re.ASCII)
_PLAYER_PATH = re.compile(r"/video/(\d{6,12})/?", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{8,20}")
# Letters of a web address: spaces, brackets, quotes and other alphabets are none of them.
_ADDRESS = re.compile(r"[A-Za-z0-9\-._~:/?#@!$&*+,;=%]+")


@dataclass(frozen=True, kw_only=True)
class VideoLink:
    """One video. `hash` is what an unlisted Vimeo video needs besides its number."""

    vendor: str
    id: str
    hash: str = ""

    @property
    def vendor_name(self) -> str:
        return "YouTube" if self.vendor == "youtube" else "Vimeo"

    @property
    def page(self) -> str:
        """The vendor's own page, for a plain link."""
        if self.vendor == "youtube":
            return f"https://www.youtube.com/watch?v={self.id}"
        return f"https://vimeo.com/{self.id}" + (f"/{self.hash}" if self.hash else "")

    @property
    def frame(self) -> str:
        """The player for a frame, on the vendor's address that sets no tracking cookies."""
        if self.vendor == "youtube":
            return f"https://www.youtube-nocookie.com/embed/{self.id}?autoplay=1&rel=0"
        secret = f"h={self.hash}&" if self.hash else ""
        return f"https://player.vimeo.com/video/{self.id}?{secret}dnt=1&autoplay=1"


def checked_video(raw: object, field: str = "url") -> VideoLink:
    """The video that a typed link names. Raises Invalid (`field`)."""
    text = raw.strip() if isinstance(raw, str) else ""
    if len(text) > LINK_LIMIT:
        raise Invalid({field: f"Use at most {LINK_LIMIT} characters. This has {len(text):,}."})
    found = _video_at(text)
    if found is None:
        raise Invalid({field: NO_VIDEO})
    return found


def _video_at(text: str) -> VideoLink | None:
    if not text or not _ADDRESS.fullmatch(text):
        return None
    # People paste "youtu.be/…" without what stands before it.
    address = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(address)
        plain = parts.scheme in ("https", "http") and parts.port is None and "@" not in parts.netloc
    except ValueError:
        return None
    host = parts.netloc.lower()
    if not plain:
        return None
    if host in _YOUTUBE_HOSTS or host in _YOUTUBE_SHORT:
        return _youtube(host, parts)
    return _vimeo(host, parts) if host in _VIMEO_HOSTS | _VIMEO_PLAYER else None


def _youtube(host: str, parts: SplitResult) -> VideoLink | None:
    if host in _YOUTUBE_SHORT:
        named = parts.path.strip("/")
    elif parts.path.rstrip("/") == "/watch":
        named = parse_qs(parts.query).get("v", [""])[0]
    else:
        match = _YOUTUBE_PATH.fullmatch(parts.path)
        named = match.group(1) if match else ""
    return VideoLink(vendor="youtube", id=named) if _YOUTUBE_ID.fullmatch(named) else None


def _vimeo(host: str, parts: SplitResult) -> VideoLink | None:
    match = (_PLAYER_PATH if host in _VIMEO_PLAYER else _VIMEO_PATH).fullmatch(parts.path)
    if match is None:
        return None
    secret = (match.group(2) if host in _VIMEO_HOSTS else None) or parse_qs(parts.query).get("h", [""])[0]
    if secret and not _HASH.fullmatch(secret):
        return None
    return VideoLink(vendor="vimeo", id=match.group(1), hash=secret)
