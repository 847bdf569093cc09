"""`make bench`"""

from __future__ import annotations

import uvloop

from bench import delivery, feeds, pdf, replies, startup

uvloop.run(startup.main())
uvloop.run(replies.main())
uvloop.run(feeds.main())
uvloop.run(delivery.main())
pdf.main()
