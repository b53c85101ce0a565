"""Which links are videos: YouTube and Vimeo as people paste them, and nothing that only looks like it."""

import pytest

from salestrekker_portal.domains.organisations.video_links import checked_video
from salestrekker_portal.kernel.errors import Invalid

YOUTUBE = [
    "https://youtu.be/aqz-KE-bpKQ",
    "https://youtu.be/aqz-KE-bpKQ?si=abc_123",
    "youtu.be/aqz-KE-bpKQ",
    " https://www.youtube.com/watch?v=aqz-KE-bpKQ ",
    "https://www.youtube.com/watch?list=PL1&v=aqz-KE-bpKQ&t=42s",
    "http://m.youtube.com/watch?v=aqz-KE-bpKQ",
    "youtube.com/shorts/aqz-KE-bpKQ",
    "https://www.youtube.com/embed/aqz-KE-bpKQ?rel=0",
    "https://www.youtube.com/live/aqz-KE-bpKQ",
    "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ",
    "HTTPS://WWW.YOUTUBE.COM/watch?v=aqz-KE-bpKQ",
]
VIMEO = {
    "https://vimeo.com/76979871": "",
    "vimeo.com/76979871?share=copy": "",
    "https://vimeo.com/channels/staffpicks/76979871": "",
    "https://vimeo.com/groups/brokers/videos/76979871": "",
    "https://player.vimeo.com/video/76979871": "",
    "https://vimeo.com/76979871/8272103f6e": "8272103f6e",
    "https://player.vimeo.com/video/76979871?h=8272103f6e&dnt=1": "8272103f6e",
    "https://vimeo.com/76979871?h=8272103f6e": "8272103f6e",
}
REFUSED = [
    "",
    None,
    7,
    ["https://youtu.be/aqz-KE-bpKQ"],
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    "javascript://youtube.com/watch?v=aqz-KE-bpKQ",
    "data:text/html,<iframe src=https://youtu.be/aqz-KE-bpKQ>",
    "https://youtube.com.example.com/watch?v=aqz-KE-bpKQ",
    "https://example.com/youtube.com/watch?v=aqz-KE-bpKQ",
    "https://notyoutube.com/watch?v=aqz-KE-bpKQ",
    "https://youtube.com@example.com/watch?v=aqz-KE-bpKQ",
    "https://youtube.com:8443/watch?v=aqz-KE-bpKQ",
    "https://уoutube.com/watch?v=aqz-KE-bpKQ",
    "https://youtube.com\\@example.com/watch?v=aqz-KE-bpKQ",
    "https://www.youtube.com/watch?v=aqz-KE-bpK",
    "https://www.youtube.com/watch?v=aqz-KE-bpKQ%22onload=x",
    "https://www.youtube.com/@harbourfinance",
    "https://www.youtube.com/playlist?list=PL1234567890",
    "https://youtu.be/aqz-KE-bpKQ/../x",
    "https://youtu.be/aqz-KE-bpKQ\nhttps://youtu.be/aqz-KE-bpKQ",
    "https://vimeo.com/harbour",
    "https://vimeo.com/76979871/NOT-A-HASH",
    'https://vimeo.com/76979871?h="><script>',
    "https://player.vimeo.com.example.com/video/76979871",
    "ftp://vimeo.com/76979871",
    "//vimeo.com/76979871",
    "https://[::1/76979871",
    "https://youtu.be/" + "a" * 2000,
]


@pytest.mark.parametrize("typed", YOUTUBE)
def test_youtube_in_the_spellings_that_people_paste(typed: str) -> None:
    video = checked_video(typed)
    assert (video.vendor, video.id) == ("youtube", "aqz-KE-bpKQ")
    assert video.frame.startswith("https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?")
    assert checked_video(video.page) == video


@pytest.mark.parametrize(("typed", "secret"), VIMEO.items())
def test_vimeo_with_and_without_the_hash_of_an_unlisted_video(typed: str, secret: str) -> None:
    video = checked_video(typed)
    assert (video.vendor, video.id, video.hash) == ("vimeo", "76979871", secret)
    assert video.frame.startswith("https://player.vimeo.com/video/76979871?") and "dnt=1" in video.frame
    assert (f"h={secret}" in video.frame) == bool(secret)
    assert checked_video(video.page) == video


@pytest.mark.parametrize("typed", REFUSED)
def test_everything_else_is_refused_with_a_sentence(typed: object) -> None:
    with pytest.raises(Invalid) as refusal:
        checked_video(typed)
    assert refusal.value.errors["url"].endswith(".")
