# SPDX-License-Identifier: GPL-2.0-or-later
# Completion of crm for bash: asks the program itself.
_crm_complete() {
    local IFS=$'\n'
    COMPREPLY=($(crm --complete "$COMP_POINT" "$COMP_LINE" 2>/dev/null))
    compopt -o nospace 2>/dev/null
}
complete -F _crm_complete crm
