"""Units and counted words that figures are told by."""

from __future__ import annotations

_ENGLISH = """
ton tons tonne tonnes kg kilogram kilograms gram grams pound pounds ounce ounces
kilometer kilometers kilometre kilometres km meter meters metre metres cm mm mile miles foot feet
inch inches acre acres hectare hectares mu litre litres liter liters gallon gallons barrel barrels
yuan rmb dollar dollars euro euros yen won rupee rupees franc francs cent cents pence
kilowatt kilowatts megawatt megawatts gigawatt gigawatts kw mw gw kwh mwh gwh megawatt-hours
volt volts watt watts degree degrees people men women children staff personnel households cattle
sheep fish aircraft
"""
_LABELS = """
article section chapter figure fig table type phase page pages no nos number version level grade
class group part item step rule paragraph appendix annex volume clause line day week option
question route flight channel room floor category stage tier round
january february march april may june july august september october november december jan feb mar
apr jun jul aug sep sept oct nov dec
"""
_NOT_COUNTED = """
january february march april may june july august september october november december jan feb mar
apr jun jul aug sep sept oct nov dec am pm is was has does this his its says as us yes less perhaps
thus plus always besides towards across versus times others describes allows uses shows
provides requires includes makes states means gives contains defines becomes remains exceeds lists
"""
_STOPS = """
a an the and or but nor so yet in on at by for from to with without into onto over under of off
than then as is are was were be been being has have had do does did will would can could may might
shall should must not that which who whom whose where when while if because although after before
since until during between among against through per each every all both it its he she they we you
i this these those there here his her their our your my very too also only just more most less
said told took made went came got left rose fell grew gave saw ran held kept died lost won met
last next ago now up down out back about around
"""

# Nouns that a number may stand before without a plural `s`.
ENGLISH = frozenset(_ENGLISH.split())
# Words whose number is a name: `Article 5`, `May 20`.
LABELS = frozenset(_LABELS.split())
# Words that end like a plural, or follow a number, but are not counted.
NOT_COUNTED = frozenset(_NOT_COUNTED.split())
STOPS = frozenset(_STOPS.split())

_CHINESE_MEASURES = """
平方公里 平方千米 平方米 立方米 公里 千米 厘米 毫米 海里 米 公顷 亩 公斤 千克 克 升 毫升 千瓦时
兆瓦 千瓦 度 瓦 美元 欧元 港元 日元 英镑 元 人 人次 户 户次 岁 个月 小时 分钟 天 周
"""
_CHINESE_COUNTERS = """
名 位 吨 个 棵 株 辆 台 座 家 所 项 件 条 处 头 只 匹 套 张 份 场 次 批 间 栋 幢 幅 册 卷 篇 部
本 支 架 艘 列 班 组 队 口 盏 块 片 枚 根 颗 粒 箱 袋 瓶 种 类 例 起 宗 笔 款 对
"""
_CHINESE_STOPS = """
经过 增加 减少 发生 使用 进水 完成 达到 开展 参加 进行 实现 成为 开始 来自 参与 左右 以上 以下 以内
组成 其中 当中 之间 分别 采用 需要 已经 没有 可以 可能 应当 能够 仍然 都是 就是 属于 位于 用于 从事
获得 接受 通过 超过 不足 位居 如果 因为 因此 所以 但是 而且 并且 以及 或者 这个 这些 那些 我们 他们
它们 什么 现在 目前 同时 此外 另外 还有 只有
"""
# Words that stand between a number and what it counts: 11处小水站.
CHINESE_COUNTERS = frozenset(_CHINESE_COUNTERS.split())
# Longest first, so that `平方米` is not read as its beginning.
CHINESE = sorted(
    CHINESE_COUNTERS | frozenset(_CHINESE_MEASURES.split()), key=lambda unit: (-len(unit), unit)
)
CHINESE_STOPS = frozenset(_CHINESE_STOPS.split())
# Nouns of one character that a counter may stand before, and what may stand before a noun.
SHORT_NOUNS = frozenset("树车楼村桥井船鸡牛羊猪马鱼书房店路灯人县镇乡市省国岗")
KINDS = frozenset("小大新老旧高低女男")
RELATIONS = frozenset("占超达约近共")
SUFFIXES = frozenset("率数费管量额价积长网")
