" groups.vim -- the runs of characters of the buffer that have one syntax group, a line of it each:
" LINE: GROUP(text) ...; written to $TOKENS.
let s:out = []
for s:line in range(1, line('$'))
  let s:text = getline(s:line)
  let s:runs = []
  let s:last = ''
  for s:column in range(1, len(s:text))
    let s:byte = s:text[s:column - 1]
    let s:group = substitute(synIDattr(synID(s:line, s:column, 1), 'name'), '^dechaff', '', '')
    if s:byte =~# '\s' && s:last ==# s:group && !empty(s:runs)
      let s:runs[-1][1] .= s:byte
    elseif s:last ==# s:group && !empty(s:runs)
      let s:runs[-1][1] .= s:byte
    else
      call add(s:runs, [s:group, s:byte])
    endif
    let s:last = s:group
  endfor
  call filter(s:runs, 'v:val[0] !=# ""')
  call add(s:out, s:line . ':' . join(map(s:runs, '" " . v:val[0] . "<" . v:val[1] . ">"'), ''))
endfor
call writefile(s:out, $TOKENS)
qall!
