"""THE ROLL: one import and one line per command; handlers, Telegram's menu and /help follow it."""

from __future__ import annotations

from bot.commands import (
    about,
    addfeed,
    audit,
    catchup,
    digest,
    feeds,
    files,
    follow,
    forget,
    grant,
    headlines,
    health,
    help,  # noqa: A004
    inline,
    invite,
    joining,
    joke,
    links,
    mute,
    otherwise,
    report,
    revoke,
    search,
    settings,
    start,
    subscribe,
    summarize,
    undo,
    unsubscribe,
    why,
)

ROLL = (
    joke.COMMAND,
    headlines.COMMAND,
    report.COMMAND,
    digest.COMMAND,
    subscribe.COMMAND,
    unsubscribe.COMMAND,
    catchup.COMMAND,
    search.COMMAND,
    summarize.COMMAND,
    follow.COMMAND,
    mute.COMMAND,
    why.COMMAND,
    settings.COMMAND,
    help.COMMAND,
    about.COMMAND,
    forget.COMMAND,
    start.COMMAND,
    invite.COMMAND,
    feeds.COMMAND,
    addfeed.COMMAND,
    undo.COMMAND,
    grant.COMMAND,
    revoke.COMMAND,
    audit.COMMAND,
    health.COMMAND,
)

# What is no command: asked after all of the roll, in this order.
OTHERS = (
    *joining.HANDLERS,
    *inline.HANDLERS,
    *files.HANDLERS,
    *links.HANDLERS,
    *otherwise.HANDLERS,
)
