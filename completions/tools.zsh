#compdef attrd_updater cibadmin crm_attribute crm_diff crm_error crm_failcount crm_master crm_mon crm_node crm_resource crm_rule crm_shadow crm_simulate crm_standby crm_ticket crm_verify crmadmin iso8601 stonith_admin
# SPDX-License-Identifier: GPL-2.0-or-later
# Completion of the classic tools for zsh: each is asked itself.
local -a candidates
candidates=("${(@f)$("$words[1]" --complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
compadd -- $candidates
