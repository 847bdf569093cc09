"""Who may do what: owners stand in the settings, the others were granted their role in the chat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from bot.models.acts import ItemEntry

Role = Literal["owner", "admin", "editor", "moderator"]
# What a command asks for; `any` is for all who have a role.
Needs = Role | Literal["any"]

# Editors care for the shelves, moderators for people; neither does the other's work.
RANKS: dict[Role, int] = {"owner": 3, "admin": 2, "editor": 1, "moderator": 1}


def may(role: Role | None, needs: Needs | None) -> bool:
    """Whether somebody with `role` may do what `needs` another."""
    if needs == "any":
        return role is not None
    return needs is None or role == needs or outranks(role, needs)


def outranks(role: Role | None, other: Role | None) -> bool:
    """Whether `role` stands above `other`; None is everybody else."""
    return (RANKS[role] if role else 0) > (RANKS[other] if other else 0)


@dataclass(frozen=True, slots=True)
class Act:
    """A line of the audit; `name` is None where the person is unknown or was forgotten.

    `item` is what it was done to, as it stands by now, if it still does.
    """

    what: str
    detail: str
    person_id: int
    name: str | None
    at: datetime
    item: ItemEntry | None = None
