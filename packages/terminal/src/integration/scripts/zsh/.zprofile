__qd_enter
if [[ -r ${ZDOTDIR:-$HOME}/.zprofile ]]; then 'builtin' 'source' "${ZDOTDIR:-$HOME}/.zprofile"; fi
__qd_leave
