"""Words that say nothing about what a text is about, in English and Chinese."""

from __future__ import annotations

_ENGLISH = """
a about above after again against all also although am among an and any are aren't as at be
because been before being below between both but by can can't cannot could couldn't did didn't do
does doesn't doing don't down during each either else ever every few for from further get got had
hadn't has hasn't have haven't having he he'd he'll he's her here here's hers herself him himself
his how how's however i i'd i'll i'm i've if in into is isn't it it's its itself just let's may me
might more most mustn't my myself neither no nor not now of off on once only or other ought our
ours ourselves out over own per rather same shall she she'd she'll she's should shouldn't since so
some such than that that's the their theirs them themselves then there there's therefore these
they they'd they'll they're they've this those though through thus to too under until up upon us
very was wasn't we we'd we'll we're we've were weren't what what's when when's where where's
whether which while who who's whom whose why will with within without won't would wouldn't yet you
you'd you'll you're you've your yours yourself yourselves
"""
_CHINESE = """
的 了 和 是 在 也 就 都 而 及 与 着 或 一个 一 一些 一种 没有 我们 你们 他们 她们 它们 我 你 您
他 她 它 这 那 这个 那个 这些 那些 这样 那样 这里 那里 之 其 其中 以 以及 于 对 对于 为 为了 由
由于 把 被 从 向 到 等 等等 并 并且 而且 但 但是 不 不是 不过 如果 因为 因此 所以 虽然 然而 还
还是 还有 又 再 很 更 最 已 已经 将 会 能 能够 可 可以 应 应当 应该 要 需要 有 有的 进行 通过
根据 按照 关于 当 当时 同时 此 此外 另外 上 下 中 里 内 外 前 后 时 时候 之后 之前 以上 以下
以来 各 各种 每 每个 某 某些 多 多个 个 们 地 得 所 者 则 即 且 若 如 如何 什么 怎么 怎样
为什么 谁 哪 哪些 吗 呢 吧 啊 呀 嘛 哦 嗯 呃 那么 就是 然后 一下 自己 让 使 给 跟 同 比 只 只是
只有 不仅 不但 或者 特别 非常 比较 可能 目前 现在
"""

ENGLISH = frozenset(_ENGLISH.split())
CHINESE = frozenset(_CHINESE.split())
