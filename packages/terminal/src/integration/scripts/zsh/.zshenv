# The first of the files that zsh reads in the ZDOTDIR that Quarterdeck's terminal gives it. Each reads the user's own
# file as if it were not there; the last installs the marks. Nothing of the user's is written to.
#
# Every mark ends with a secret of this session, so that what a program prints can't pass for one. The secret comes in a
# file that is removed at once: the environment of a process can be read from outside.

__qd_folder=$ZDOTDIR
__qd_secret=
if [[ -r $QUARTERDECK_SHELL_FOLDER/secret ]]; then
  IFS= read -r __qd_secret < "$QUARTERDECK_SHELL_FOLDER/secret"
  command rm -f -- "$QUARTERDECK_SHELL_FOLDER/secret"
fi
if [[ -n ${QUARTERDECK_ZDOTDIR-} ]]; then ZDOTDIR=$QUARTERDECK_ZDOTDIR; else unset ZDOTDIR; fi
unset QUARTERDECK_SHELL_FOLDER QUARTERDECK_ZDOTDIR

# The user's files see their own ZDOTDIR, and may change it.
__qd_enter() {
  if [[ -n $__qd_user_folder ]]; then export ZDOTDIR=$__qd_user_folder; else unset ZDOTDIR; fi
}
__qd_leave() {
  __qd_user_folder=${ZDOTDIR-}
  export ZDOTDIR=$__qd_folder
}

# A text as a mark may hold it, in REPLY.
__qd_escape() {
  emulate -L zsh -o no_xtrace
  local text=$1
  text=${text//\\/\\\\}
  text=${text//;/\\x3b}
  text=${text//$'\n'/\\x0a}
  text=${text//$'\t'/\\x09}
  text=${text//$'\r'/\\x0d}
  text=${text//$'\e'/\\x1b}
  REPLY=${text//$'\a'/\\x07}
}

__qd_preexec() {
  emulate -L zsh -o no_xtrace
  local REPLY
  __qd_escape "${1[1,16000]}"
  __qd_ran=1
  builtin printf '\e]633;E;%s;%s\a\e]133;C;qd=%s\a' "$REPLY" "$__qd_secret" "$__qd_secret"
}

__qd_precmd() {
  local exit_status=$?
  emulate -L zsh -o no_xtrace
  local REPLY
  if [[ -n $__qd_ran ]]; then
    builtin printf '\e]133;D;%s;qd=%s\a' "$exit_status" "$__qd_secret"
  elif [[ -n $__qd_prompted ]]; then
    builtin printf '\e]133;D;qd=%s\a' "$__qd_secret"
  fi
  __qd_ran=
  __qd_escape "$PWD"
  builtin printf '\e]633;P;Cwd=%s;%s\a' "$REPLY" "$__qd_secret"
  if [[ ${KUBECONFIG-} != $__qd_kubeconfig || -z $__qd_prompted ]]; then
    __qd_kubeconfig=${KUBECONFIG-}
    __qd_escape "$__qd_kubeconfig"
    builtin printf '\e]633;P;Kubeconfig=%s;%s\a' "$REPLY" "$__qd_secret"
  fi
  __qd_prompted=1
  builtin printf '\e]133;A;qd=%s\a' "$__qd_secret"
  # Whoever joined later prints before the prompt and not after its mark.
  if [[ ${precmd_functions[-1]} != __qd_precmd ]]; then precmd_functions=(${precmd_functions:#__qd_precmd} __qd_precmd); fi
}

# The prompt stands and the line is about to be read: PS1, which is often exported, stays the user's.
__qd_line_init() {
  builtin printf '\e]133;B;qd=%s\a' "$__qd_secret"
}

__qd_install() {
  emulate -L zsh -o no_xtrace -o no_allexport
  typeset -g +x __qd_secret __qd_ran='' __qd_prompted='' __qd_kubeconfig=''
  [[ -n $__qd_secret ]] || return 0
  typeset -ga precmd_functions preexec_functions
  precmd_functions+=(__qd_precmd)
  preexec_functions+=(__qd_preexec)
  autoload -Uz add-zle-hook-widget && add-zle-hook-widget line-init __qd_line_init
}

__qd_finish() {
  __qd_enter
  # A system-wide zshrc may have put it beside our files.
  if [[ ${HISTFILE-} == $__qd_folder/* ]]; then HISTFILE=${ZDOTDIR:-$HOME}/${HISTFILE:t}; fi
  __qd_install
  unset __qd_folder __qd_user_folder
  unfunction __qd_enter __qd_leave __qd_install __qd_finish
}

if [[ -r ${ZDOTDIR:-$HOME}/.zshenv ]]; then builtin source "${ZDOTDIR:-$HOME}/.zshenv"; fi
__qd_leave
