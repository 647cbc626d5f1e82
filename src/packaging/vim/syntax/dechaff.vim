" Vim syntax file
" Language:    rule files of dechaff, see dechaff-rules(5)
" Its words are those of the tables in src/rules/syntax.c; "make words" puts them here.

if exists("b:current_syntax")
  finish
endif

syn case match
syn iskeyword @,48-57,_,-
syn spell toplevel

" A statement is one line. What is not one stays without a colour: it is an error.
syn region dechaffStatement start="^\s*[a-z]" end="$" oneline keepend transparent contains=dechaffVerb,dechaffDirective,dechaffCondition,dechaffNumber,dechaffRegex,dechaffText,dechaffComment

" The first word says what it is; the others are conditions and arguments.
syn match   dechaffVerb      contained "\%(^\s*\)\@<=\%(drop\|keep\|strip\|cut\|block\|run\|head\|tail\|pass\|mark\|weigh\|judge\|group\|document\)\>"
syn keyword dechaffDirective contained include bind nextgroup=dechaffName skipwhite
syn keyword dechaffDirective contained define nextgroup=dechaffDefined skipwhite
syn keyword dechaffDirective contained set nextgroup=dechaffParameter skipwhite
syn keyword dechaffDirective contained function nextgroup=dechaffWords skipwhite
syn match   dechaffDefined   contained "[A-Za-z0-9._-]\+"
syn match   dechaffName      contained "\S\+"
syn match   dechaffWords     contained "[^#].*" contains=dechaffComment
syn keyword dechaffParameter contained hold-lines hold-bytes short-words about-lines resume-lines match-limit title view doubt page-bytes least-share least-words balance balance-least first-look before-before before-article article-article article-gap article-past gap-gap gap-article gap-past past-past past-article
syn match   dechaffCondition contained "\s\@1<=\%(min-words\|max-words\|min-chars\|max-chars\|first\|after\|end\|case\|digits\|bullet\|commas\|sentences\|function\|function-share\|speaks\|lower\|no-lower\|indent\|cells\|doubled\|is\|isnt\|prev\|next-is\|seen\|unseen\|blanks\|next\|level\|prose-level\|run\|prose\|density\|since\|repeated\|as-prev\|as-next\|behind\|under\|about\|p\|p-prev\|p-before-prev\|p-next\|p-after-next\|p-above\|p-below\|prose-above\|prose-below\|speaks-above\|speaks-below\|piece-ahead\|piece-behind\|piece-share\|piece-lines\|piece-place\|piece-weight\|second-share\|in-second\|longest-words\|longest-ahead\|longest-behind\|weight-before\|page-weight\|before\|gap\|past\|word-count\|word-length\|all-words\|median-length\|alphabetic\|symbols\|symbol-words\|line-feeds\|listed\|listed-words\|sentence-count\|lines-begin\|lines-end\|bare-lines-begin\|bare-lines-end\|ended-lines\|short-lines\|repeated-lines\|repeated-line-chars\|repeated-paras\|repeated-para-chars\|repeated-text\|copied-lines\|copied-line-chars\|common-grams\|repeated-grams\|copied-grams\|dropped-words\|above\|below\|of\|name\|with\|soft\|hint\|enclosed\|back\|until\|while\|between\|lines\|paras\)\%(=\|\s\|$\)\@="

syn match   dechaffNumber    contained "\%(\s\|=\)\@1<=[-+]\?\d\+\%(\.\d\+\)\?\%(\s\|$\)\@="
syn region  dechaffText      contained start=+"+ skip=+\\.+ end=+"+ oneline
syn region  dechaffRegex     contained matchgroup=dechaffSlash start="\%(\s\|=\)\@1<=/" skip="\\." end="/[ix]*" oneline contains=@dechaffInRegex

syn cluster dechaffInRegex   contains=dechaffUse,dechaffEscape,dechaffClass,dechaffGroup,dechaffRepeat
syn match   dechaffUse       contained "{{[A-Za-z0-9._-]\+}}"
syn match   dechaffEscape    contained "\\\%([pP]{\^\?\w\+}\|x{\x\+}\|.\)"
syn region  dechaffClass     contained start="\[\^\?\]\?" skip="\\.\|\[:\^\?\a\+:\]" end="\]" oneline contains=dechaffEscape
syn match   dechaffGroup     contained "(?\%([:=!>|]\|<[=!]\|[a-z]*\(-[a-z]*\)\?[:)]\)\|[()|]"
syn match   dechaffRepeat    contained "[*+?]\|{\d*,\?\d*}"

" The phrases of a define, and sections.
syn match   dechaffPhrase    "^\s\+|.*$" contains=@dechaffInRegex,dechaffComment
syn match   dechaffSection   "^\s*\[\%(\%(host\|lang\)\s[^]]*\)\?\]" contains=dechaffKind
syn match   dechaffKind      contained "\[\@1<=\%(host\|lang\)\>"

" Examples: what a rule hits, and what not.
syn match   dechaffHit       "^\s\++ .*$" contains=@Spell
syn match   dechaffMiss      "^\s\+- .*$" contains=@Spell

syn match   dechaffComment   "\%(^\|\s\)\@1<=#.*$" contains=dechaffTodo,@Spell
syn keyword dechaffTodo      contained TODO FIXME XXX

hi def link dechaffVerb      Statement
hi def link dechaffDirective PreProc
hi def link dechaffParameter Identifier
hi def link dechaffCondition Type
hi def link dechaffDefined   Function
hi def link dechaffName      Include
hi def link dechaffWords     String
hi def link dechaffNumber    Number
hi def link dechaffText      String
hi def link dechaffRegex     String
hi def link dechaffSlash     Delimiter
hi def link dechaffPhrase    String
hi def link dechaffUse       Function
hi def link dechaffEscape    SpecialChar
hi def link dechaffClass     Special
hi def link dechaffGroup     Operator
hi def link dechaffRepeat    Operator
hi def link dechaffSection   Label
hi def link dechaffKind      Keyword
hi def link dechaffHit       DiffAdd
hi def link dechaffMiss      DiffDelete
hi def link dechaffComment   Comment
hi def link dechaffTodo      Todo

let b:current_syntax = "dechaff"
