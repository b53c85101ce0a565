"""Sends what is due by the shipped post, as its lanes do, and waits for the end of it."""

from salestrekker_portal.due.post import Post
from salestrekker_portal.tables.outbox import Channel


async def one_round(post: Post, *channels: Channel) -> int:
    """How many messages were started on these channels, or on all that the post has; each has been dealt with."""
    carried = [Channel(lane.name) for lane in post.lanes() if lane.settled is not None]
    started = 0
    for channel in channels or carried:
        started += await post.start_sending(channel)
        await post.settled(channel)
    return started
