if [[ ${HISTFILE-} == $__qd_folder/* ]]; then HISTFILE=${__qd_user_folder:-$HOME}/${HISTFILE:t}; fi
__qd_enter
if [[ -r ${ZDOTDIR:-$HOME}/.zshrc ]]; then 'builtin' 'source' "${ZDOTDIR:-$HOME}/.zshrc"; fi
__qd_leave
# A login shell reads one more.
if [[ ! -o login ]]; then __qd_finish; fi
