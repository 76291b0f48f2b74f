// SPDX-License-Identifier: GPL-2.0-or-later
/** What options are for, in a few words. */

/** One line per option: `name: meaning`. */
const TEXT = `
dc-version: release that the elected controller runs
cluster-infrastructure: layer that carries messages and membership
cluster-name: name of the cluster; rules see it as #cluster-name
dc-deadtime: wait for other nodes before electing a controller
cluster-recheck-interval: evaluate again after this long without events; 0 never
election-timeout: time limit of an election
shutdown-escalation: give up waiting for a node that shuts down
join-integration-timeout: time limit for accepting an offer to join
join-finalization-timeout: time limit for the end of a join
transition-delay: pause that collects events before acting
no-quorum-policy: what a partition without quorum does
shutdown-lock: resources wait for a node that was shut down in order
shutdown-lock-limit: end of that wait; 0 means no end
enable-acl: obey the access rules of the acls section
symmetric-cluster: without constraints every node is allowed
maintenance-mode: touch no resource
start-failure-is-fatal: one failed start bans the node
enable-startup-probes: look for running resources on new nodes
fence-remote-without-quorum: fence remote nodes even without quorum
fencing-enabled: allow fencing of nodes
fencing-action: how a node is fenced
fencing-reaction: what a node does that hears of its own fencing
fencing-timeout: time limit of fencing
have-watchdog: whether watchdog fencing was found
fencing-watchdog-timeout: a lost node counts as reset after this; negative: worked out from the watchdog
fencing-max-attempts: failed fencing of a target before it is left until something changes
concurrent-fencing: fence several nodes at the same time
startup-fencing: fence nodes that were never seen
priority-fencing-delay: head start for the half that runs what matters more
node-pending-timeout: fence a member that does not finish joining; 0 never
cluster-delay: time allowed for messages to other nodes and back
load-threshold: slow down above this load
node-action-limit: jobs on one node at a time; 0 is twice its cores
batch-limit: jobs in the cluster at a time; 0 adapts to load
migration-limit: migrations on one node at a time; -1 any number
cluster-ipc-limit: without effect
stop-all-resources: keep everything stopped
stop-removed-resources: stop what is no longer configured
cancel-removed-actions: end recurring actions that are no longer configured
pe-error-series-max: inputs with errors to keep; -1 all
pe-warn-series-max: inputs with warnings to keep
pe-input-series-max: ordinary inputs to keep
node-health-strategy: how health attributes of nodes count
node-health-base: health that every node begins with (progressive)
node-health-green: what green is worth
node-health-yellow: what yellow is worth
node-health-red: what red is worth
placement-strategy: how capacity counts when a node is chosen
priority: who runs when not everything can
critical: whether a colocation with it may move what it depends on
target-role: the state wanted
is-managed: may be started and stopped
maintenance: is left alone and not monitored
resource-stickiness: how much it wants to stay; 1 for clone instances, else 0
requires: what must hold before it starts
migration-threshold: failures that ban it from a node
failure-timeout: failures are forgotten after this; 0 never
multiple-active: what to do when it runs in too many places
allow-migrate: move it live where the agent can
allow-unhealthy-nodes: may run where node health forbids it
container-attribute-target: look attributes up on the host instead of the guest
remote-node: name of the guest node inside
remote-addr: address of the guest
remote-port: port of the guest
remote-connect-timeout: time limit for reaching the guest
remote-allow-migrate: whether the connection to the guest may move
clone-max: number of instances
clone-node-max: instances on one node
clone-min: instances that must run before what depends on them
globally-unique: instances differ and are numbered
notify: instances hear what happens to the others
ordered: instances start in turn
interleave: order and colocation look at instances on the same node
promotable: instances can be promoted
promoted-max: promoted instances
promoted-node-max: promoted instances on one node
name: what is done
interval: time from run to run; 0 once
role: role in which it is done
timeout: time limit
on-fail: what a failure leads to
enabled: whether it is done at all
interval-origin: moment from which intervals count
start-delay: wait before the first time
record-pending: note it while it is under way
pcmk_host_argument: parameter that names the target to the agent
pcmk_host_map: other names or plugs of nodes, node:plug;node:plug
pcmk_host_list: nodes it can fence
pcmk_host_check: how it is known which nodes it can fence
pcmk_delay_max: longest random wait
pcmk_delay_base: wait before fencing, for all or node:time;node:time
pcmk_action_limit: actions at a time; -1 any number
`;

let meanings: ReadonlyMap<string, string> | undefined;

/** Meaning of an option; undefined when there is nothing to say. */
export function optionMeaning(name: string): string | undefined {
  meanings ??= new Map(
    TEXT.trim()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
  );
  const device = /^pcmk_(\w+)_(action|timeout|retries)$/.exec(name);
  if (device === null) return meanings.get(name);
  const what = device[2] === 'action' ? 'word for' : device[2] === 'timeout' ? 'time limit of' : 'tries of';
  return `${what} ${device[1]}`;
}
