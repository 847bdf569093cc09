"""THE ROLL: one import and one line per command; handlers, Telegram's menu and /help follow it."""

from __future__ import annotations

from bot.commands import (
    about,
    addfeed,
    addjoke,
    audit,
    catchup,
    digest,
    drafts,
    export,
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
    queue,
    report,
    revoke,
    search,
    settings,
    start,
    submit,
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
    submit.COMMAND,
    settings.COMMAND,
    help.COMMAND,
    about.COMMAND,
    forget.COMMAND,
    start.COMMAND,
    invite.COMMAND,
    feeds.COMMAND,
    addjoke.COMMAND,
    addfeed.COMMAND,
    undo.COMMAND,
    queue.COMMAND,
    grant.COMMAND,
    revoke.COMMAND,
    audit.COMMAND,
    health.COMMAND,
    export.COMMAND,
)

# Asked before all of the roll: what belongs to a draft is nothing else.
FIRST = drafts.HANDLERS

# What is no command: asked after all of the roll, in this order.
OTHERS = (
    *joining.HANDLERS,
    *inline.HANDLERS,
    *files.HANDLERS,
    *links.HANDLERS,
    *otherwise.HANDLERS,
)
