"""`make bench`"""

from __future__ import annotations

import uvloop

from bench import pdf, replies, startup

uvloop.run(startup.main())
uvloop.run(replies.main())
pdf.main()
