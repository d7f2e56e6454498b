# Marks where prompts, commands and their output begin and end, for Quarterdeck's terminal. Read with `bash --init-file`,
# in place of ~/.bashrc, which it reads itself; it writes to none of the user's files.
#
# Every mark ends with a secret of this session, so that what a program prints can't pass for one. The secret comes in a
# file that is removed at once and stays a shell variable: the environment of a process can be read from outside.
# Functions are defined first: aliases of the user don't reach into them, but for what is substituted (`\builtin`).

__qd_read_secret() {
  local folder=${QUARTERDECK_SHELL_FOLDER-}
  __qd_secret=
  __qd_login=${QUARTERDECK_SHELL_LOGIN-}
  unset QUARTERDECK_SHELL_FOLDER QUARTERDECK_SHELL_LOGIN
  [[ -r $folder/secret ]] || return 0
  IFS= read -r __qd_secret < "$folder/secret"
  command rm -f -- "$folder/secret"
}

# A text as a mark may hold it, in REPLY.
__qd_escape() {
  local LC_ALL=C text=$1
  text=${text//\\/\\\\}
  text=${text//;/\\x3b}
  text=${text//$'\n'/\\x0a}
  text=${text//$'\t'/\\x09}
  text=${text//$'\r'/\\x0d}
  text=${text//$'\e'/\\x1b}
  REPLY=${text//$'\a'/\\x07}
}

# Right before a command runs, out of PS0, in a subshell. A line that bash does not keep (it begins with a space, it is
# the same again) has left the number of the last entry as it was: then nothing is said of it, and the screen is read.
__qd_before_command() {
  local entry number
  entry=$(HISTTIMEFORMAT='' \builtin history 1)
  entry=${entry#"${entry%%[![:space:]]*}"}
  number=${entry%%[* ]*}
  REPLY=
  if [[ -n $number && $number != "$__qd_last_entry" ]]; then
    entry=${entry#"$number"}
    __qd_escape "${entry:2:16000}"
  fi
  builtin printf '\e]633;E;%s;%s\a\e]133;C;qd=%s\a' "$REPLY" "$__qd_secret" "$__qd_secret"
}

# First at a prompt: how the command ended, before anything else changes it.
__qd_after_command() {
  { local status=$? REPLY; local -; set +xuea; } 2> /dev/null
  if [[ -n $__qd_ran ]]; then
    builtin printf '\e]133;D;%s;qd=%s\a' "$status" "$__qd_secret"
  elif [[ -n $__qd_prompted ]]; then
    builtin printf '\e]133;D;qd=%s\a' "$__qd_secret"
  fi
  __qd_ran=
  return "$status"
}

# Last at a prompt, when whoever makes the prompt has made it.
__qd_before_prompt() {
  { local status=$? REPLY; local -; set +xuea; } 2> /dev/null
  local entry='\!'
  __qd_last_entry=${entry@P}
  # 1 stands for one entry and for none.
  if [[ $__qd_last_entry == 1 && -z $(\builtin history 1) ]]; then __qd_last_entry=; fi
  __qd_escape "$PWD"
  builtin printf '\e]633;P;Cwd=%s;%s\a' "$REPLY" "$__qd_secret"
  if [[ ${KUBECONFIG-} != "$__qd_kubeconfig" || -z $__qd_prompted ]]; then
    __qd_kubeconfig=${KUBECONFIG-}
    __qd_escape "$__qd_kubeconfig"
    builtin printf '\e]633;P;Kubeconfig=%s;%s\a' "$REPLY" "$__qd_secret"
  fi
  # A reference and not the mark itself: PS1 is often exported, and no other shell knows the variable.
  if shopt -q promptvars && [[ $PS1 != *'${__qd_input-}'* ]]; then PS1+='\[${__qd_input-}\]'; fi
  __qd_prompted=1
  builtin printf '\e]133;A;qd=%s\a' "$__qd_secret"
  return "$status"
}

__qd_is_readonly() {
  [[ "$(\declare -p "$1" 2> /dev/null)" =~ ^declare\ -[a-zA-Z]*r ]]
}

__qd_install() {
  # PS0 came with 4.4.
  if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 404)) || [[ -z $__qd_secret ]]; then return 0; fi
  local - name
  set +xuea
  for name in PROMPT_COMMAND PS0 PS1; do __qd_is_readonly "$name" && return 0; done
  __qd_on=1 __qd_ran= __qd_prompted= __qd_last_entry= __qd_kubeconfig=
  __qd_input=$'\e]133;B;qd='$__qd_secret$'\a'
  PS0="${PS0-}"'${__qd_on:+$(__qd_before_command)${__qd_on:0:$((__qd_ran=1,0))}}'
  # Another shell that inherits it finds nothing to run.
  if ((${#PROMPT_COMMAND[@]} > 1)); then
    PROMPT_COMMAND=('${__qd_on:+__qd_after_command}' "${PROMPT_COMMAND[@]}" '${__qd_on:+__qd_before_prompt}')
  else
    PROMPT_COMMAND='${__qd_on:+__qd_after_command}'$'\n'"${PROMPT_COMMAND-}"$'\n''${__qd_on:+__qd_before_prompt}'
  fi
}

__qd_read_secret
if [[ -n $__qd_login ]]; then
  # bash reads no --init-file as a login shell: this is what it would have read.
  if [[ -r /etc/profile ]]; then . /etc/profile; fi
  if [[ -r ~/.bash_profile ]]; then . ~/.bash_profile
  elif [[ -r ~/.bash_login ]]; then . ~/.bash_login
  elif [[ -r ~/.profile ]]; then . ~/.profile
  fi
elif [[ -r ~/.bashrc ]]; then
  . ~/.bashrc
fi
__qd_install
\unset -f __qd_read_secret __qd_install __qd_is_readonly
