// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What a virtual host shows of its network. The nodes of an embedded cluster share the interfaces of the machine, so the addresses
 * that a node holds, and the CLUSTERIP rules of address clones, are told from the resources that are active on it.
 */
import { md5, type XmlElement } from '../../cib/index.ts';

/** Agents that hold an address named `ip`. */
const ADDRESS_AGENTS: ReadonlySet<string> = new Set(['IPaddr', 'IPaddr2', 'vip']);
const DEFAULT_INTERFACE = 'eth0';
const DEFAULT_HASH = 'sourceip-sourceport';
const HOST_PREFIX = 32;
const LOOPBACK_PREFIX = 8;

interface HeldAddress {
  readonly ip: string;
  readonly prefix: number;
  readonly nic: string;
  readonly rule: ClusterRule | undefined;
}

/** One share of an address that several nodes hold. */
interface ClusterRule {
  readonly hash: string;
  readonly mac: string;
  readonly totalNodes: number;
  readonly localNode: number;
}

/** Text of `ip addr` or `iptables -nvL` on that node; undefined for any other program, and for other uses of these. */
export function inspectNetwork(cib: XmlElement, nodeId: string, program: string, args: readonly string[]): string | undefined {
  const [object = '', verb = 'show', ...rest] = args;
  if (program === 'ip' && ['a', 'addr', 'address'].includes(object) && ['show', 'list', 'ls'].includes(verb) && rest.length === 0) return addressList(heldAddresses(cib, nodeId));
  if (program === 'iptables' && args.some((word) => word.includes('L')) && args.every((word) => /^-[nvL]+$/.test(word))) return ruleList(heldAddresses(cib, nodeId));
  return undefined;
}

function heldAddresses(cib: XmlElement, nodeId: string): readonly HeldAddress[] {
  const state = cib.first('status')?.elements('node_state').find((one) => one.id === nodeId);
  const histories = state?.at('lrm', 'lrm_resources')?.elements('lrm_resource') ?? [];
  return histories.filter((history) => ADDRESS_AGENTS.has(history.get('type') ?? '') && isActive(history)).flatMap((history) => addressOf(cib, history.id ?? '') ?? []);
}

/** By the result of the last thing that was done with it. */
function isActive(history: XmlElement): boolean {
  const calls = history.elements('lrm_rsc_op').filter((entry) => entry.get('op-status') === '0');
  const last = calls.reduce<XmlElement | undefined>((a, b) => (a !== undefined && Number(a.get('call-id')) > Number(b.get('call-id')) ? a : b), undefined);
  return last?.get('rc-code') === '0' && last.get('operation') !== 'stop';
}

function addressOf(cib: XmlElement, history: string): HeldAddress | undefined {
  const [id, instance] = history.split(':');
  const resources = cib.at('configuration', 'resources');
  const elements = resources === undefined ? [] : [...resources.descendants()];
  const primitive = elements.find((one) => one.name === 'primitive' && one.id === id);
  const template = elements.find((one) => one.name === 'template' && one.id === primitive?.get('template'));
  const parameters = new Map([...pairsOf(template, 'instance_attributes'), ...pairsOf(primitive, 'instance_attributes')]);
  const ip = parameters.get('ip');
  if (ip === undefined) return undefined;
  const isLoopback = ip.startsWith('127.');
  const prefix = Number(parameters.get('cidr_netmask') ?? (isLoopback ? LOOPBACK_PREFIX : HOST_PREFIX));
  const clone = elements.find((one) => (one.name === 'clone' || one.name === 'master') && [...one.descendants()].includes(primitive!));
  const mac = parameters.get('mac') ?? sharedMac(`${ip} ${prefix} ${broadcastOf(ip, prefix) ?? ''}`);
  const rule = instance === undefined || clone === undefined ? undefined : { hash: parameters.get('clusterip_hash') ?? DEFAULT_HASH, mac, totalNodes: copiesOf(cib, clone), localNode: Number(instance) + 1 };
  return { ip, prefix, nic: parameters.get('nic') ?? (isLoopback ? 'lo' : DEFAULT_INTERFACE), rule };
}

function copiesOf(cib: XmlElement, clone: XmlElement): number {
  return Number(pairsOf(clone, 'meta_attributes').get('clone-max') ?? cib.at('configuration', 'nodes')?.elements('node').length ?? 1);
}

/** As IPaddr2 makes it of address, prefix and broadcast address, so that all holders have the same; an odd first byte names a group. */
function sharedMac(network: string): string {
  const digits = md5(`${network}\n`).slice(0, 12).replace(/^(.)[02468ace]/, '$11');
  return (digits.match(/../g) ?? []).join(':').toUpperCase();
}

function addressList(held: readonly HeldAddress[]): string {
  const interfaces = [...new Set(['lo', DEFAULT_INTERFACE, ...held.map(({ nic }) => nic)])];
  const lines = interfaces.flatMap((nic, index) => [
    nic === 'lo' ? `${index + 1}: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 state UNKNOWN` : `${index + 1}: ${nic}: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP`,
    ...(nic === 'lo' ? ['    inet 127.0.0.1/8 scope host lo'] : []),
    ...held.filter((one) => one.nic === nic).map((one) => addressLine(one)),
  ]);
  return `${lines.join('\n')}\n`;
}

function addressLine({ ip, prefix, nic }: HeldAddress): string {
  const broadcast = broadcastOf(ip, prefix);
  return `    inet ${ip}/${prefix}${broadcast === undefined ? '' : ` brd ${broadcast}`} scope ${nic === 'lo' ? 'host' : 'global'} secondary ${nic}`;
}

/** Networks of one or two addresses, and the loopback network, have none. */
function broadcastOf(ip: string, prefix: number): string | undefined {
  const bytes = ip.split('.').map(Number);
  if (prefix > 30 || bytes.length !== 4 || ip.startsWith('127.')) return undefined;
  return bytes.map((byte, index) => byte | (0xff >> Math.min(8, Math.max(0, prefix - 8 * index)))).join('.');
}

const RULE_HEADER = ' pkts bytes target     prot opt in     out     source               destination';

function ruleList(held: readonly HeldAddress[]): string {
  const rules = held.flatMap(({ ip, nic, rule }) =>
    rule === undefined
      ? []
      : [`    0     0 CLUSTERIP  all  --  ${nic.padEnd(6)} *       0.0.0.0/0            ${ip.padEnd(20)} CLUSTERIP hashmode=${rule.hash} clustermac=${rule.mac} total_nodes=${rule.totalNodes} local_node=${rule.localNode} hash_init=0`],
  );
  const chains = [['INPUT', rules], ['FORWARD', []], ['OUTPUT', []]] as const;
  return `${chains.map(([chain, lines]) => [`Chain ${chain} (policy ACCEPT 0 packets, 0 bytes)`, RULE_HEADER, ...lines].join('\n')).join('\n\n')}\n`;
}

function pairsOf(from: XmlElement | undefined, set: 'instance_attributes' | 'meta_attributes'): Map<string, string> {
  return new Map((from?.elements(set) ?? []).flatMap((one) => one.elements('nvpair').map((pair): [string, string] => [pair.get('name') ?? '', pair.get('value') ?? ''])));
}
