"""Abbreviations whose full stop may not end a sentence, language by language."""

from __future__ import annotations

from types import MappingProxyType

_NEVER_LAST = {
    "en": """mr mrs ms dr prof messrs mme mlle st rev hon gen col lt sgt capt cmdr maj adm gov sen
        rep reps sens pres supt insp vs v cf viz e.g i.e eg ie fig figs eq eqs sec secs ch chs vol
        vols pp p no nos nr art arts para ed eds trans approx ca bros mt ft det asst assoc univ
        dept""",
    "de": """dr prof hr fr frl dipl ing bzw ca evtl ggf inkl exkl z.b d.h u.a z.t i.d.r v.a s.o s.u
        vgl nr abs art bd str st tel max min mio mrd tsd jh jhdt geb gest sog bspw zzgl abzgl hrsg
        verl kap anm abb tab s""",
    "fr": """m mm mme mmes mlle dr pr prof me st ste art chap fig vol p pp n no al cf env av apr
        j.-c p.ex ex hab éd réf tél bd""",
    "es": """sr sra srta sres dr dra d da prof profa lic ing ud uds vd art cap fig núm nro pág págs
        p pp vol ee uu ej p.ej av avda c ca aprox tel gral col ed cía dpto""",
    "it": """sig sigg sig.ra sig.na dr dott dott.ssa prof prof.ssa avv ing on art artt cap fig n nn
        pag pagg p pp vol ca cfr es p.es tel s ss mons""",
    "pt": """sr sra srs dr dra prof profa eng exmo exma d art arts cap fig núm nº n pág págs p pp
        vol av r ex p.ex aprox tel dep gov gal""",
    "ca": """sr sra srs dr dra prof art cap fig núm pàg p pp vol av c ex p.ex aprox tel st""",
    "nl": """dhr mevr mw dr drs ir ing mr prof bijv bv o.a d.w.z m.b.t i.v.m t.o.v nr art blz p pag
        hfst fig ca max min mln mld st tel vgl jl""",
    "sv": """dr prof hr fr bl.a t.ex d.v.s dvs s.k m.fl ca kap art nr s sid fig tel kl st max min
        milj jfr inkl exkl""",
    "da": """dr prof hr fr bl.a f.eks d.v.s dvs s.k ca kap art nr s fig tel kl sct max min mio mia
        jf inkl ekskl pga ift vedr""",
    "no": """dr prof hr fr bl.a f.eks d.v.s dvs s.k ca kap art nr s fig tel kl st max min mill mrd
        jf inkl ekskl pga ift vedr""",
    "fi": """dr prof tri esim mm ks vrt ns n nro s klo puh ao em ko os v milj mrd huom""",
    "hu": """dr prof id ifj özv kb ún pl ill sz ker u tel ford szerk vö lásd""",
    "ro": """dl dna d-na d-l dr prof ing art cap fig nr pag p vol str bd tel aprox ex sf cf""",
    "tr": """dr prof doç av sn sr müh no s sf bkz örn cad sok mah tel yy cm vb vs""",
    "pl": """dr prof mgr inż ks św im ul al pl np tzn tj m.in ok nr str s t art rozdz rys tab tel
        zob por tys mln mld godz ur zm""",
    "cs": """dr prof ing mgr mudr judr doc sv ul nám č čl např tj tzn resp cca str s kap obr tab tel
        tis mil mld hod srov viz př odst""",
    "sk": """dr prof ing mgr mudr judr doc sv ul nám č čl napr tj tzn resp cca str s kap obr tab tel
        tis mil mld hod porov pozri ods""",
    "hr": """dr prof mr ing sv ul br čl npr tj tzv str s sl tel tis mil mlrd usp god st""",
    "ru": """гр проф акад доц ул пр пл д кв стр с рис табл гл ст п пп им тел ср см
        т.е т.к т.н н напр тыс млн млрд руб коп ок в вв св о""",
    "uk": """гр пп проф акад доц вул пл буд кв стор с рис табл гл ст ім тел див тобто
        т.зв напр тис млн млрд грн коп бл о м св""",
    "bg": """проф акад доц инж ул бул пл стр с фиг табл гл чл ал им тел вж
        напр т.е т.нар хил млн млрд лв ок св""",
    "sr": """г гђа др проф акад инж ул бр чл стр с сл табл гл тел нпр тј тзв хиљ мил млрд св""",
    "el": """κ κα κκ δρ καθ αρ αριθ σελ σ π.χ δηλ βλ πρβλ κεφ εικ πιν τηλ οδ λεωφ χλμ εκ δισ χιλ αγ
        π.δ ν""",
}  # fmt: skip
_MAYBE_LAST = {
    "en": """inc corp ltd co llc plc jr sr etc al ph.d m.d b.a m.a m.sc b.sc d.c u.s u.k u.n e.u
        u.s.a a.m p.m a.d b.c jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri
        sat sun ave blvd rd est min max sq""",
    "de": """usw etc gmbh co jan feb apr aug sept okt nov dez mo di mi do sa so uhr u.ä u.s.w""",
    "fr": """etc janv févr avr juil sept oct nov déc""",
    "es": """etc s.a ene feb abr ago sept oct nov dic""",
    "it": """ecc etc s.p.a s.r.l gen feb apr ago sett ott nov dic""",
    "pt": """etc s.a ltda jan fev abr ago set out nov dez""",
    "nl": """enz etc e.d b.v n.v jan febr apr aug sept okt nov dec""",
    "sv": """osv etc m.m jan febr apr aug sept okt nov dec""",
    "da": """osv etc m.m m.v jan febr apr aug sept okt nov dec""",
    "no": """osv etc m.m m.v jan febr apr aug sept okt nov des""",
    "fi": """jne ym yms jms tms""",
    "hu": """stb jan febr márc ápr jún júl aug szept okt nov dec""",
    "ro": """etc ș.a ian febr apr aug sept oct nov dec""",
    "tr": """a.ş ltd""",
    "pl": """itd itp r w br""",
    "cs": """atd apod a.s s.r.o r""",
    "sk": """atď apod a.s s.r.o r""",
    "ru": """т.д т.п др пр н.э гг г""",
    "bg": """г гг""",
    "uk": """т.д т.п ін н.е рр р""",
    "el": """κ.λπ κλπ κ.ά κ.τ.λ μ.μ π.μ μ.χ""",
}
_ENGLISH_OPENERS = """a about according after all although an and another any are as at because
    before both but by can despite did do during each even every few first for from further had has
    have he her here his how however i if in instead is it its last later many may meanwhile
    moreover most my no not now of off on once one only or other our over several she since so some
    such than that the their then there these they this those though three through thus to today
    two under until was we were what when where whether which while who why will with without
    yesterday yet you your"""


def _sets(words: dict[str, str]) -> MappingProxyType[str, frozenset[str]]:
    return MappingProxyType({name: frozenset(each.split()) for name, each in words.items()})


# A name or a number follows: their stop never ends a sentence.
NEVER_LAST = _sets(_NEVER_LAST)
# These end a sentence only where the next word opens one.
MAYBE_LAST = _sets(_MAYBE_LAST)
ENGLISH_OPENERS = frozenset(_ENGLISH_OPENERS.split())
# `3. Mai`, `3. mai`: a number with a stop is the third, hardly ever the end.
ORDINALS = frozenset(
    ["de", "da", "no", "fi", "hu", "cs", "sk", "hr", "sl", "pl", "tr", "et", "lv", "sr"]
)
