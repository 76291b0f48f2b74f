# SPDX-License-Identifier: GPL-2.0-or-later
# What the bundled agents share: exit codes, state directory, node name, server processes. Sourced, not run.

OCF_SUCCESS=0
OCF_ERR_GENERIC=1
OCF_ERR_ARGS=2
OCF_ERR_UNIMPLEMENTED=3
OCF_ERR_CONFIGURED=6
OCF_NOT_RUNNING=7
OCF_RUNNING_PROMOTED=8

state_dir="${HA_RSCTMP:-${TMPDIR:-/tmp}/quorate-agents-$(id -u)}"
instance=$(printf '%s' "${OCF_RESOURCE_INSTANCE:-default}" | tr ':/' '__')

# With trace_ra=1 every run of the agent writes its steps to a file of its own: TRACE_DIR/TYPE/INSTANCE.ACTION.TIME, as agents
# of the public collection do. What the cluster is to see goes to its old place.
reason_fd=2
if [ "$OCF_RESKEY_trace_ra" = 1 ] && [ -n "$OCF_RESKEY_trace_dir" ] && mkdir -p "$OCF_RESKEY_trace_dir/${0##*/}" 2>/dev/null; then
    exec 3>&2 2>>"$OCF_RESKEY_trace_dir/${0##*/}/$instance.$1.$(date +%Y-%m-%d.%H:%M:%S)"
    reason_fd=3
    set -x
fi

# Says why the action failed; the cluster shows the last such line.
exit_reason() {
    printf 'ocf-exit-reason:%s\n' "$1" >&"$reason_fd"
}

# Path of a tool of the cluster.
tool() {
    if [ -n "$HA_SBIN_DIR" ] && [ -x "$HA_SBIN_DIR/$1" ]; then
        printf '%s' "$HA_SBIN_DIR/$1"
    else
        printf '%s' "$1"
    fi
}

node_name() {
    if [ -n "$OCF_RESKEY_CRM_meta_on_node" ]; then
        printf '%s' "$OCF_RESKEY_CRM_meta_on_node"
    else
        "$(tool crm_node)" -n 2>/dev/null || uname -n
    fi
}

make_state_dir() {
    mkdir -p "$state_dir" 2>/dev/null && [ -w "$state_dir" ] && return 0
    exit_reason "cannot write to $state_dir"
    exit $OCF_ERR_GENERIC
}

# A dead child that nobody has collected still has a process id.
is_alive() {
    kill -0 "$1" 2>/dev/null || return 1
    [ -r "/proc/$1/stat" ] || return 0
    ! grep -q ') Z ' "/proc/$1/stat" 2>/dev/null
}

# Process id of the server whose pid file is $1, if it lives.
server_pid() {
    [ -r "$1" ] || return 1
    pid=$(cat "$1" 2>/dev/null)
    [ -n "$pid" ] && is_alive "$pid" || return 1
    printf '%s' "$pid"
}

# start_server PIDFILE SCRIPT ARGUMENT...: runs a Node.js script in the background until it has written its pid file.
start_server() {
    pidfile=$1
    shift
    rm -f "$pidfile" "$pidfile.err"
    (cd "$state_dir" && exec "${QUORATE_NODE:-node}" "$@") </dev/null >/dev/null 2>"$pidfile.err" &
    child=$!
    while [ ! -s "$pidfile" ]; do
        if ! is_alive "$child"; then
            reason=$(tail -n 1 "$pidfile.err" 2>/dev/null)
            exit_reason "${reason:-the server ended at once}"
            rm -f "$pidfile.err"
            return $OCF_ERR_GENERIC
        fi
        sleep 0.05
    done
    rm -f "$pidfile.err"
    return $OCF_SUCCESS
}

# Ends the server of a pid file and waits until it is gone. The action's own timeout limits the wait.
stop_server() {
    pid=$(server_pid "$1") || { rm -f "$1"; return $OCF_SUCCESS; }
    kill "$pid" 2>/dev/null
    tries=0
    while is_alive "$pid"; do
        tries=$((tries + 1))
        [ $tries -eq 60 ] && kill -KILL "$pid" 2>/dev/null
        sleep 0.05
    done
    rm -f "$1"
    return $OCF_SUCCESS
}

# A whole number between two bounds.
is_number() {
    case $1 in
        ''|*[!0-9]*) return 1 ;;
    esac
    [ "$1" -ge "$2" ] && [ "$1" -le "$3" ]
}
