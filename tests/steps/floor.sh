#!/bin/sh
# floor.sh -- how well the shipped profiles do on real pages may not sink.
#
# Each line below is a measure of ../shared/eval, what is looked at in the last
# line of its score (a word before a number), the bound, and the arguments. A
# figure that rises is a reason to raise its floor.
. "$(dirname "$0")/../lib.sh"

if [ -z "$shared" ] || [ ! -x "$shared/eval/score" ]; then
    skip '../shared'
    finish
fi

# What those who label pages leave out.
echo 'set title drop' >"$scratch/untitled.rules"
DECHAFF_RULES=$scratch
export DECHAFF_RULES

while read -r measure figure sign bound arguments; do
    case $measure in '' | '#'*) continue ;; esac
    # shellcheck disable=SC2086  # arguments are words
    "$shared/eval/score" "$measure" -- "$DECHAFF" $arguments >"$scratch/out" 2>"$scratch/err" </dev/null
    if awk -v figure="$figure" -v sign="$sign" -v bound="$bound" '
        { for (i = 1; i < NF; i++) if ($i == figure) value = $(i + 1) }
        END {
            printf "%s", value
            exit !(value != "" && (sign == "at-least" ? value + 0 >= bound + 0 : value + 0 <= bound + 0))
        }' "$scratch/out" >"$scratch/value"; then
        pass
    else
        fail "$measure: $figure is $(cat "$scratch/value"), not $sign $bound"
        head -n 5 "$scratch/err"
    fi
done <<'EOF'
# the default profile
harm               share at-most  .0004
harm:clean         share at-most  .0001
post:readability_js F1   at-least .963
post:trafilatura    F1   at-least .978
segments           F1    at-least .745
# whole pages
zyte:inscriptis    F1    at-least .955 -r page -r untitled
zyte:lynx          F1    at-least .950 -r page -r untitled
zyte:w3m           F1    at-least .945 -r page -r untitled
newspaper:lynx     F1    at-least .930 -r page -r untitled
newspaper:w3m      F1    at-least .925 -r page -r untitled
segments           F1    at-least .900 -r page
harm               share at-most  .0020 -r page
EOF
finish
