"""The same little story in many languages, sentence by sentence, with their abbreviations."""

from __future__ import annotations

STORY = {
    "en": [
        "The old harbour has kept the water out of the town for years.",
        "Dr. Lang came on May 3 to see the gates, i.e. the new ones.",
        "Is that true?",
        "The houses are dry too, and nobody knows what it cost.",
    ],
    "de": [
        "Der alte Hafen hält das Wasser seit Jahren von der Stadt fern.",
        "Am 3. Oktober kam Dr. Lang, z. B. um die Tore zu prüfen.",
        "„Sie sind dicht.“",
        "Das kostete ca. 2,5 Mio. Euro im XIX. Jahrhundert.",
    ],
    "fr": [
        "Le vieux port protège la ville depuis des années.",
        "M. Lefèvre a dit : « Les portes sont solides. »",
        "Était-ce vrai ?",
        "L'eau n'est pas entrée dans les maisons, p. ex. rue du Pont.",
    ],
    "es": [
        "El puerto viejo protege la ciudad desde hace años.",
        "¿Quién lo pagó?",
        "¡Nadie lo sabe!",
        "El Sr. Gómez y la Dra. Ruiz, de EE. UU., estudiaron las puertas.",
    ],
    "it": [
        "Il vecchio porto protegge la città da molti anni.",
        "Il dott. Rossi ha detto che l'acqua non è entrata.",
        "È vero?",
        "Anche le case di via Roma sono asciutte.",
    ],
    "pt": [
        "O porto velho protege a cidade há muitos anos.",
        "O Sr. Silva disse que não há água nas ruas.",
        "É verdade?",
        "As portas custaram 2,5 milhões de euros.",
    ],
    "ca": [
        "El port vell protegeix la ciutat des de fa molts anys.",
        "El Sr. Puig va dir que l'aigua no hi és.",
        "També les cases són seques.",
    ],
    "nl": [
        "De oude haven beschermt de stad al jaren tegen het water.",
        "Dhr. Jansen kwam o.a. om de deuren te zien.",
        "Is dat waar?",
        "Ook de huizen zijn droog gebleven.",
    ],
    "sv": [
        "Den gamla hamnen har skyddat staden i många år.",
        "Dr. Berg kom bl.a. för att se på portarna.",
        "Är det sant?",
        "Även husen är torra.",
    ],
    "da": [
        "Den gamle havn har beskyttet byen i mange år.",
        "Den 3. maj kom dr. Holm for at se på portene, f.eks. den nye.",
        "Er det sandt?",
        "Husene er også tørre, og ingen ved hvad det kostede.",
    ],
    "no": [
        "Den gamle havna har beskyttet byen i mange år.",
        "Den 3. mai kom dr. Berg for å se på portene, f.eks. den nye.",
        "Er det sant?",
        "Husene er også tørre, og ingen vet hva det kostet.",
    ],
    "fi": [
        "Vanha satama on suojellut kaupunkia jo monta vuotta.",
        "Dr. Virtanen tuli 3. toukokuuta, esim. porttien takia.",
        "Onko se totta?",
        "Myös talot ovat kuivia, eikä kukaan tiedä mitä se maksoi.",
    ],
    "hu": [
        "A régi kikötő már sok éve védi a várost.",
        "Dr. Kovács május 3. napján jött, pl. a kapuk miatt.",
        "Igaz ez?",
        "A házak is szárazak, és senki nem tudja, hogy mennyibe került.",
    ],
    "ro": [
        "Portul vechi apără orașul de mulți ani.",
        "Dl. Popescu a venit la 3 mai pentru a vedea porțile.",
        "Este adevărat?",
        "Și casele sunt uscate, dar nu se știe cât a costat.",
    ],
    "tr": [
        "Eski liman şehri yıllardır sudan koruyor.",
        "Prof. Yılmaz kapıları görmek için geldi.",
        "Bu doğru mu?",
        "Evler de kuru ve ne kadar tuttuğu bilinmiyor.",
    ],
    "pl": [
        "Stary port od lat chroni miasto przed wodą.",
        "Prof. Nowak przyjechał m.in. po to, żeby zobaczyć bramy.",
        "Czy to prawda?",
        "Domy także są suche, ale nie wiadomo, ile to kosztowało.",
    ],
    "cs": [
        "Starý přístav chrání město už mnoho let.",
        "Dr. Novák přijel 3. května, např. kvůli vratům.",
        "Je to pravda?",
        "Domy jsou také suché, ale neví se, kolik to stálo.",
    ],
    "id": [
        "Pelabuhan tua itu telah melindungi kota dari air selama bertahun-tahun.",
        "Apakah itu benar?",
        "Rumah-rumah juga kering dan tidak ada yang tahu biayanya.",
    ],
    "vi": [
        "Bến cảng cũ đã bảo vệ thành phố khỏi nước trong nhiều năm.",
        "Có đúng không?",
        "Những ngôi nhà cũng khô.",
    ],
    "ru": [
        "Старый порт уже много лет защищает город от воды.",
        "Проф. Иванов и А. С. Петров приехали в мае, т. е. весной.",
        "Это правда?",
        "Дома тоже сухие, но никто не знает, сколько это стоило.",
    ],
    "uk": [
        "Старий порт уже багато років захищає місто від води.",
        "Проф. Коваль приїхав у травні, щоб побачити ворота.",
        "Це правда?",
        "Будинки також сухі, але ніхто не знає, скільки це коштувало.",
    ],
    "bg": [
        "Старото пристанище пази града от водата от много години.",
        "Проф. Иванов дойде през май, за да види вратите.",
        "Това вярно ли е?",
        "Къщите също са сухи, но не се знае колко е струвало.",
    ],
    "sr": [
        "Стара лука већ много година чува град од воде.",
        "Проф. Јовић је дошао у мају да види капије.",
        "Да ли је то тачно?",
        "И куће су суве, али нико не зна колико је то коштало.",
    ],
    "el": [
        "Το παλιό λιμάνι προστατεύει την πόλη εδώ και χρόνια.",
        "Ο κ. Παππάς ήρθε τον Μάιο, π.χ. για τις πύλες.",
        "Είναι αλήθεια;",
        "Και τα σπίτια είναι στεγνά.",
    ],
    "ar": [
        "الميناء القديم يحمي المدينة من الماء منذ سنوات.",
        "هل هذا صحيح؟",
        "والبيوت جافة أيضا.",
    ],
    "fa": [
        "بندر قدیمی سال‌هاست که شهر را از آب نگه می‌دارد.",
        "آیا این درست است؟",
        "خانه‌ها هم خشک هستند.",
    ],
    "ur": [
        "پرانی بندرگاہ کئی سالوں سے شہر کو پانی سے بچا رہی ہے۔",
        "کیا یہ سچ ہے؟",
        "گھر بھی خشک ہیں۔",
    ],
    "he": ["הנמל הישן מגן על העיר מפני המים זה שנים.", "האם זה נכון?", "גם הבתים יבשים."],
    "hi": [
        "पुराना बंदरगाह कई सालों से शहर को पानी से बचाता है।",
        "क्या यह सच है?",
        "घर भी सूखे हैं।",
    ],
    "ko": [
        "오래된 항구는 여러 해 동안 도시를 물에서 지켜 왔다.",
        "정말입니까?",
        "집들도 말라 있다.",
    ],
    "ja": [
        "古い港は長い間、町を水から守ってきた。",
        "「本当ですか？」と彼は聞いた。",
        "家も乾いている。",
    ],
    "zh": ["旧港口多年来一直替镇子挡水。", "“真的吗？”他问。", "房子也都是干的。"],
    "th": ["ท่าเรือเก่าปกป้องเมืองจากน้ำมาหลายปี"],
}


def story(language: str) -> str:
    """All of it in one paragraph."""
    return ("" if language in {"ja", "zh"} else " ").join(STORY[language])
