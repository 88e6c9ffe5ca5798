# What zsh offers for a line: zsh -f offers.zsh SCRIPT LINE. Completion works in the line editor only, so one is run in a pseudo-terminal.
zmodload zsh/zpty
export SCRIPT=$1 LINE=$2 OFFERS=$(mktemp) SETUP=$(mktemp)
cat >$SETUP <<'END'
PS1= RPS1=
autoload -Uz compinit
compinit -u -D
source $SCRIPT
compadd() {
  # Asked only to fill an array, it offers nothing.
  if [[ ${argv[1,(i)(-|--)]} == *-[OAD]* ]]; then builtin compadd "$@"; return; fi
  local -a offered
  builtin compadd -O offered "$@"
  print -rl -- $offered >>$OFFERS
  builtin compadd "$@"
}
look() { BUFFER=$LINE CURSOR=$#LINE; zle complete-word; print -r -- END >>$OFFERS; exit }
zle -N look
bindkey '^G' look
print READY
END
zpty editor "exec zsh -f -i"
trap 'rm -f $OFFERS $SETUP' EXIT
zpty -w editor "source $SETUP"
zpty -r editor seen '*READY*'
zpty -w -n editor $'\C-g'
# Everything is there once the editor has gone.
while zpty -r editor seen; do :; done
grep -v '^END$' $OFFERS | grep -v '^$' | sort -u
