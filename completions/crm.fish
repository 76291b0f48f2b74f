# SPDX-License-Identifier: GPL-2.0-or-later
# Completion of crm for fish: asks the program itself.
function __crm_complete
    set -l line (commandline -cp)
    set -l word (commandline -ct)
    set -l before ''
    if string match -q '*:*' -- $word
        set before (string replace -r ':[^:]*$' ':' -- $word)
    end
    for candidate in (crm --complete (string length -- $line) $line 2>/dev/null)
        echo $before(string trim -- $candidate)
    end
end
complete -c crm -f -a '(__crm_complete)'
