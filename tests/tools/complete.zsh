# complete.zsh SCRIPT -- completes each line of standard input in an interactive zsh that has read
# SCRIPT, and prints what becomes of it.
zmodload zsh/zpty || exit 2
export TERM=dumb script=$1
zpty shell zsh -f -i
zpty -w shell 'PS1= PS2= ZLE_RPROMPT_INDENT=0; stty -echo; unsetopt zle_bracketed_paste prompt_sp prompt_cr 2>/dev/null
autoload -Uz compinit && compinit -u -D && . $script
tell() { zle complete-word; print -rn -- "<""<$BUFFER>"">"; BUFFER= }
zle -N tell && bindkey "^X" tell; zstyle ":completion:*" menu no; unsetopt auto_menu list_beep always_last_prompt; LISTMAX=100000
print -rn -- "<""<ready>"">"'
answer() { # of the shell, between << and >>
    local text
    zpty -r -m shell text '*<<*>>*' || return
    text=${text##*'<<'}
    REPLY=${text%%'>>'*}
}
answer
while IFS= read -r line; do
    zpty -w -n shell "$line"$'\x18'
    answer && print -r -- "$REPLY"
done
zpty -d shell
