"""What the page asks for and does, as plain JSON; every refusal is one sentence."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.playground import people
from bot.playground.chats import Chat, Json
from bot.playground.client import Person
from bot.playground.errors import ApiError
from bot.playground.files import UPLOAD_LIMIT
from bot.playground.page.guard import Guard
from bot.playground.page.stream import Streams
from bot.playground.pictures import is_picture
from bot.playground.waiting import until
from bot.playground.world import Query, World

ANSWER_SECONDS = 30.0
_HERE = Path(__file__).parent
_SAFE_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
Act = Callable[[Request], Awaitable[Any]]
T = TypeVar("T")


class ChatPage:
    def __init__(
        self,
        world: World,
        seats: Callable[[], list[Person]],
        jump: Callable[[int], Awaitable[None]] | None,
    ) -> None:
        self._world, self._seats, self._jump_clock = world, seats, jump
        self._streams = Streams(world, seats, can_jump=jump is not None)
        self.port = 0
        self.app = Guard(Starlette(routes=self._routes()), lambda: self.port)

    def close(self) -> None:
        self._streams.close()

    def _routes(self) -> list[Route | Mount]:
        acts: dict[str, Act] = {
            "send": self._send,
            "press": self._press,
            "upload": self._upload,
            "inline": self._inline,
            "choose": self._choose,
            "read": self._read,
            "jump": self._jump,
        }
        return [
            Route("/page/events", self._events),
            Route("/page/files/{file_id}", self._file),
            *(Route(f"/page/{name}", _spoken(act), methods=["POST"]) for name, act in acts.items()),
            Mount("/", StaticFiles(directory=_HERE / "static", html=True)),
        ]

    async def _events(self, request: Request) -> Response:
        return StreamingResponse(self._streams.events(), media_type="text/event-stream")

    async def _file(self, request: Request) -> Response:
        file = self._world.files.find(request.path_params["file_id"])
        if file is None:
            return JSONResponse({"error": "This file is gone."}, status_code=404)
        shown = "inline" if file.mime_type in _SAFE_PICTURES else "attachment"
        name = f"{shown}; filename*=UTF-8''{quote(file.name)}"
        kind = file.mime_type if shown == "inline" else "application/octet-stream"
        return Response(file.data, media_type=kind, headers={"Content-Disposition": name})

    async def _send(self, request: Request) -> Json:
        said = await _said(request)
        person = self._person(said.get("person"))
        chat = self._chat(person, said.get("chat"))
        reply_to = int(said.get("reply_to") or 0)
        if reply_to and reply_to not in chat.messages:
            raise people.ImpossibleError("The message you answer is gone.")
        text = str(said.get("text", ""))
        message = people.say(self._world, person.user, chat, text, reply_to=reply_to)
        return {"message_id": message["message_id"]}

    async def _press(self, request: Request) -> Json:
        said = await _said(request)
        person = self._person(said.get("person"))
        chat = self._chat(person, said.get("chat"))
        message = chat.messages.get(int(said.get("message") or 0))
        if message is None:
            raise people.ImpossibleError("This message is gone.")
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        pressed = [b for row in rows for b in row if b.get("callback_data") == said.get("data")]
        if not pressed:
            raise people.ImpossibleError("This button is gone.")
        query = people.press(self._world, person.user, chat, message, said["data"])
        return await self._answer(query)

    async def _upload(self, request: Request) -> Json:
        asked = request.query_params
        person = self._person(asked.get("person"))
        chat = self._chat(person, int(asked.get("chat", "0")))
        data = await _body(request)
        name = asked.get("name", "file")[:200]
        message = people.attach(
            self._world,
            person.user,
            chat,
            data,
            name,
            asked.get("caption", ""),
            photo=asked.get("photo") == "1" and is_picture(data),
        )
        return {"message_id": message["message_id"]}

    async def _inline(self, request: Request) -> Json:
        said = await _said(request)
        person = self._person(said.get("person"))
        query = people.ask_inline(self._world, person.user, str(said.get("query", "")))
        return {"id": query.id, **await self._answer(query)}

    async def _choose(self, request: Request) -> Json:
        said = await _said(request)
        person = self._person(said.get("person"))
        chat = self._chat(person, said.get("chat"))
        query = self._world.queries.get(str(said.get("id")))
        results = query.answer["results"] if query and query.answer else []
        chosen = next((r for r in results if r["id"] == said.get("result")), None)
        if chosen is None:
            raise people.ImpossibleError("This result is gone.")
        text = str(said.get("query", ""))
        message = people.choose(self._world, person.user, chat, text, chosen)
        return {"message_id": message["message_id"]}

    async def _read(self, request: Request) -> Json:
        """Every tab of this person hears how far the chat was read."""
        said = await _said(request)
        person = self._person(said.get("person"))
        chat = self._chat(person, said.get("chat"))
        newest = int(said.get("message") or 0)
        if newest > chat.read.get(person.id, 0):
            chat.read[person.id] = newest
            self._world.tell("read", chat.id, {})
        return {}

    async def _jump(self, request: Request) -> Json:
        """What was asked just before is answered first: it may be what the jump is for."""
        said = await _said(request)
        if self._jump_clock is None:
            raise people.ImpossibleError("The clock of this bot cannot be moved.")
        person = self._person(said.get("person"))
        chat = people.private_chat(self._world, person.user)
        await self._in_time(lambda: _is_answered(chat, person.id))
        await self._jump_clock(person.id)
        return {}

    async def _answer(self, query: Query) -> Json:
        """What the bot answered; `late` when it did not in time."""
        late = {"text": "", "show_alert": False, "url": "", "results": [], "late": True}
        return await self._in_time(lambda: query.answer) or late

    async def _in_time(self, look: Callable[[], T | None]) -> T | None:
        try:
            return await until(self._world, look, "the bot", ANSWER_SECONDS)
        except AssertionError:
            return None

    def _person(self, number: Any) -> Person:
        seats = self._seats()
        return next((seat for seat in seats if str(seat.id) == str(number)), seats[0])

    def _chat(self, person: Person, given: Any) -> Chat:
        number = int(given or 0)
        chat = self._world.chats.get(number)
        if number == person.id:
            return people.private_chat(self._world, person.user)
        if chat is None or not self._world.sees(person.id, chat):
            raise people.ImpossibleError("This chat is gone.")
        return chat


def _is_answered(chat: Chat, person_id: int) -> bool:
    """Whether the last word is not this person's."""
    newest = next(reversed(chat.messages.values()), None)
    return newest is None or newest["from"]["id"] != person_id


def _spoken(act: Act) -> Act:
    """What cannot be done is told in one sentence."""

    async def answer(request: Request) -> Response:
        try:
            return JSONResponse(await act(request))
        except people.ImpossibleError as refused:
            return JSONResponse({"error": str(refused)}, status_code=400)
        except ApiError as refused:
            return JSONResponse({"error": refused.description}, status_code=refused.code)
        except (ValueError, TypeError):
            return JSONResponse({"error": "That was not understood."}, status_code=400)

    return answer


async def _said(request: Request) -> Json:
    said = await request.json()
    if not isinstance(said, dict):
        raise TypeError("an object was expected")
    return said


async def _body(request: Request) -> bytes:
    too_big = ApiError(413, "Files may have up to 50 MB.")
    if int(request.headers.get("content-length", "0")) > UPLOAD_LIMIT:
        raise too_big
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > UPLOAD_LIMIT:
            raise too_big
        chunks.append(chunk)
    return b"".join(chunks)
