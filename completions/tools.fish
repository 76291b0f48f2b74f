# SPDX-License-Identifier: GPL-2.0-or-later
# Completion of the classic tools for fish: each is asked itself.
function __quorate_tool_complete
    set -l words (commandline -opc) (commandline -ct)
    $words[1] --complete $words[2..-1] 2>/dev/null
end
for tool in attrd_updater cibadmin crm_attribute crm_diff crm_error crm_failcount crm_master crm_mon crm_node crm_resource crm_rule crm_shadow crm_simulate crm_standby crm_ticket crm_verify crmadmin iso8601 stonith_admin
    complete -c $tool -f -a '(__quorate_tool_complete)'
end
