# corpus.awk -- the pages of a corpus, each a file: PREFIX0001, PREFIX0002, ...
#
#   awk -v kind=KIND -v bytes=N -v prefix=DIRECTORY/ -v mean=BYTES \
#       [-v seed=N] -f words.awk -f corpus.awk
#
# chrome  menus, share bars, dates, lists of links, blank lines, some of it
#         indented, a paragraph now and then
# prose   paragraphs of 300 to 800 bytes between blank lines, little else
# multi   a page in one of a dozen languages and scripts, half chrome, half prose
# article an English page of half and half
#
# Pages are between a fifth of and twice the mean. No line is one at which a
# shipped rule cuts the document short: what comes after would cost nothing.

# Sentences are made once and drawn from, as the making is slow.
function pool(name, count,    i) {
    for (i = 0; i < count; i++) sentences[name, i] = sentence(name, 12)
    pooled[name] = count
}
function paragraph(name, least,    text) {
    text = ""
    do text = text (text == "" || spaceless[name] ? "" : " ") sentences[name, random(pooled[name])]
    while (length(text) < least)
    return text
}
function date() {
    return months[1 + random(12)] " " (1 + random(28)) ", " (2004 + random(20))
}
function person() {
    return title(coined[random(200)]) " " title(coined[200 + random(800)])
}
function caption(name, count,    text) { # words with capitals
    if (name != "") return title(phrase(name, count, 0))
    text = title(content())
    while (--count > 0) text = text " " title(random(8) ? content() : coined[random(rare)])
    return text
}
function headline(name,    count, text) {
    count = 5 + random(8)
    if (name != "") return title(phrase(name, count, 0))
    text = title(random(2) ? content() : english(15))
    while (--count > 0) text = text " " (random(2) ? content() : english(15))
    return text
}
function pick_fixed(name) {
    if (name == "" || !(name in fixed_count)) return fixed["en", random(fixed_count["en"])]
    return fixed[name, random(fixed_count[name])]
}
function chrome_line(name,    kind, margin) {
    kind = random(100)
    margin = substr("            ", 1, random(3) ? 0 : 2 + 2 * random(4))
    if (kind < 20) return ""
    if (kind < 32) return margin (random(2) ? "* " : "") caption(name, 1 + random(3))
    if (kind < 58) return margin (random(3) ? "" : "• ") headline(name)
    if (kind < 70) return margin pick_fixed(name)
    if (kind < 75) return margin date() (random(2) ? "" : " | " random(90) " views")
    if (kind < 79) return margin "By " person() ", " title(content()) " desk"
    if (kind < 82) return caption(name, 1) " > " caption(name, 1) " > " caption(name, 2)
    if (kind < 85) return margin "[" (1 + random(99)) "] " caption(name, 2) " (" random(400) ")"
    if (kind < 88) return margin caption(name, 1) " | " caption(name, 1) " | " caption(name, 1) " | " caption(name, 1)
    if (kind < 90) return margin "© " (2000 + random(25)) " " caption("", 2)
    if (kind < 93) return margin person() ": " headline(name) "…"
    if (kind < 95) return headline(name) ", " phrase(name, 3 + random(4), 10)
    if (kind < 97) return sentences[name, random(pooled[name])]
    return paragraph(name, 150 + random(350))
}
function prose_line(name,    kind) {
    kind = random(100)
    if (kind < 94) return paragraph(name, 260 + random(430)) "\n"
    if (kind < 97) return headline(name) "\n"
    return pick_fixed(name)
}
function page(path, size,    text, name, line, length_now, half) {
    name = kind == "multi" ? languages[random(tongues)] : ""
    if (kind == "multi" && random(6) == 0) name = ""
    length_now = 0
    half = kind == "chrome" ? size : kind == "prose" ? 0 : size / 2
    while (length_now < size) {
        line = (length_now < half ? chrome_line(name) : prose_line(name)) "\n"
        printf "%s", line >path
        length_now += length(line)
    }
    close(path)
    return length_now
}
function phrases(name, text,    list, n, i) {
    n = split(text, list, "|")
    for (i = 1; i <= n; i++) fixed[name, i - 1] = list[i]
    fixed_count[name] = n
}

BEGIN {
    split("January February March April May June July August September October November December", months, " ")
    phrases("en", "Share this|Share on Facebook|Share on Twitter|Tweet|Pin it|Email this article|Print|Print this page|Read more|Read More »|" \
        "Continue reading →|Skip to content|Back to top|Subscribe|Subscribe to our newsletter|Sign up for our newsletter|Follow us on Twitter|" \
        "Like us on Facebook|Advertisement|Sponsored content|Story continues below advertisement|Accept all cookies|Manage cookie preferences|" \
        "We use cookies to give you the best experience on our website.|Privacy Policy|Terms of Use|Terms and Conditions|Contact us|About us|" \
        "All rights reserved.|Log in|Sign in|Register|My account|Search|Menu|Home|Photo: Getty Images|Image credit: Reuters|View comments|" \
        "12 Comments|No comments yet|Previous post|Next post|← Older|Newer →|Load more|Show more|Most popular|Most read|Trending in sport|Editor's picks|" \
        "Add to cart|View gallery|Watch the video|Listen to this article|3 min read|Last updated: 7 March 2019, 10:31|Posted in News|Tagged with: frost, winter|" \
        "Facebook|Twitter|Instagram|YouTube|WhatsApp|LinkedIn|RSS|English|Deutsch|Français|Loading…|Close|Cancel|Next|Previous|1 2 3 4 5 … 27|" \
        "Download our app|Get the app|Cookie Policy|Site map|Accessibility|Careers|Advertise with us|Filed under: Bicycles, Gardens|Report an error")
    phrases("de", "Teilen|Auf Facebook teilen|Twittern|Weiterlesen|Mehr lesen|Newsletter abonnieren|Anzeige|Datenschutzerklärung|Impressum|Kontakt|Über uns|Alle Rechte vorbehalten|Zurück zum Seitenanfang|Alle Cookies akzeptieren|Anmelden|Suche|Drucken|Kommentare (12)")
    phrases("fr", "Partager|Partager sur Facebook|Lire la suite|Lire aussi|Publicité|Abonnez-vous à notre newsletter|Politique de confidentialité|Mentions légales|Contactez-nous|Tous droits réservés|Haut de page|Accepter les cookies|Se connecter|Rechercher|Imprimer|Envoyer par e-mail")
    phrases("es", "Compartir|Compartir en Facebook|Leer más|Seguir leyendo|Publicidad|Suscríbete a nuestro boletín|Política de privacidad|Aviso legal|Contacto|Todos los derechos reservados|Volver arriba|Aceptar todas las cookies|Iniciar sesión|Buscar|Imprimir|Te puede interesar")
    phrases("pl", "Udostępnij|Czytaj więcej|Czytaj także|Reklama|Polityka prywatności|Regulamin|Kontakt|Wszelkie prawa zastrzeżone|Zaloguj się|Szukaj|Drukuj|Zapisz się do newslettera")
    phrases("tr", "Paylaş|Devamını oku|Reklam|Gizlilik politikası|İletişim|Hakkımızda|Tüm hakları saklıdır|Giriş yap|Ara|Yazdır|Bültenimize abone olun")
    phrases("ru", "Поделиться|Читать далее|Читайте также|Реклама|Политика конфиденциальности|Контакты|О нас|Все права защищены|Войти|Поиск|Распечатать|Подписаться на рассылку|Наверх")
    phrases("el", "Κοινοποίηση|Διαβάστε περισσότερα|Διαβάστε επίσης|Διαφήμιση|Πολιτική απορρήτου|Επικοινωνία|Όροι χρήσης|Σύνδεση|Αναζήτηση|Εκτύπωση")
    phrases("ar", "مشاركة|اقرأ المزيد|اقرأ أيضا|إعلان|سياسة الخصوصية|اتصل بنا|جميع الحقوق محفوظة|تسجيل الدخول|بحث|طباعة")
    phrases("hi", "साझा करें|और पढ़ें|विज्ञापन|गोपनीयता नीति|संपर्क करें|सर्वाधिकार सुरक्षित|लॉग इन करें|खोजें")
    phrases("ko", "공유하기|더 보기|광고|개인정보처리방침|이용약관|문의하기|로그인|검색|인쇄|관련 기사")
    phrases("zh", "分享|阅读更多|相关新闻|广告|隐私政策|使用条款|联系我们|版权所有|登录|搜索|打印|返回顶部")
    phrases("ja", "シェアする|続きを読む|関連記事|広告|プライバシーポリシー|利用規約|お問い合わせ|ログイン|検索|印刷|ページの先頭へ")
    pool("", 30000)
    if (kind == "multi") for (i = 0; i < tongues; i++) pool(languages[i], 1200)
    if (!mean) mean = 30000
    for (number = 1; total < bytes; number++) {
        size = int(mean / 5) + random(int(mean * 8 / 5))
        if (size > bytes - total) size = bytes - total
        total += page(prefix sprintf("%04d", number), size)
    }
}
