__qd_enter
if [[ -r ${ZDOTDIR:-$HOME}/.zlogin ]]; then 'builtin' 'source' "${ZDOTDIR:-$HOME}/.zlogin"; fi
__qd_leave
__qd_finish
