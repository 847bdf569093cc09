"""Groups, supergroups and channels: what the bot hears there and what it may do."""

from typing import Any

import pytest

from bot.playground import Person, Playground
from tests.playground.conftest import Api


@pytest.fixture
def ann(telegram: Playground) -> Person:
    return telegram.person("Ann")


async def heard(api: Api) -> list[str]:
    updates: list[dict[str, Any]] = await api.result("getUpdates")
    return [u["message"]["text"] for u in updates if "message" in u and "text" in u["message"]]


async def test_a_bot_that_is_no_admin_hears_only_what_is_meant_for_it(
    api: Api, telegram: Playground, ann: Person
) -> None:
    group = telegram.group("Family", members=[ann])
    await api.result("sendMessage", chat_id=group.id, text="hello")
    hello = await ann.reply(in_=group)
    await ann.send("chatter", in_=group)
    await ann.send("/joke", in_=group)
    await ann.send("/joke@quipwire_bot", in_=group)
    await ann.send("/joke@other_bot", in_=group)
    await ann.send("hey @quipwire_bot", in_=group)
    await ann.send("thanks", in_=group, reply_to=hello)
    assert await heard(api) == ["/joke", "/joke@quipwire_bot", "hey @quipwire_bot", "thanks"]


async def test_an_admin_bot_hears_everything(api: Api, telegram: Playground, ann: Person) -> None:
    group = telegram.group("Family", members=[ann], admin=True)
    await ann.send("chatter", in_=group)
    assert await heard(api) == ["chatter"]


async def test_being_added_and_kicked_is_told(api: Api, telegram: Playground, ann: Person) -> None:
    group = telegram.group("Family", members=[ann])
    group.kick_bot(by=ann)
    updates = [u["my_chat_member"] for u in await api.result("getUpdates")]
    assert [u["new_chat_member"]["status"] for u in updates] == ["member", "kicked"]
    refusal = await api.refusal("sendMessage", chat_id=group.id, text="x")
    assert refusal == "Forbidden: bot was kicked from the supergroup chat"


async def test_a_bot_that_left_may_not_write(api: Api, telegram: Playground, ann: Person) -> None:
    group = telegram.group("Family", members=[ann], supergroup=False)
    await api.result("leaveChat", chat_id=group.id)
    refusal = await api.refusal("sendMessage", chat_id=group.id, text="x")
    assert refusal == "Forbidden: bot is not a member of the group chat"


async def test_an_upgraded_group_tells_its_new_id(
    api: Api, telegram: Playground, ann: Person
) -> None:
    group = telegram.group("Family", members=[ann], supergroup=False)
    old_id = group.migrate()
    answer = await api("sendMessage", chat_id=old_id, text="x")
    assert answer["description"] == ("Bad Request: group chat was upgraded to a supergroup chat")
    assert answer["parameters"] == {"migrate_to_chat_id": group.id}
    messages = [u["message"] for u in await api.result("getUpdates") if "message" in u]
    assert messages[0]["migrate_to_chat_id"] == group.id
    assert messages[1]["migrate_from_chat_id"] == old_id
    await api.result("sendMessage", chat_id=group.id, text="x")
    assert (await ann.reply(in_=group)).text == "x"


async def test_channels_are_written_to_by_name_and_by_admins_only(
    api: Api, telegram: Playground, ann: Person
) -> None:
    channel = telegram.channel("News", owner=ann, username="quip_news")
    await api.result("sendMessage", chat_id="@quip_news", text="hello")
    message = await ann.reply(in_=channel)
    assert message.raw["sender_chat"]["title"] == "News"
    await channel.post("from a person")
    assert "channel_post" in (await api.result("getUpdates"))[-1]
    channel.add_bot(admin=False)
    refusal = await api.refusal("sendMessage", chat_id=channel.id, text="x")
    assert refusal == "Bad Request: need administrator rights in the channel chat"


async def test_topics_have_threads(api: Api, telegram: Playground, ann: Person) -> None:
    group = telegram.group("Forum", members=[ann])
    thread = group.topic("Jokes")
    sent = {"chat_id": group.id, "text": "x"}
    message = await api.result("sendMessage", **sent, message_thread_id=thread)
    assert message["is_topic_message"]
    refusal = await api.refusal("sendMessage", **sent, message_thread_id=thread + 1)
    assert refusal == "Bad Request: message thread not found"


async def test_only_admins_write_in_a_closed_topic(
    api: Api, telegram: Playground, ann: Person
) -> None:
    group = telegram.group("Forum", members=[ann])
    thread = group.topic("Jokes")
    sent = {"chat_id": group.id, "text": "x", "message_thread_id": thread}
    group.close_topic(thread)
    assert "forum_topic_closed" in (await api.result("getUpdates"))[-1]["message"]
    assert await api.refusal("sendMessage", **sent) == "Bad Request: TOPIC_CLOSED"
    group.add_bot(admin=True)
    await api.result("sendMessage", **sent)
    group.close_topic(thread)
    assert "forum_topic_reopened" in (await api.result("getUpdates"))[-1]["message"]


async def test_members_have_their_status(api: Api, telegram: Playground, ann: Person) -> None:
    bob, eve = telegram.person("Bob"), telegram.person("Eve")
    group = telegram.group("Family", members=[ann, bob], admin=True)
    place = {"chat_id": group.id}
    statuses = [
        (await api.result("getChatMember", **place, user_id=person.id))["status"]
        for person in (ann, bob, eve)
    ]
    assert statuses == ["creator", "member", "left"]
    admins = await api.result("getChatAdministrators", **place)
    assert [admin["user"]["first_name"] for admin in admins] == ["Ann", "Quipwire"]
    assert await api.refusal("getChatMember", **place, user_id=5) == "Bad Request: user not found"


async def test_an_anonymous_admin_speaks_for_the_group(
    api: Api, telegram: Playground, ann: Person
) -> None:
    group = telegram.group("Family", members=[ann])
    await ann.send("/joke", in_=group, anonymous=True)
    message = (await api.result("getUpdates"))[-1]["message"]
    assert message["sender_chat"]["id"] == group.id
    assert message["from"]["username"] == "GroupAnonymousBot"


async def test_pinning_needs_rights(api: Api, telegram: Playground, ann: Person) -> None:
    group = telegram.group("Family", members=[ann])
    message = await api.result("sendMessage", chat_id=group.id, text="x")
    pin = {"chat_id": group.id, "message_id": message["message_id"]}
    assert "not enough rights" in await api.refusal("pinChatMessage", **pin)
    group.add_bot(admin=True)
    await api.result("pinChatMessage", **pin)
    pinned = (await api.result("getChat", chat_id=group.id))["pinned_message"]
    assert pinned["message_id"] == message["message_id"]


async def test_a_chat_action_must_be_known(api: Api, telegram: Playground, ann: Person) -> None:
    await ann.send("/start")
    await api.result("sendChatAction", chat_id=ann.id, action="typing")
    refusal = await api.refusal("sendChatAction", chat_id=ann.id, action="dancing")
    assert refusal == "Bad Request: wrong parameter action in request"
