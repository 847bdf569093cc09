"""The printed lines of a whole document as columns of numbers: a thousand pages are one array."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Whole = NDArray[np.intp]
    Flags = NDArray[np.bool_]

# Type that is so much larger than the rest is a heading.
LARGER = 1.15


@dataclass(frozen=True, slots=True)
class Printed:
    """Lines in the order of the file, each with something on it; one entry a line everywhere.

    `left`, `right`, `foot` are points from the page's lower left corner, `size` is the height of
    the type; `page` counts from 0 and never falls; `heights` has one entry a page.
    """

    texts: list[str]
    page: Whole
    left: Floats
    right: Floats
    foot: Floats
    size: Floats
    heights: Floats

    def take(self, chosen: Whole) -> Printed:
        """These lines, in this order; all pages stay."""
        return Printed(
            [self.texts[index] for index in chosen.tolist()],
            self.page[chosen],
            self.left[chosen],
            self.right[chosen],
            self.foot[chosen],
            self.size[chosen],
            self.heights,
        )

    def follows(self) -> Flags:
        """Of each line but the first, whether it stands on the page of the line before it."""
        same: Flags = self.page[1:] == self.page[:-1]
        return same


def body_size(printed: Printed) -> float:
    """The size, in whole points, that most characters have."""
    if not printed.texts:
        return 0.0
    sizes, each = np.unique(np.rint(printed.size), return_inverse=True)
    characters = np.bincount(each, [len(text) for text in printed.texts])
    return float(sizes[characters.argmax()])
