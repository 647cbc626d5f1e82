#!/bin/sh
# published.sh -- the profiles that are named after published filters agree with those, document for
# document. Needs the published programs, for $PYTHON: `pip install datatrove==0.10.1 dolma==1.2.1`,
# or one of the two.
. "$(dirname "$0")/../lib.sh"
: "${PYTHON:=python3}"
cd "$scratch" || exit 2

if [ -n "$shared" ]; then
    set -- "$shared"/corpus/*/lynx/* "$shared"/corpus/*/gold/* "$shared"/eval/*/lynx/* "$shared"/eval/clean/*
else
    skip '../shared'
    set -- "$root"/tests/pages/own/*/* "$root"/tests/sample/*.txt
fi
"$PYTHON" -c '
import json, sys
for path in sys.argv[1:]:
    with open(path, "rb") as page:
        text = page.read()
    print(json.dumps({"text": text.decode("utf-8", "replace")}))
' "$@" >documents || exit 2

for name in gopher fineweb c4 dolma; do
    dechaff -r $name --format=jsonl documents >left 2>/dev/null
    dechaff -r $name --format=jsonl --explain documents >explained 2>/dev/null
    "$PYTHON" "$root/tests/tools/published.py" $name documents left explained >said 2>err
    case $? in
    0)
        if [ "$(cat said)" = "$# agree" ]; then pass; else
            fail "$name: $(head -n 10 said)"
        fi
        ;;
    77) skip "$name: $(cat said)" ;;
    *) fail "$name: $(tail -n 3 err)" ;;
    esac
done
finish
