"""English abbreviations whose full stop may not end a sentence, and words that open one."""

from __future__ import annotations

_NEVER_LAST = """
mr mrs ms dr prof messrs mme mlle st rev hon gen col lt sgt capt cmdr maj adm gov sen rep reps
sens pres supt insp vs v cf viz e.g i.e eg ie fig figs eq eqs sec secs ch chs vol vols pp p no nos
nr art arts para ed eds trans approx ca bros mt ft det asst assoc univ dept
"""
_MAYBE_LAST = """
inc corp ltd co llc plc jr sr etc al ph.d m.d b.a m.a m.sc b.sc d.c u.s u.k u.n e.u u.s.a a.m p.m
a.d b.c jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun ave blvd rd
est min max sq
"""
_OPENERS = """
a about according after all although an and another any are as at because before both but by can
despite did do during each even every few first for from had has have he her here his how however
i if in instead is it its last later many may meanwhile moreover most my no not now of on once one
only or other our over several she since so some such that the their then there these they this
those though three through thus to today two under until was we were what when where whether which
while who why will with without yesterday yet you your
"""

# A name or a number follows: their stop never ends a sentence.
NEVER_LAST = frozenset(_NEVER_LAST.split())
# These end a sentence only where the next word opens one.
MAYBE_LAST = frozenset(_MAYBE_LAST.split())
OPENERS = frozenset(_OPENERS.split())
