"""Who sits at the chat page when nobody else was introduced: two readers and an admin."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Persona:
    id: int
    first_name: str
    language_code: str
    role: str


ADMIN = Persona(703, "Robin", "en", "Admin")
PERSONAS = (
    Persona(701, "Maya", "en", "English reader"),
    Persona(702, "小林", "zh-hans", "中文读者"),
    ADMIN,
)
ROLES = {persona.id: persona.role for persona in PERSONAS}
GROUP_TITLE = "Tea kitchen 茶水间"
