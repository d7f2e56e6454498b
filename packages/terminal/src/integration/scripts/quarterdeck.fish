# Marks where prompts, commands and their output begin and end, for Quarterdeck's terminal. Read with
# `fish --init-command`, after the user's configuration; it writes to none of the user's files.
#
# Every mark ends with a secret of this session, so that what a program prints can't pass for one. The secret comes in a
# file that is removed at once: the environment of a process can be read from outside.

set -g __qd_secret ''
if test -r "$QUARTERDECK_SHELL_FOLDER/secret"
    read -g __qd_secret <"$QUARTERDECK_SHELL_FOLDER/secret"
    command rm -f -- "$QUARTERDECK_SHELL_FOLDER/secret"
end
set -e QUARTERDECK_SHELL_FOLDER

if status is-interactive; and test -n "$__qd_secret"; and not functions -q __qd_user_prompt
    # A text as a mark may hold it.
    function __qd_escape
        set -l text (string replace -a -- '\\' '\\\\' $argv[1] | string collect -a)
        set text (string replace -a -- ';' '\\x3b' $text | string collect -a)
        set text (string replace -a -- \n '\\x0a' $text | string collect -a)
        set text (string replace -a -- \t '\\x09' $text | string collect -a)
        set text (string replace -a -- \r '\\x0d' $text | string collect -a)
        set text (string replace -a -- \e '\\x1b' $text | string collect -a)
        string replace -a -- \a '\\x07' $text | string collect -a
    end

    function __qd_preexec --on-event fish_preexec
        set -g __qd_ran 1
        printf '\e]633;E;%s;%s\a\e]133;C;qd=%s\a' (__qd_escape (string sub -l 16000 -- $argv[1] | string collect -a) | string collect -a) $__qd_secret $__qd_secret
    end

    function __qd_postexec --on-event fish_postexec
        set -l exit_status $status
        if set -q __qd_ran
            printf '\e]133;D;%s;qd=%s\a' $exit_status $__qd_secret
        end
        set -e __qd_ran
        set -g __qd_told 1
    end

    function __qd_at_prompt --on-event fish_prompt
        if set -q __qd_prompted; and not set -q __qd_told
            printf '\e]133;D;qd=%s\a' $__qd_secret
        end
        set -e __qd_told
        printf '\e]633;P;Cwd=%s;%s\a' (__qd_escape $PWD | string collect -a) $__qd_secret
        if not set -q __qd_prompted; or test "$KUBECONFIG" != "$__qd_kubeconfig"
            set -g __qd_kubeconfig "$KUBECONFIG"
            printf '\e]633;P;Kubeconfig=%s;%s\a' (__qd_escape (string join : -- $KUBECONFIG) | string collect -a) $__qd_secret
        end
        set -g __qd_prompted 1
        printf '\e]133;A;qd=%s\a' $__qd_secret
    end

    # Its first command finds the status as it was.
    functions -c fish_prompt __qd_user_prompt
    function fish_prompt
        __qd_user_prompt
        printf '\e]133;B;qd=%s\a' $__qd_secret
    end
end
