#compdef crm
# SPDX-License-Identifier: GPL-2.0-or-later
# Completion of crm for zsh: asks the program itself. Put it in a directory of $fpath as _crm, or source it after compinit.
_crm() {
    local line="${words[1,CURRENT]}"
    local -a found
    found=("${(@f)$(crm --complete ${#line} "$line" 2>/dev/null)}")
    (( ${#found[@]} )) || return 1
    local prefix=""
    [[ "$PREFIX" == *:* ]] && prefix="${PREFIX%:*}:"
    compadd -Q -S '' -p "$prefix" -- "${(@)found:#}"
}
if [[ "$zsh_eval_context" == *file* ]]; then compdef _crm crm; else _crm "$@"; fi
