"""What we want to say arrives: in parts, in plain text, in the new chat, in the right topic."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qs, urlsplit

import pytest
from markupsafe import Markup
from telegram import InlineQuery
from telegram.error import BadRequest

from bot.models.messages import Button, File, Message
from bot.playground import people
from bot.tg.sender import edit, edit_buttons, markup, offer, put, reply, send, send_file, send_photo
from tests.tg.house import PING, command, presses, serving

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Update
    from telegram.ext import ExtBot

    from bot.playground import Person, Playground
    from bot.store.database import Database
    from bot.tg.command import Press
    from bot.tg.context import Context

DOT = b"GIF89a\x09\x00\x09\x00"
BUTTONS = ((Button("Here", "here:"),), ())


def raw(html: str) -> Markup:
    """HTML as it stands, good or bad."""
    return Markup(html)  # noqa: S704


async def met(telegram: Playground) -> Person:
    """Somebody the bot may write to."""
    ann = telegram.person("Ann")
    await ann.send("hello")
    return ann


def changes_to(message: Message) -> Press:
    async def change(update: Update, _: Context, __: str) -> None:
        assert update.callback_query
        await edit(update.callback_query, message)

    return change


async def test_html_goes_out_as_html(telegram: Playground, db: Database) -> None:
    ann = await met(telegram)
    async with serving(telegram, db) as house:
        await ann.reply()
        await send(house.application.bot, ann.id, Message(Markup("<b>1 &lt; 2</b>"), BUTTONS))
        message = await ann.reply()
    assert message.html == "<b>1 &lt; 2</b>"
    assert message.buttons == [["Here"]]


async def test_a_long_text_goes_out_in_parts_and_the_buttons_stand_under_the_last(
    telegram: Playground, db: Database
) -> None:
    ann = await met(telegram)
    words = " ".join(f"字{number}😀" for number in range(2000))
    async with serving(telegram, db) as house:
        await ann.reply()
        await send(house.application.bot, ann.id, Message(raw(f"<i>{words}</i>"), BUTTONS))
        parts = [await ann.reply() for _ in range(4)]
        assert not ann.unread()
    assert " ".join(part.text for part in parts) == words
    assert [part.html for part in parts] == [f"<i>{part.text}</i>" for part in parts]
    assert [part.buttons for part in parts] == [[], [], [], [["Here"]]]


@pytest.mark.parametrize("html", ["<b>1 &lt; 2", "1 &lt; 2</b>", "<what>1 &lt; 2</what>"])
async def test_html_that_telegram_refuses_goes_out_as_plain_text(
    telegram: Playground, db: Database, html: str
) -> None:
    ann = await met(telegram)
    async with serving(telegram, db) as house:
        await ann.reply()
        await send(house.application.bot, ann.id, Message(raw(html), BUTTONS))
        message = await ann.reply()
    assert message.text == "1 < 2"
    assert message.entities == []
    assert message.buttons == [["Here"]]


async def test_when_only_a_later_part_is_refused_no_part_comes_twice(
    telegram: Playground, db: Database
) -> None:
    ann = await met(telegram)
    async with serving(telegram, db) as house:
        await ann.reply()
        html = raw("a" * 4000 + "\n" + "b" * 500 + "<nonsense></nonsense>")
        await send(house.application.bot, ann.id, Message(html))
        assert [(await ann.reply()).text for _ in range(2)] == ["a" * 4000, "b" * 500]
        assert not ann.unread()


async def test_any_other_refusal_is_the_caller_s(telegram: Playground, db: Database) -> None:
    async with serving(telegram, db) as house:
        with pytest.raises(BadRequest, match="Chat not found"):
            await send(house.application.bot, 424242, Message.of("x"))


async def test_a_group_that_has_moved_is_followed(telegram: Playground, db: Database) -> None:
    ann = telegram.person("Ann")
    team = telegram.group("Team", members=[ann], supergroup=False)
    async with serving(telegram, db) as house:
        await ann.reply(in_=team)
        old = team.migrate()
        await send(house.application.bot, old, Message.of("still here"))
        assert (await ann.reply(in_=team)).text == "still here"


@pytest.mark.parametrize("send_it", [send_file, send_photo])
async def test_a_file_and_a_picture_follow_a_group_that_has_moved_too(
    telegram: Playground, db: Database, send_it: Callable[..., Awaitable[None]]
) -> None:
    ann = telegram.person("Ann")
    team = telegram.group("Team", members=[ann], supergroup=False)
    async with serving(telegram, db) as house:
        await ann.reply(in_=team)
        chat = SimpleNamespace(id=team.migrate())
        asked = cast("Update", SimpleNamespace(effective_chat=chat, effective_message=None))
        await send_it(house.application.bot, asked, File("dot.gif", DOT, "still here"))
        assert (await ann.reply(in_=team)).text == "still here"


async def test_an_answer_comes_in_the_topic_where_the_question_stood(
    telegram: Playground, db: Database
) -> None:
    ann = telegram.person("Ann")
    team = telegram.group("Team", members=[ann])
    topic = team.topic("Jokes")
    async with serving(telegram, db, PING):
        await ann.reply(in_=team)
        await ann.send("/ping", in_=team, topic=topic)
        assert (await ann.reply(in_=team)).raw["message_thread_id"] == topic
        await ann.send("/ping", in_=team)
        assert "message_thread_id" not in (await ann.reply(in_=team)).raw


async def test_a_file_arrives_with_its_name_and_caption(telegram: Playground, db: Database) -> None:
    async def give(update: Update, context: Context) -> None:
        await send_file(context.bot, update, File("工作 报告.txt", b"\xef\xbb\xbf<b>", "<b>&"))

    ann = telegram.person("Ann")
    async with serving(telegram, db, command("give", give)):
        await ann.send("/give")
        message = await ann.reply()
    assert message.document is not None
    assert message.document.name == "工作 报告.txt"
    assert message.document.data == b"\xef\xbb\xbf<b>"
    assert message.text == "<b>&"


async def test_a_press_turns_the_message_and_a_command_gets_a_new_one(
    telegram: Playground, db: Database
) -> None:
    async def run(update: Update, context: Context) -> None:
        await put(context.bot, update, Message.of("page", ((Button("Turn", "turn:"),),)))

    async def turn(update: Update, context: Context, _: str) -> None:
        await put(context.bot, update, Message.of("next page"))

    ann = telegram.person("Ann")
    async with serving(telegram, db, command("page", run, buttons={"turn": turn})):
        await ann.send("/page")
        page = await ann.reply()
        await ann.press(page, "Turn")
        assert (await page.edited()).text == "next page"
        assert page.buttons == []
        assert not ann.unread()


async def test_an_edit_that_changes_nothing_is_fine(telegram: Playground, db: Database) -> None:
    async def same(update: Update, _: Context, __: str) -> str:
        assert update.callback_query
        keyboard = ((Button("same", "same:a:b"),),)
        await edit(update.callback_query, Message.of("board", keyboard))
        await edit_buttons(update.callback_query, keyboard)
        return "nothing new"

    ann = telegram.person("Ann")
    async with serving(telegram, db, presses(same=same)):
        await ann.send("/board")
        assert await ann.press(await ann.reply(), "same") == "nothing new"


async def test_a_message_that_went_away_under_the_finger_needs_no_change(
    telegram: Playground, db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async def late(update: Update, context: Context, __: str) -> str:
        query = update.callback_query
        assert query
        assert query.message
        await context.bot.delete_message(query.message.chat.id, query.message.message_id)
        await edit(query, Message.of("never seen"))
        await edit_buttons(query, BUTTONS)
        return "done"

    ann = telegram.person("Ann")
    async with serving(telegram, db, presses(late=late)):
        await ann.send("/board")
        assert await ann.press(await ann.reply(), "late") == "done"
    assert caplog.text == ""


@pytest.mark.parametrize(
    ("html", "text"), [("<b>1 &lt; 2", "1 < 2"), ("x" * 5000, "x" * 4095 + "…")]
)
async def test_an_edit_that_telegram_refuses_is_made_in_plain_text(
    telegram: Playground, db: Database, html: str, text: str
) -> None:
    ann = telegram.person("Ann")
    async with serving(telegram, db, presses(odd=changes_to(Message(raw(html), BUTTONS)))):
        await ann.send("/board")
        board = await ann.reply()
        assert await ann.press(board, "odd") == ""
        assert (await board.edited()).text == text
        assert board.buttons == [["Here"]]


async def test_buttons_work_for_ever_also_on_messages_telegram_no_longer_shows_us(
    telegram: Playground, db: Database
) -> None:
    async def vote(update: Update, _: Context, __: str) -> None:
        assert update.callback_query
        await edit(update.callback_query, Message.of("turned", ((Button("vote", "vote:"),),)))
        await edit_buttons(update.callback_query, ((Button("voted", "vote:"),),))

    ann = telegram.person("Ann")
    async with serving(telegram, db, presses(vote=vote)) as house:
        await ann.send("/board")
        board = await ann.reply()
        chat = telegram.world.chat(ann.id)
        hidden = {"message_id": board.id, "chat": chat.info, "date": 0}
        query = people.press(telegram.world, ann.user, chat, hidden, "vote:a")
        await house.quiet()
        assert query.answer is not None
        assert (await board.edited()).text == "turned"
        assert board.buttons == [["voted"]]


async def test_an_answer_that_comes_too_late_is_no_failure(
    telegram: Playground, db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async def say(_: Update, __: Context, ___: str) -> str:
        return "said"

    ann = telegram.person("Ann")
    async with serving(telegram, db, presses(say=say)) as house:
        await ann.send("/board")
        board = await ann.reply()
        telegram.faults.answer(
            "answerCallbackQuery", 400,
            description="Bad Request: query is too old and response timeout expired or query ID"
            " is invalid",
        )  # fmt: skip
        people.press(telegram.world, ann.user, telegram.world.chat(ann.id), board.raw, "say:")
        await house.quiet()
        assert await house.undone() == []
    assert caplog.text == ""


async def test_an_offer_that_comes_too_late_is_no_failure(
    telegram: Playground, db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    ann = await met(telegram)
    asked = people.ask_inline(telegram.world, ann.user, "cats")
    raw_query = {"id": asked.id, "from": ann.user, "query": "cats", "offset": ""}
    async with serving(telegram, db) as house:
        query = InlineQuery.de_json(raw_query, house.application.bot)
        await offer(query, [])
        await offer(query, [])
    assert asked.answer is not None
    assert caplog.text == ""


async def test_share_opens_a_chat_picker_or_where_inline_is_off_a_link(
    telegram: Playground, db: Database
) -> None:
    share = ((Button("Share", share="joke-7"),),)
    async with serving(telegram, db) as house:
        inline = markup(house.application.bot, share)
    plain_bot = SimpleNamespace(supports_inline_queries=False, username="quipwire_bot")
    link = markup(cast("ExtBot[bool]", plain_bot), share)
    assert inline is not None
    assert inline.inline_keyboard[0][0].switch_inline_query == "joke-7"
    assert link is not None
    address = urlsplit(str(link.inline_keyboard[0][0].url))
    assert parse_qs(address.query) == {"url": ["https://t.me/quipwire_bot?start=joke-7"]}


async def test_no_buttons_are_no_keyboard() -> None:
    assert markup(cast("ExtBot[bool]", None), ((), ())) is None


async def test_a_message_never_shows_a_preview_of_its_links(
    telegram: Playground, db: Database
) -> None:
    async def run(update: Update, context: Context) -> None:
        await reply(context.bot, update, Message.of("https://example.org"))

    ann = telegram.person("Ann")
    async with serving(telegram, db, command("link", run)):
        await ann.send("/link")
        assert (await ann.reply()).raw["link_preview_options"] == {"is_disabled": True}
