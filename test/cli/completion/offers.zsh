# What zsh offers for each line, one a line behind the number of that line: zsh -f offers.zsh SCRIPT LINE...
# Completion works in the line editor only, so one is run in a pseudo-terminal.
zmodload zsh/zpty
export SCRIPT=$1 LINES_FILE=$(mktemp) OFFERS=$(mktemp) SETUP=$(mktemp)
print -rl -- "${@:2}" >$LINES_FILE
cat >$SETUP <<'END'
PS1= RPS1=
setopt no_auto_menu
autoload -Uz compinit
compinit -u -D
source $SCRIPT
compadd() {
  # Asked only to fill an array, it offers nothing.
  if [[ ${argv[1,(i)(-|--)]} == *-[OAD]* ]]; then builtin compadd "$@"; return; fi
  local -a offered
  builtin compadd -O offered "$@"
  for one in $offered; do print -r -- "$number $one"; done >>$OFFERS
  builtin compadd "$@"
}
look() {
  number=0
  while IFS= read -r BUFFER; do
    CURSOR=$#BUFFER
    zle complete-word
    number=$((number + 1))
  done <$LINES_FILE
  exit
}
zle -N look
bindkey '^G' look
print READY
END
zpty editor "exec zsh -f -i"
trap 'rm -f $LINES_FILE $OFFERS $SETUP' EXIT
zpty -w editor "source $SETUP"
zpty -r editor seen '*READY*'
zpty -w -n editor $'\C-g'
# Everything is there once the editor has gone.
while zpty -r editor seen; do :; done
sort -u $OFFERS
