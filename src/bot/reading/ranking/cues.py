"""Kinds of words that tell how a sentence is said, in English and Chinese."""

from __future__ import annotations

import re

_PRONOUNS = "he she it they his her their this that these those such him them its 他 她 它 这 那"
_FIRST = "i we our my us me ours mine myself i'm we're i've we've i'll we'll i'd we'd 我 我们 我的"
_SECOND = "you your yours you're you've you'll you'd 你 您 你们 您的 你的"
_MAIN = """
conclude concludes concluded conclusion conclusions summary summarize summarise overall results
result found find findings show shows showed shown suggest suggests suggested indicate indicates
indicated demonstrate demonstrates demonstrated therefore significant significantly important
importantly key main major recommend recommends recommended recommendation decide decided decision
agree agreed announce announced announces reveal revealed according purpose aim aims objective
report reported propose proposed expect expects expected increase increased
结论 总结 综上 因此 所以 总之 表明 说明 认为 建议 决定 指出 强调 主要 重点 关键 核心 判决 本院 应当
会议 提出 要求 目标
"""
_ASIDE = """
example instance e.g i.e figure fig table see also thank thanks hello hi okay ok yeah um uh sorry
morning afternoon welcome operator question questions maybe perhaps guess
例如 比如 谢谢 你好 大家 哈哈 对对 好的 那个 这个 可能 其实 然后 就是 的话
"""

_WORDS = {
    "pronouns": frozenset(_PRONOUNS.split()),
    "first_person": frozenset(_FIRST.split()),
    "second_person": frozenset(_SECOND.split()),
    "main": frozenset(_MAIN.split()),
    "aside": frozenset(_ASIDE.split()),
}

# A sentence that opens so leans on the one before it, and reads badly alone.
POINTS_BACK = re.compile(
    r"""\W*(?: (?: he | she | it | they | his | her | their | this | that | these | those | such
      | him | them | its | but | and | so | however | also | then | or | yet | instead | therefore
      | thus | here | there | another | both )\b
      | 他 | 她 | 它 | 这 | 那 | 其 | 但 | 而 | 并且 | 此 | 所以 | 因此 | 然后 | 另外 | 同时 )""",
    re.IGNORECASE | re.VERBOSE,
)

KINDS = tuple(_WORDS)


def _bits() -> dict[str, int]:
    bits: dict[str, int] = {}
    for bit, words in enumerate(_WORDS.values()):
        for word in words:
            bits[word] = bits.get(word, 0) | 1 << bit
    return bits


# The kinds of a word as a set of bits, in the order of `KINDS`.
BITS = _bits()
