// SPDX-License-Identifier: GPL-2.0-or-later
/** The cluster level: the embedded cluster's life and troubles. Commands for hosts reached over ssh say how to do the same here. */
import type { Command, LevelBody } from '../../command.ts';
import { inOrder, nodeNames } from '../resource/names.ts';
import { foreignCommands } from './foreign.ts';
import { checkHealth, renameCluster, sharedFile } from './hosts.ts';
import { bootNodes, killNode, passOn, restartCluster, startCluster, stopCluster } from './life.ts';
import { runOnNodes } from './run.ts';
import { addNodes, removeNodes } from './size.ts';
import { clusterStatus, showTrace, waitForStartup } from './state.ts';

const MANY = 1000;
const NOTHING = (): readonly string[] => [];
const FAULTS = ['link-down', 'link-up', 'partition', 'heal'];

const lifeCommands: readonly Command[] = [
  {
    name: 'start',
    usage: '[COUNT | NODE ...]',
    summary: 'Start the embedded cluster, or nodes of it',
    skill: 'administrator',
    waits: true,
    help: 'Without arguments the nodes of the last time, else node1 to node3. With a number that many nodes, with names those; NAME, or ID:NAME for a certain id. Nodes of the last time that are not named stay off. If the cluster runs, the named nodes are booted.',
    complete: nodeNames,
    run: async ({ args }, session) => startCluster(session, args),
  },
  { name: 'stop', usage: '[--all | NODE ...]', summary: 'Stop the embedded cluster, or nodes of it; the configuration is kept', skill: 'administrator', waits: true, complete: nodeNames, run: async ({ args }, session) => stopCluster(session, args) },
  { name: 'restart', usage: '[--all | NODE ...]', summary: 'Stop and start the embedded cluster, or nodes of it', skill: 'administrator', waits: true, complete: nodeNames, run: async ({ args }, session) => restartCluster(session, args) },
  { name: 'kill', usage: 'NODE', summary: 'Cut the power of a node', skill: 'administrator', isDestructive: true, takes: [1, 1], waits: true, complete: inOrder(nodeNames, NOTHING), run: async ({ args }, session) => killNode(session, args[0]!) },
  { name: 'boot', usage: 'NODE [NODE ...]', summary: 'Switch nodes on', skill: 'administrator', takes: [1, MANY], waits: true, complete: nodeNames, run: async ({ args }, session) => bootNodes(session, args) },
  { name: 'add', usage: '[COUNT | NODE ...]', summary: 'Add nodes to the embedded cluster, and start them', skill: 'administrator', help: 'NODE is a name, or ID:NAME; without an id the node gets the lowest that is free. Without names they are chosen: the first of node1, node2 ... that are free.', takes: [0, MANY], waits: true, run: async ({ args }, session) => addNodes(session, args) },
  { name: 'remove', oldNames: ['delete'], usage: '[-y] NODE [NODE ...]', summary: 'Remove nodes from the embedded cluster', skill: 'administrator', isDestructive: true, takes: [1, MANY], waits: true, complete: nodeNames, run: async ({ args }, session) => removeNodes(session, args) },
];

const stateCommands: readonly Command[] = [
  { name: 'status', usage: '', summary: 'Show nodes, controller and quorum', takes: [0, 0], run: async (_invocation, session) => clusterStatus(session) },
  { name: 'wait_for_startup', usage: '[SECONDS]', summary: 'Wait until the cluster has a controller', takes: [0, 1], run: async ({ args }, session) => waitForStartup(session, args[0]) },
  { name: 'modules', usage: '', summary: 'Show the daemons of every node', takes: [0, 0], run: async (_invocation, session) => passOn(session, 'modules', []) },
  { name: 'totem', usage: '', summary: 'Show the state of the ring on every node', takes: [0, 0], run: async (_invocation, session) => passOn(session, 'totem', []) },
  { name: 'trace', usage: '[NODE]', summary: 'Show the last messages of the daemons, of all nodes in the order of time', takes: [0, 1], complete: nodeNames, run: async ({ args }, session) => showTrace(session, args) },
];

const hostCommands: readonly Command[] = [
  { name: 'health', usage: '', summary: 'Check nodes, controller, quorum and resources', help: 'The code is 1 when something is not as it should be.', skill: 'administrator', takes: [0, 2], run: async ({ args }, session) => checkHealth(session, args) },
  { name: 'rename', usage: 'NAME', summary: 'Rename the cluster', skill: 'administrator', takes: [1, 1], run: async ({ args: [name] }, session) => renameCluster(session, name!) },
  { name: 'copy', usage: 'PATH [NODE ...]', summary: 'Make sure that nodes have a file', skill: 'administrator', takes: [1, MANY], complete: inOrder(NOTHING, nodeNames), run: async ({ args }, session) => sharedFile(session, 'copy', args) },
  { name: 'diff', usage: 'FILE [--checksum] [NODE ...]', summary: 'Compare a file of nodes', skill: 'administrator', takes: [1, MANY], complete: inOrder(NOTHING, nodeNames), run: async ({ args }, session) => sharedFile(session, 'diff', args) },
];

const troubleCommands: readonly Command[] = [
  {
    name: 'fault',
    usage: 'link-down NODE | link-up NODE | partition NODE ... | heal',
    summary: 'Pull cables of nodes, or plug them again',
    help: 'partition takes nodes apart from the rest, link-down one node from everyone; heal ends all of it. Failures of agents: crm_resource --fail, or a parameter of ocf:quorate:Dummy.',
    skill: 'expert',
    takes: [1, MANY],
    waits: true,
    complete: inOrder(() => FAULTS, nodeNames),
    run: async ({ args }, session) => passOn(session, 'fault', args),
  },
  {
    name: 'run',
    usage: 'NODE [NODE ...] -- PROGRAM [ARGUMENT ...] | "COMMAND" [NODE ...]',
    summary: "Run a program in a node's surroundings",
    skill: 'expert',
    isVerbatim: true,
    complete: nodeNames,
    run: async ({ args }, session) => runOnNodes(session, args),
  },
];

export const clusterLevel: LevelBody = { commands: [...lifeCommands, ...stateCommands, ...hostCommands, ...troubleCommands, ...foreignCommands] };
