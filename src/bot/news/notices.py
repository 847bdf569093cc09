"""What stands in an entry or a page but tells no news: notices, captions, calls to subscribe.

Two entries that share them have nothing in common.
"""

from __future__ import annotations

import re

# Plain phrases: looking for these takes a fortieth of the time that one pattern of all takes.
_PHRASES = """
enable javascript
enable cookies
javascript is disabled
javascript is required
javascript is not enabled
your browser does not
your browser is not
your browser is out
accept cookies
accept all cookies
use cookies
uses cookies
use of cookies
cookie policy
cookie settings
cookie preferences
cookie notice
not a robot
unusual traffic from
page you requested
page you were looking for
page you are looking for
page you're looking for
page was not found
page not found
page could not be found
page is no longer available
access denied
click here to go
click here to continue
subscribe to continue
subscribe to read
subscribe to our
subscribe now
sign up to receive
sign up for our
sign up to our
sign in to continue
sign in to read
log in to continue
log in to read
register to continue
already a subscriber
thank you for subscribing
more newsletters
daily newsletter
weekly newsletter
free newsletter
to your inbox
privacy policy
privacy notice
terms of use
terms of service
all rights reserved
may not be published
may not be reproduced
presentation-ready copies
non-commercial use
noncommercial use
continue reading the main
continue reading below
story continues below
article continues below
advertisement
sponsored content
related articles
related stories
recommended stories
share this with
share this article
share this story
follow us on
media playback is
image copyright
image caption
image credit
photo credit
media caption
enlarge this image
enlarge image
toggle caption
hide caption
file - in this
file - this
breaking news emails
tweet with a location
location to your tweets
location information to your tweets
your tweet location
stores that location
wayback machine
internet archive
archive-it service
these crawls are
责任编辑
扫码关注
点击关注
关注我们的
未经授权
版权所有
免责声明
隐私政策
登录后阅读
登录后查看
订阅后阅读
订阅后查看
页面不存在
"""
# What comes every day under these words is about many things or none.
_COLUMN = re.compile(
    r"""\b(?:
      (?:morning|evening|daily|weekly|weekend|news|world|business|sports?|tech|markets?|[mtwfs]\w+day)
        \ (?:briefing|round-?up|digest|newsletter|quiz|podcast|update)
      | what\ you\ need\ to\ know | top\ stories | things\ (?:to|you\ (?:need|should))\ know
      | (?:day|week|month)\ in\ (?:pictures|photos|review) | in\ pictures | the\ week\ ahead
      | pictures\ of\ the\ (?:day|week) | (?:today|yesterday|this\ week).?s\ (?:papers|front\ pages)
      | crossword | horoscopes? | weather\ (?:for|forecast) | lottery\ (?:results|numbers)
      | open\ thread )\b
    | ^(?: briefing | round-?up | newsletter | quiz | podcast | weather ) \s*[:|–—-]
    | 早报 | 晚报 | 早读 | 早知道 | 日报[：:|丨] | 简报 | 速览 | 一周要闻 | 今日要闻
    | 要闻(?:回顾|汇总|精选) | 新闻早餐 | 每日一 | 天气预报 | 开奖(?:结果|公告|号码)""",
    re.IGNORECASE | re.VERBOSE,
)
_NOTICES = tuple(_PHRASES.strip().split("\n"))
_PIECE = re.compile(r"(?<=[.!?。！？])\s+|(?<=[。！？])|\n+")


def without_notices(text: str) -> str:
    """The text without sentences and lines that are notices."""
    if not is_notice(text):
        return text
    return "\n".join(piece for piece in _PIECE.split(text) if piece and not is_notice(piece))


def is_column(title: str) -> bool:
    """Whether a title is that of a column, which comes again and again with other contents."""
    return _COLUMN.search(title) is not None


def is_notice(piece: str) -> bool:
    """Whether a sentence or line speaks of the page and not of the news."""
    plain = piece.lower().replace("’", "'")
    return any(phrase in plain for phrase in _NOTICES)
