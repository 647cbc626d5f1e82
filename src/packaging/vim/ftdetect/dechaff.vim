" Rule files of dechaff. Others are called .rules too, those of udev or Snort: the first line that is
" no comment tells.

function! s:IsDechaff() abort
  let l:verbs = 'drop\|keep\|strip\|cut\|block\|run\|head\|tail\|pass\|mark\|weigh\|judge\|group\|document'
  for l:line in getline(1, 200)
    if l:line !~# '^\s*\%(#\|$\)'
      return l:line =~# '^\s*\%(define\s\+[A-Za-z0-9._-]\+\s*\%($\|/\)'
            \ . '\|\%(include\|bind\)\s\+\S\+\s*\%($\|#\)\|set\s\+[a-z-]\+\s\|function\s'
            \ . '\|\[\%(host\|lang\)\s\|\%(' . l:verbs . '\)\s\%(.*[ =]\)\?/.*/[ix]*\%(\s\|$\)\)'
    endif
  endfor
  return 0
endfunction

autocmd BufNewFile,BufRead *.rules if s:IsDechaff() | set filetype=dechaff | endif
