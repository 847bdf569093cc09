"""The commonest words of languages that share a script: what tells them apart, and opens sentences.

A few dozen function words make up a third of any running text (Zipf), so they are enough.
"""

from __future__ import annotations

from types import MappingProxyType

_WORDS = {
    "en": """the and of to in is that for with was are this it as by be have has from not you he she
        they we his her their which at on were been will would an or but who what when how all there
        more than some can into its if so no one about after also many most other our""",
    "de": """der die das und ist nicht mit den von ein eine einen einem einer des dem zu auf für im
        sich auch als wird werden wurde nach bei aus wie über es er sie wir ich haben hat sind oder
        aber durch noch nur zum zur vor bis so dass kann mehr am sein seine""",
    "fr": """le la les de des du un une et est que qui dans pour pas sur au aux par plus ne ce cette
        ces il elle ils elles nous vous je son sa ses leur avec sont été mais ou où comme être fait
        se en tout avait ont très sans entre après""",
    "es": """el la los las de del que y en un una es por con no para se su sus al lo como más pero
        fue son está han hay este esta estos sobre entre cuando muy sin ser también hasta desde
        todo nos porque donde era había ya yo le""",
    "it": """il lo la gli le di del della dei delle che è e un una in per non con si sono da dal
        dalla al alla nel nella sul come più anche ma questo questa ha hanno essere stato suo sua
        loro se quando molto dopo tra fra ogni perché""",
    "pt": """o os as de do da dos das que e em um uma é não para com por no na nos nas se ao à mais
        como mas foi são está ser seu sua pelo pela também já muito quando até sobre entre depois
        eu ele ela isso este esta você sem há tem""",
    "ca": """el la els les de del dels que i en un una és per amb no al als es més com però va són
        aquest aquesta seva seu també molt quan fins sobre entre després on ha han ser dues l'any
        pel pels jo hi ho""",
    "nl": """de het een en van is dat in te op zijn voor met niet aan er om ook als bij maar naar
        door over uit nog wordt werd worden hij zij ze wij we ik je heeft hebben was deze dit die
        geen meer dan kan tot of zo hun""",
    "sv": """och att det som en ett är av för på med den de inte om till har var från men kan ska
        så när vid han hon vi jag sig efter också mer än eller mycket bara där under alla blev
        sina sin mot mellan nu detta""",
    "da": """og at det som en et er af for på med den de ikke om til har var fra men kan skal så
        når ved han hun vi jeg sig efter også mere end eller meget kun der under alle blev sine
        sin mod mellem nu dette hvad være op ud noget""",
    "no": """og at det som en et er av for på med den de ikke om til har var fra men kan skal så
        når ved han hun vi jeg seg etter også mer enn eller mye bare der under alle ble sine sin
        mot mellom nå dette hva være opp ut noe""",
    "fi": """ja on ei se että oli ovat mutta myös kun niin kuin sen tai hän olla voi joka jotka jos
        ole vain sekä mukaan jo nyt hänen heidän tämä tämän siitä sitä vuonna kanssa jälkeen ollut
        mitä ne ennen noin koko vielä me he minä""",
    "hu": """a az és hogy nem is egy van volt ez de meg csak mint már ha még el vagy azt ki fel be
        le minden pedig lehet után szerint más kell sem ezt ami amely aki között alatt során majd
        lesz voltak vannak igen most nagy ő én mi""",
    "ro": """și în de la a cu pe că nu este o un din care pentru mai se sunt să al ale fi fost
        au ar dar după prin sau ca lui ei acest această până când foarte între despre ce iar
        dintre către aceste lor şi""",
    "tr": """ve bir bu da de için ile olarak çok daha en gibi olan ne kadar sonra ancak ama değil
        var yok her o ya mi mı olduğu oldu ise hem biz ben şu göre kendi tüm iki olmak üzere önce
        büyük zaman yeni""",
    "pl": """i w na z do się nie to jest że o jak ale po od za co przez dla był była było są być
        ma oraz tym ten ta te który która które lub także jego jej ich już tylko może tak ze
        przed przy czy pod roku""",
    "cs": """a v se na je že s z do to o i ve jako za pro po by ale k jsou byl byla bylo který
        která které nebo od jeho její při také jen už však až než být tak ze co když podle před
        mezi této tento roku""",
    "id": """yang dan di dari untuk dengan ini itu pada tidak dalam akan adalah ke oleh juga telah
        sebagai atau karena bahwa ada dapat lebih kami mereka saya kita ia anda saat sudah bisa
        tersebut antara setelah banyak seorang""",
    "vi": """và của là có được trong cho không người một những các đã với này đó để từ khi đến
        cũng như về tại nhiều ra năm sau phải vào trên theo tôi anh sẽ nhưng bị còn lại""",
    "hr": """i u je na se da su za od s kao koji koja koje nije bio bila bilo ili ali što o ne iz po
        kako to biti samo već te može ima nakon prema će ga mu godine sve još kada""",
    "sk": """a v sa na je že s z do to o aj vo ako za pre po by ale k sú bol bola bolo ktorý ktorá
        ktoré alebo od jeho jej pri tiež len už však než až byť tak zo čo keď podľa pred medzi""",
    "sl": """in je na se v da za so z pa po ki bi kot tudi ali od do še pri kar lahko ni bil bila
        bilo med zelo iz ob ter kako leta samo vse ko bo kjer sem""",
    "et": """ja on ei see et ta oli aga ka kui või ning mis kes oma seda selle nii veel siis juba
        võib pole olid kuid ainult pärast enne aasta üks väga nad meie nende ole saab""",
    "lt": """ir yra į iš su kad tai bei ar už jo jos apie kaip buvo nuo iki bet po per prie taip pat
        kuris kurie jau dar tik ne ši šis metų gali tarp""",
    "lv": """un ir ar no uz par ka kas tas bet arī lai pie pēc vai kā nav viņš savu tika gadā gada
        to līdz pa tā tiek šo bija būt visu""",
    "eu": """eta da ez du bat baina ere dira egin izan dute edo zen zuen hau hori beste oso gabe
        arte bere dela duten""",
    "eo": """la kaj de en estas al ne por kun ke li ŝi mi ĝi sed ankaŭ tio tiu ili kiu kiuj kiel pli
        aŭ ĉi dum""",
    "ga": """an agus na a i ar go is bhí le sé sí tá do ag ní mar chun faoi seo sin ach ó nach féin
        aige gach""",
    "el": """και το η ο να του της τα τη την τον οι για με που από στο στη στην στον σε είναι δεν
        θα τους των τις ένα μια ως αυτό αυτή αλλά όπως κατά μετά όταν πολύ μόνο ήταν έχει έχουν
        πως όμως γιατί αν επίσης""",
    "ru": """и в не на что с по как это он она они к но из за от у о для его её ее их же бы был
        была было были так то все если или при до уже когда только мы вы я также после который
        которые во со год года""",
    "uk": """і й в у на не що з із та як це він вона вони до але за від про для його її їх же був
        була було були так то все якщо або при вже коли тільки ми ви я також після який які щоб
        року є під""",
    "bg": """и в на не че с от за да се как това той тя те към но из до по у той го му им е са
        бе беше бяха така или при вече когато само ние вие аз също след който които което ще си
        като със""",
    "sr": """и у на не да је се од за са као то он она они али из до по о његов њен су био била
        било били тако или при већ када само ми ви ја такође после који које која ће што би""",
}

# A word of one letter may open a sentence, and still tell little.
COMMON = MappingProxyType({name: frozenset(words.split()) for name, words in _WORDS.items()})
