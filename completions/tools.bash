# SPDX-License-Identifier: GPL-2.0-or-later
# Completion of the classic tools for bash: each is asked itself.
_quorate_tool_complete() {
    local IFS=$'\n'
    COMPREPLY=($("$1" --complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -F _quorate_tool_complete attrd_updater cibadmin crm_attribute crm_diff crm_error crm_failcount crm_master crm_mon crm_node crm_resource crm_rule crm_shadow crm_simulate crm_standby crm_ticket crm_verify crmadmin iso8601 stonith_admin
