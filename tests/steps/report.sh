#!/bin/sh
# report.sh -- the page of --explain=html, as a parser and a browser see it: nothing that a text, a name,
# a rule or a host says becomes markup, and nothing of it runs. PICTURE=FILE keeps the picture of the
# README, tests/sample/report.png.
. "$(dirname "$0")/../lib.sh"
cd "$scratch" || exit 2

rules='<img src=x onerror=document.title="ran">'
printf 'drop /share/i\ndrop /onload/\n' >"$rules"
name='<script>document.title="ran"<'
{
    printf 'A text\n<script>document.title = "ran"</script>\nShare </s></p></div></article>\n'
    printf '<svg onload="document.title = 1">\n<img src=x onerror="document.title = 1">\n'
    printf '<style>* { display: none }</style>\n<meta http-equiv=refresh content="0;url=x">\n'
    printf '\377\000\033 --> ]]> &lt; \342\200\256\n'
} >"$name"
dechaff -r "./$rules" --explain=html --host='<img.onerror=document.title=1>' "$name" >page.html

# Every tag is one that the report writes, each is closed in its order, no attribute is another's.
cat >parse.py <<'END'
import html.parser, sys
KNOWN = set('html head meta title style body header h1 fieldset legend label input main article h2 a i '
            'bdi small div p s span em b footer'.split())
class Parser(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.wrong, self.count = [], [], 0
    def handle_starttag(self, tag, attributes):
        self.count += 1
        if tag not in KNOWN or any(name.startswith('on') or name in ('src', 'style')
                                   for name, _ in attributes):
            self.wrong.append(tag)
        if tag not in ('meta', 'input'):
            self.open.append(tag)
    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append('/' + tag)
parser = Parser()
parser.feed(open(sys.argv[1], encoding='utf-8').read())
parser.close()
print(parser.wrong, parser.open)
sys.exit(bool(parser.wrong or parser.open or parser.count < 40))
END
if ! command -v python3 >/dev/null 2>&1; then
    skip 'a parser of HTML: python3'
elif python3 parse.py page.html >out 2>&1; then pass; else
    fail "not the tags of a report: $(cat out)"
fi

chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || {
    skip 'a browser: chromium'
    finish
}
browse() { # ARGUMENT...
    # A sandbox of the browser's own needs rights that root in a container has not.
    HOME=$scratch timeout 120 "$chromium" --headless --no-sandbox --disable-gpu --hide-scrollbars \
        --user-data-dir="$scratch/profile" "$@" 2>/dev/null
}

browse --dump-dom "file://$scratch/page.html" >dom
if grep -q '<title>What dechaff dropped</title>' dom && grep -q 'class="drop' dom &&
    ! grep -q '<script\|<img\|<svg\|<title>1' dom; then pass; else
    fail 'something of the text became markup, or ran'
fi

# That a script in the page would be seen, were it not for the policy.
sed '/Content-Security-Policy/d; s|</main>|<script>document.title = "ran"</script>&|' page.html >open.html
browse --dump-dom "file://$scratch/open.html" >dom
if grep -q '<title>ran</title>' dom; then pass; else fail 'the browser runs no script at all'; fi
sed 's|</main>|<script>document.title = "ran"</script>&|' page.html >policy.html
browse --dump-dom "file://$scratch/policy.html" >dom
if grep -q '<title>What dechaff dropped</title>' dom; then pass; else fail 'the policy lets scripts run'; fi

# A picture each in light and dark, and of each switch: all differ.
cp "$root/tests/sample/bakery.txt" . && dechaff --explain=html bakery.txt >all.html
for id in kept dropped list; do
    sed "s/ checked>/>/g; s/id=\"$id\">/id=\"$id\" checked>/" all.html >"$id.html"
done
for look in all kept dropped list; do
    browse --window-size=860,680 --screenshot="$scratch/$look.png" "file://$scratch/$look.html" >out
done
browse --window-size=860,680 --blink-settings=preferredColorScheme=0 --screenshot="$scratch/dark.png" \
    "file://$scratch/all.html" >out
if [ "$(cksum all.png kept.png dropped.png list.png dark.png | sort -u -k 1,2 | wc -l)" -eq 5 ] &&
    [ "$(cksum ./*.png | cut -d ' ' -f 1 | sort -u | wc -l)" -eq 5 ]; then pass; else
    fail 'a switch, or the dark, changes nothing'
fi
[ -z "${PICTURE:-}" ] || cp all.png "$PICTURE"
finish
