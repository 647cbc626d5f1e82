# words.awk -- chance and words, for the generators beside it: read first,
# awk -f words.awk -f corpus.awk. Under LC_ALL=C every awk makes the same bytes
# of the same seed: the generator of random numbers is its own, and only whole
# numbers below 2^53 are computed with.

# Park and Miller's generator; random(n) is one of 0 ... n-1.
function random(n) {
    state = (state * 16807) % 2147483647
    return state % n
}
# Low numbers more often than high ones, as words are in a text.
function skewed(n) {
    return random(1 + random(1 + random(n)))
}
function title(word) {
    return toupper(substr(word, 1, 1)) substr(word, 2)
}

# Words of no language that can be said aloud: total of them, none twice.
function invent(table, total, onsets, nuclei, codas, least,    n, word, i, on, nu, co, a, b, c, seen) {
    a = split(onsets, on, " ")
    b = split(nuclei, nu, " ")
    c = split(codas, co, " ")
    while (n < total) {
        word = ""
        for (i = least + random(3); i > 0; i--) word = word on[1 + random(a)] nu[1 + random(b)]
        if (random(2)) word = word co[1 + random(c)]
        if (word in seen || word in common_word) continue
        seen[word] = 1
        table[n++] = word
    }
}

# A language: its most frequent words, and invented ones after them. Its words
# are word[language, 0 ... words[language]-1].
function language(name, frequent, onsets, nuclei, codas,    list, n, i, table) {
    n = split(frequent, list, " ")
    for (i = 1; i <= n; i++) word[name, i - 1] = list[i]
    if (onsets != "") {
        invent(table, 1500, onsets, nuclei, codas, 2)
        for (i = 0; i < 1500; i++) word[name, n + i] = table[i]
        n += 1500
    }
    words[name] = n
    languages[tongues++] = name
}

function vocabulary(    list, i) {
    ordinary = split( \
        "the of and to in a is that for it was on are as with his they at be this from have or by one had not but what " \
        "all were when we there can an your which their said if do will each about how up out them then she many some so " \
        "these would other into has more her two like him see time could no make than first been its who now people my " \
        "made over did down only way find use may water long little very after words called just where most know get " \
        "through back much go good new write our me man too any day same right look think also around another came come " \
        "work three must because does part even place well such here take why help put different away again off went old " \
        "number great tell men say small every found still between name should home big give air line set own under read " \
        "last never us left end along while might next sound below saw something thought both few those always show large " \
        "often together asked house world going want school important until form food keep children feet land side without " \
        "boy once animal life enough took four head above kind began almost live page got earth need far hand high year " \
        "mother light country father let night picture being study second soon story since white ever paper hard near " \
        "sentence better best across during today however sure knew try told young sun thing whole hear example heard " \
        "several change answer room sea against top turned learn point city play toward five himself usually money seen " \
        "car morning body upon family later turn move face door cut done group true half red fish plants living black eat " \
        "short run book gave order open ground cold really table remember tree course front space inside ago sad early " \
        "news free share follow subscribe newsletter email contact privacy policy terms comments reply author article " \
        "archive category tags search menu previous related popular recent latest sign account login shop cart video photo " \
        "gallery download print advertise sponsored weather sport business travel garden kitchen market bread river council " \
        "winter summer bicycle museum theatre library government report minister company science health education culture " \
        "opinion local regional letters events jobs advertisement support cookies settings accept browser mobile desktop", \
        list, " ")
    for (i = 1; i <= ordinary; i++) {
        common[i - 1] = list[i]
        common_word[list[i]] = 1
    }
    rare = 12000
    invent(coined, rare, "b br c ch d dr f fl g gr h j k l m n p pl pr qu r s sc sh sl st t th tr v w", \
        "a e i o u ai ea ie oo ou", "ck d ft l ld ll m n nd ng nt p r rd rn s sk st t th x", 2)

    language("de", "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde prozent hatte kann gegen vom können schon wenn habe seine ihre dann unter wir soll ich jahr zwei jahren diese dieser wieder keine uhr will zwischen immer straße größe natürlich", \
        "b br d f g gr h k kl l m n p pf qu r s sch schl st t tr v w z", "a e i o u ä ö ü ei au ie", "ch ck ft l m n nd ng r rn s ß st t tz ung heit")
    language("fr", "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec ont aux été cette mais ou son comme fait nous elle leur deux même ces tout être après sans encore où très déjà année gouvernement pays monde aujourd'hui français première réponse", \
        "b bl br c ch d f fl g gr j l m n p pl pr qu r s t tr v", "a e i o u é è ê ou eu oi an on", "c l m n r s t ne que re lle ment tion")
    language("es", "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está mi porque qué sólo han yo hay vez puede todos así nos ni parte tiene él uno donde bien tiempo mismo ese ahora cada vida otro después", \
        "b bl br c d f fr g gr j l ll m n ñ p pl pr r s t tr v", "a e i o u á é í ó ue ie", "l n r s z d ción dad")
    language("pl", "i w na z do się nie że to jest o jak za po od tak ale co przez już czy dla ich był może tylko przed przy aby też bardzo było także który która które lat roku został między więcej będzie można każdy świat życie miasto dzień książka źródło żółty", \
        "b ch cz d dz g gr h k l ł m n p prz r rz s sz ś t tr w z ż ź", "a ą e ę i o ó u y ie", "ć cz k ł m n ń r ść sz t ów ego")
    language("tr", "ve bir bu da de için çok ile gibi olarak daha o en kadar var olan ne sonra ama her ben iki yeni değil diye ya türk göre büyük önce zaman olduğu şey gün yıl insan iyi kendi çocuk dünya ilk güzel ışık İstanbul", \
        "b c ç d f g h k l m n p r s ş t v y z", "a e ı i o ö u ü", "ğ k l m n r s ş t z ler lar")
    language("ru", "и в не на я быть он с что а по это она этот к но они мы весь который из у то за свой что весь год от так о для ты же все тот мочь вы человек такой его сказать только или ещё бы себя один как уже до время если сам когда другой вот говорить наш мой знать стать при чтобы дело жизнь кто первый очень два день её новый рука даже во со раз где там под можно ну какой после их работа без самый потом надо хотеть ли слово идти большой должен место иметь ничто", \
        "б в г гр д ж з к кл л м н п пр р с ст т тр ф х ц ч ш щ", "а е и о у ы э ю я ё", "в г й л м н р с т ть ние ость")
    language("el", "και το να του η της με που την από για είναι ο στο οι τον σε θα τα δεν στην των τη στη ότι ως αλλά ένα μια τους αυτό κατά έχει μας αν όπως πολύ όταν χρόνια μετά κάθε μόνο άνθρωπος κόσμος ημέρα ζωή πόλη νερό", \
        "β γ δ ζ θ κ κλ λ μ ν ξ π πρ ρ σ στ τ τρ φ χ ψ", "α ε η ι ο υ ω ά έ ή ί ό ύ ώ ου αι", "ν ς ρ μα ση της")
    language("ar", "في من على أن إلى هذا التي كان عن مع ما هو لا بعد كل هذه الذي بين قد ذلك لم أو عند يوم حيث منذ حتى غير عام قبل كانت وقال العالم العربية المدينة الحكومة الرئيس جديد كبير وقت بيت ماء كتاب", \
        "ب ت ج ح خ د ر س ش ص ط ع ف ق ك ل م ن ه و", "ا و ي َ ِ ُ", "ة ن ت ين ات")
    language("hi", "के में की है और से का को एक पर ने यह कि भी हैं इस लिए कर जो तो हो था नहीं अपने ही बाद साथ उन्होंने गया जा कहा रहा वह दिया किया सकते समय दिन लोग भारत सरकार जीवन पानी किताब शहर", \
        "क ख ग च ज त द न प ब म य र ल व श स ह", "ा ि ी ु ू े ै ो", "न र ल त ना ता")
    language("ko", "이 그 수 있는 것은 등 및 대한 있다 했다 위해 한다 년 것이 하는 그는 또 통해 말했다 우리 많은 함께 대해 때문에 사람 시간 정부 세계 오늘 서울 경제 문화 학교 생활 물 책", \
        "가 나 다 라 마 바 사 아 자 하 고 노 도 로 모 보 소", "각 난 달 람 만 발 산 안 장 한 국 논", "은 는 이 를 에서 으로")
    language("zh", "的 一 是 不 了 人 我 在 有 他 这 为 之 大 来 以 个 中 上 们 到 说 国 和 地 也 子 时 道 出 而 要 于 就 下 得 可 你 年 生 自 会 那 后 能 对 着 事 其 里 所 去 行 过 家 十 用 发 天 如 然 作 方 成 者 多 日 都 三 小 军 二 无 同 么 经 法 当 起 与 好 看 学 进 种 将 还 分 此 心 前 面 又 定 见 只 主 没 公 从 新闻 政府 世界 城市 问题 今天 中国 经济 文化 生活", "", "", "")
    language("ja", "の に は を た が で て と し れ さ ある いる も する から な こと として い や など なっ ない この ため その あっ よう また もの という あり まで られ なる へ か だ これ によって により おり より による ず なり 日本 世界 政府 今日 時間 東京 新聞 記事 生活 文化 経済 学校 人 水 本", "", "", "")
    spaceless["zh"] = spaceless["ja"] = 1
    stop["zh"] = stop["ja"] = "。"
    stop["hi"] = "।"
}

# An English word: an ordinary one, or one of a hundred an invented one.
function english(invented) {
    return random(100) < invented ? coined[random(rare)] : common[skewed(ordinary)]
}
# A word that means something: not one of the hundred most frequent.
function content() {
    return common[100 + random(ordinary - 100)]
}
function foreign(name) {
    return word[name, skewed(words[name])]
}
# Words in a row, without a capital or a stop.
function phrase(name, count, invented,    text, between) {
    between = spaceless[name] ? "" : " "
    text = name == "" ? english(invented) : foreign(name)
    while (--count > 0) text = text between (name == "" ? english(invented) : foreign(name))
    return text
}
function sentence(name, invented,    text, count, comma) {
    count = 5 + random(14)
    comma = random(3) ? 0 : 3 + random(count - 3)
    text = title(phrase(name, comma ? comma : count, invented))
    if (comma && comma < count)
        text = text (spaceless[name] ? "、" : ", ") phrase(name, count - comma, invented)
    return text (name in stop ? stop[name] : random(12) ? "." : random(2) ? "?" : "!")
}

BEGIN {
    state = seed ? seed : 20240229
    vocabulary()
}
