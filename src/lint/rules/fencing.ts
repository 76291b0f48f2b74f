// SPDX-License-Identifier: GPL-2.0-or-later
/** FEN3xx: devices, their nodes, delays, levels. */
import { isTrue, parseBoolean } from '../../cib/index.ts';
import type { TopologyItem, Word } from '../../language/index.ts';
import type { Report } from '../finding.ts';
import { agentOf, isFenceDevice, leavesOf, ownMeta, parameter, timeMs, typeOf, type Attribute, type LintModel, type Resource } from '../model/index.ts';
import { nearest } from '../nearest.ts';
import { addPair, removeSetting, removeSpan, removeStatement, setValue } from '../repair.ts';
import { rule } from '../rule.ts';
import { fenceDevices, fencingSwitch, fencingTimeout, hasFencing, isFencingOff, isTestDevice, watchdogTimeout } from './fencing-facts.ts';

/** Where a vendor's guide says which delay the first of several devices gets. */
const DELAYS_OF_VENDORS: ReadonlyMap<string, string> = new Map([['fence_gce', 'pcmk_delay_max=30']]);
/** A list of words of node names, blanks or commas or semicolons between them. */
const BETWEEN_NAMES = /[\s,;]+/;
const MAP_ENTRY = /^[^:;=,\s]+:[^:;]+$/;

export const fencingRules = [
  rule('FEN301', 'error', 'No fencing device and no watchdog fencing.', 'Pacemaker starts no resource while fencing is wanted and cannot be done.', 'Configure a device.', noDevice),
  rule('FEN302', 'error', 'Fencing is switched off.', 'After a split both sides may write to the same data; vendors do not support it.', 'Switch it on and configure a device.', switchedOff),
  rule('FEN303', 'error', 'No device covers a node.', 'When that node is lost the cluster waits for its fencing for ever.', 'Add it to a device.', uncoveredNodes),
  rule('FEN304', 'error', 'A device names an unknown node.', 'A typing error, or a map written the wrong way round: the node comes first.', 'Correct the name (automatic at one letter of difference).', unknownHosts),
  rule('FEN305', 'error', 'The device of one node may run on that node.', 'A node should not be asked to fence itself.', 'Keep it off by a location.', ownDevice, { isOff: true }),
  rule('FEN306', 'warning', 'Two nodes and no fencing delay.', 'Both sides of a split fence each other.', 'Give a delay (automatic).', noDelay),
  rule('FEN307', 'warning', 'priority-fencing-delay without any priority.', 'With every priority 0 it has no effect.', 'Give the resources priorities.', delayWithoutPriority),
  rule('FEN308', 'warning', 'priority-fencing-delay is less than twice the largest delay of a device.', 'The random delay of a device can outweigh it.', 'Raise it (automatic).', shortPriorityDelay),
  rule('FEN309', 'error', 'A level names an unknown device.', 'The level can never succeed.', 'Correct the name.', unknownLevelDevice),
  rule('FEN310', 'warning', 'A level is for an unknown node.', 'A typing error, or a node that has left.', 'Delete the target (automatic).', unknownLevelNode),
  rule('FEN311', 'warning', 'Some nodes have levels and others none.', 'Nodes without levels are fenced with any device.', 'Give all nodes levels.', partialTopology),
  rule('FEN312', 'error', 'A level names a resource that is no fencing device.', 'The level can never succeed.', 'Name a device.', noDeviceInLevel),
  rule('FEN313', 'warning', 'A fencing device stands in a clone or group.', 'Needless: any node can use a device wherever it is monitored.', 'Delete the container (automatic).', containedDevice),
  rule('FEN315', 'warning', 'The fencing timeout is not above the random delay of an SBD device.', 'Fencing times out while the device still waits.', 'Raise the timeout.', timeoutBelowDelay),
  rule('FEN316', 'error', 'The fencing action is unknown, or the old poweroff.', 'The property takes reboot and off.', 'Write off (automatic for poweroff).', badAction),
  rule('FEN317', 'warning', 'A device made for tests.', 'It does not fence anything for certain.', 'Use a real device.', testDevice),
  rule('FEN318', 'warning', 'Watchdog fencing together with SBD disks.', 'With disks the watchdog timeout is 0.', 'Delete it (automatic).', watchdogWithDisks),
  rule('FEN319', 'warning', 'Watchdog fencing only, with two nodes.', 'Without a disk two nodes cannot decide a split.', 'Add a disk, a third node or a quorum device.', watchdogForTwo),
  rule('FEN320', 'error', 'A static list is asked for and none is given.', 'The device is for no node.', 'Give pcmk_host_list or pcmk_host_map.', staticWithoutList),
  rule('FEN321', 'error', 'pcmk_host_map cannot be read.', 'The whole map is ignored.', 'Write node:port;node:port.', badMap),
  rule('FEN322', 'warning', 'startup-fencing is switched off.', 'Nodes never seen are taken for down; they may be running resources.', 'Leave it on.', noStartupFencing),
  rule('FEN324', 'warning', 'Two SBD resources for all nodes.', 'One resource handles all SBD disks.', 'Keep one.', doubleSbd),
  rule('FEN325', 'warning', 'A fencing device has no monitor.', 'Its failure shows only when it is needed.', 'Add a monitor.', unmonitoredDevice, { isOff: true }),
];

function* noDevice(model: LintModel): Iterable<Report> {
  if (!model.isWhole || isFencingOff(model) || hasFencing(model) || model.primitives.length === 0) return;
  if (model.primitives.some((one) => agentOf(one) === undefined && one.templateId !== undefined)) return;
  yield { span: model.statements.find((one) => one.kind === 'property')?.keyword ?? model.statements[0]!.keyword, message: 'no fencing device, and fencing is not switched off: no resource will start' };
}

function* switchedOff(model: LintModel): Iterable<Report> {
  if (isFencingOff(model)) yield { span: fencingSwitch(model)!.pair, message: 'fencing is switched off' };
}

/** Nodes of `pcmk_host_list` (or the plugins' `hostlist`) and `pcmk_host_map`; undefined when the device finds them itself. */
function hostsOf(device: Resource): { names: string[]; words: { attribute: Attribute; name: string }[] } | undefined {
  const words: { attribute: Attribute; name: string }[] = [];
  for (const name of ['pcmk_host_list', 'hostlist']) {
    const list = parameter(device, name);
    if (list !== undefined) for (const host of list.value.split(BETWEEN_NAMES)) if (host !== '') words.push({ attribute: list, name: host });
  }
  const map = parameter(device, 'pcmk_host_map');
  if (map !== undefined && isReadableMap(map.value)) for (const entry of map.value.split(/[;\s]+/)) if (entry !== '') words.push({ attribute: map, name: entry.slice(0, entry.indexOf(':')) });
  return words.length === 0 ? undefined : { names: words.map((one) => one.name), words };
}

function isReadableMap(value: string): boolean {
  return value.split(/[;\s]+/).filter((entry) => entry !== '').every((entry) => MAP_ENTRY.test(entry));
}

function* uncoveredNodes(model: LintModel): Iterable<Report> {
  const devices = fenceDevices(model);
  if (devices.length === 0 || model.nodes.length === 0 || isFencingOff(model) || watchdogTimeout(model) !== undefined) return;
  const covered = new Set<string>();
  for (const device of devices) {
    const hosts = hostsOf(device);
    if (hosts === undefined) return;
    for (const name of hosts.names) covered.add(name);
  }
  for (const node of model.nodes) {
    const name = node.name.text.split(':')[0]!;
    if (!covered.has(name) && !/:(?:remote|ping)$/.test(node.name.text)) yield { span: node.name, message: `no device fences ${name}` };
  }
}

function* unknownHosts(model: LintModel): Iterable<Report> {
  if (model.nodeNames.size === 0) return;
  const known = new Set([...model.nodeNames, ...remoteNames(model)]);
  for (const device of fenceDevices(model)) {
    for (const { attribute, name } of hostsOf(device)?.words ?? []) {
      if (known.has(name)) continue;
      const meant = nearest(name, model.nodeNames, 1);
      const listed = new Set(hostsOf(device)!.names);
      const canRepair = meant !== undefined && !listed.has(meant) && attribute.name !== 'pcmk_host_map' && !fenceDevices(model).some((other) => hostsOf(other)?.names.includes(meant));
      yield {
        span: attribute.pair,
        message: `${device.id} names ${name}, which is no node${meant === undefined ? '' : `; did you mean ${meant}?`}`,
        ...(canRepair ? { repair: [setValue(attribute.pair, attribute.value.replace(name, meant))] } : {}),
      };
    }
  }
}

/** Pacemaker Remote nodes come into being with their resources. */
export function remoteNames(model: LintModel): string[] {
  return model.primitives.flatMap((one) => {
    const guest = ownMeta(one, 'remote-node');
    return agentOf(one)?.provider === 'pacemaker' && typeOf(one) === 'remote' ? [one.id] : guest === undefined ? [] : [guest.value];
  });
}

function delayOf(device: Resource): number {
  const values = ['pcmk_delay_max', 'pcmk_delay_base'].map((name) => parameter(device, name)?.value.split(';')[0]?.split(':').pop() ?? '');
  return Math.max(0, ...values.map((value) => timeMs(value) ?? 0));
}

/** A delay of 0 is none. */
function hasDelay(device: Resource): boolean {
  return ['pcmk_delay_max', 'pcmk_delay_base'].some((name) => {
    const value = parameter(device, name)?.value;
    return value !== undefined && timeMs(value) !== 0;
  });
}

function* ownDevice(model: LintModel): Iterable<Report> {
  for (const device of fenceDevices(model)) {
    const names = hostsOf(device)?.names ?? [];
    const isKeptOff = model.locations.some((one) => one.score === -Infinity && one.node?.text === names[0] && one.targets.some(({ id }) => id === device.id));
    if (names.length === 1 && !isKeptOff) yield { span: device.statement.id, message: `${device.id} may run on ${names[0]}, which it fences` };
  }
}

function* noDelay(model: LintModel): Iterable<Report> {
  const devices = fenceDevices(model).filter((device) => typeOf(device) !== 'fence_kdump');
  const priority = model.properties.get('priority-fencing-delay');
  if (model.nodes.length !== 2 || devices.length === 0 || isFencingOff(model) || (priority !== undefined && timeMs(priority.value) !== 0) || devices.some(hasDelay)) return;
  const device = devices[0]!;
  const isShared = (hostsOf(device)?.names.length ?? 2) !== 1;
  yield { span: device.statement.id, message: 'after a split both nodes fence each other', repair: [addPair(device, 'params', DELAYS_OF_VENDORS.get(typeOf(device)) ?? (isShared ? 'pcmk_delay_max=30s' : 'pcmk_delay_base=15s'))] };
}

function* delayWithoutPriority(model: LintModel): Iterable<Report> {
  const setting = model.properties.get('priority-fencing-delay');
  if (setting === undefined || timeMs(setting.value) === 0 || hasPriority(model)) return;
  yield { span: setting.pair, message: 'no resource has a priority' };
}

/** A promoted instance counts one more than its priority, but only where there is one. */
function hasPriority(model: LintModel): boolean {
  const isSet = (value: string | undefined): boolean => value !== undefined && Number(value) !== 0;
  if (isSet(model.rscDefaults.get('priority')?.value)) return true;
  return model.all.some((one) => isSet(one.meta.find(({ name }) => name === 'priority')?.value)) || model.all.some(isPromotable);
}

function isPromotable(resource: Resource): boolean {
  return resource.statement.kind === 'ms' || isTrue(resource.meta.find(({ name }) => name === 'promotable')?.value);
}

function* shortPriorityDelay(model: LintModel): Iterable<Report> {
  const setting = model.properties.get('priority-fencing-delay');
  const delay = setting === undefined ? undefined : timeMs(setting.value);
  const largest = Math.max(0, ...fenceDevices(model).map(delayOf));
  if (setting === undefined || delay === undefined || delay === 0 || delay >= 2 * largest) return;
  yield { span: setting.pair, message: `the largest delay of a device is ${largest / 1000}s`, repair: [setValue(setting.pair, `${(2 * largest) / 1000}s`)] };
}

type LevelItem = Extract<TopologyItem, { kind: 'level' }>;

function levelsOf(model: LintModel): { item: LevelItem; device: string }[] {
  return model.topology.flatMap((statement) => statement.items.flatMap((item) => (item.kind === 'level' ? item.devices.text.split(',').map((device) => ({ item, device })) : [])));
}

function* unknownLevelDevice(model: LintModel): Iterable<Report> {
  for (const { item, device } of levelsOf(model)) if (device !== '' && !model.resources.has(device)) yield { span: item.devices, message: `there is no device "${device}"` };
}

function* noDeviceInLevel(model: LintModel): Iterable<Report> {
  for (const { item, device } of levelsOf(model)) {
    const resource = model.resources.get(device);
    if (resource !== undefined && !leavesOf(resource).every(isFenceDevice)) yield { span: item.devices, message: `"${device}" is no fencing device` };
  }
}

function* unknownLevelNode(model: LintModel): Iterable<Report> {
  if (model.nodeNames.size === 0) return;
  const known = new Set([...model.nodeNames, ...remoteNames(model)]);
  for (const statement of model.topology) {
    for (const [i, item] of statement.items.entries()) {
      if (item.kind !== 'node' || known.has(item.word.text)) continue;
      const end = statement.items.slice(i + 1).find((other) => other.kind !== 'level');
      const last = endOfTarget(statement.items, i, item.word);
      const isWhole = end === undefined && i === 0;
      yield { span: item.word, message: `there is no node "${item.word.text}"`, repair: [isWhole ? removeStatement(model, statement) : removeSpan(model, { start: item.word.start, end: last })] };
    }
  }
}

function endOfTarget(items: readonly TopologyItem[], from: number, word: Word): number {
  let end = word.end;
  for (const item of items.slice(from + 1)) {
    if (item.kind !== 'level') break;
    end = item.devices.end;
  }
  return end;
}

function* partialTopology(model: LintModel): Iterable<Report> {
  const items = model.topology.flatMap((statement) => statement.items);
  const targets = new Set(items.flatMap((item) => (item.kind === 'node' ? [item.word.text] : [])));
  if (targets.size === 0 || items.some((item) => item.kind === 'pattern' || item.kind === 'attribute') || ![...model.nodeNames].some((name) => targets.has(name))) return;
  const absent = [...model.nodeNames].filter((name) => !targets.has(name));
  if (absent.length > 0) yield { span: model.topology[0]!.keyword, message: `no levels for ${absent.join(', ')}` };
}

function* containedDevice(model: LintModel): Iterable<Report> {
  for (const container of model.all) {
    const device = container.children.find(isFenceDevice);
    if ((container.kind !== 'clone' && container.kind !== 'group') || device === undefined) continue;
    const isNeedless = container.parent === undefined && container.children.every(isFenceDevice) && !isNamed(model, container.id);
    yield { span: container.statement.id, message: `${container.id} contains the fencing device ${device.id}`, ...(isNeedless ? { repair: [removeStatement(model, container.statement)] } : {}) };
  }
}

/** Whether a constraint or a tag speaks of it. */
function isNamed(model: LintModel, id: string): boolean {
  const inPairs = [...model.colocations, ...model.orders].some(({ first, second }) => first.id === id || second.id === id);
  const isTagged = model.statements.some((one) => one.kind === 'tag' && one.members.some((member) => member.text === id));
  return inPairs || isTagged || [...model.locations.flatMap(({ targets }) => targets), ...model.ticketReferences].some((one) => one.id === id);
}

function* timeoutBelowDelay(model: LintModel): Iterable<Report> {
  const setting = fencingTimeout(model);
  const timeout = setting === undefined ? undefined : timeMs(setting.value);
  if (setting === undefined || timeout === undefined) return;
  const delay = Math.max(0, ...fenceDevices(model).filter(isSbd).map((device) => timeMs(parameter(device, 'pcmk_delay_max')?.value ?? '') ?? 0));
  if (delay > 0 && timeout <= delay) yield { span: setting.pair, message: `the random delay alone may take ${delay / 1000}s` };
}

function isSbd(device: Resource): boolean {
  return typeOf(device) === 'fence_sbd' || typeOf(device) === 'external/sbd';
}

function* badAction(model: LintModel): Iterable<Report> {
  const setting = model.properties.get('fencing-action') ?? model.properties.get('stonith-action');
  if (setting === undefined || setting.value === 'reboot' || setting.value === 'off') return;
  yield { span: setting.pair, message: `the action is reboot or off, not "${setting.value}"`, ...(setting.value === 'poweroff' ? { repair: [setValue(setting.pair, 'off')] } : {}) };
}

function* testDevice(model: LintModel): Iterable<Report> {
  for (const device of fenceDevices(model)) if (isTestDevice(typeOf(device))) yield { span: device.agentWord ?? device.statement.id, message: `${typeOf(device)} is made for tests` };
}

function* watchdogWithDisks(model: LintModel): Iterable<Report> {
  const setting = watchdogTimeout(model);
  if (setting !== undefined && fenceDevices(model).some(isSbd)) yield { span: setting.pair, message: 'there are SBD disks as well', repair: [removeSetting(model, setting)] };
}

function* watchdogForTwo(model: LintModel): Iterable<Report> {
  const setting = watchdogTimeout(model);
  if (setting !== undefined && model.nodes.length === 2 && fenceDevices(model).length === 0) yield { span: setting.pair, message: 'two nodes cannot decide a split by watchdogs alone' };
}

function* staticWithoutList(model: LintModel): Iterable<Report> {
  for (const device of fenceDevices(model)) {
    const check = parameter(device, 'pcmk_host_check');
    if (check?.value === 'static-list' && hostsOf(device) === undefined && parameter(device, 'pcmk_host_map') === undefined) yield { span: check.pair, message: `${device.id} lists no node` };
  }
}

function* badMap(model: LintModel): Iterable<Report> {
  for (const device of fenceDevices(model)) {
    const map = parameter(device, 'pcmk_host_map');
    if (map !== undefined && !isReadableMap(map.value)) yield { span: map.pair, message: `"${map.value}" is not of the form node:port;node:port` };
  }
}

function* noStartupFencing(model: LintModel): Iterable<Report> {
  const setting = model.properties.get('startup-fencing');
  if (setting !== undefined && parseBoolean(setting.value) === false) yield { span: setting.pair, message: 'nodes never seen are taken for down' };
}

function* doubleSbd(model: LintModel): Iterable<Report> {
  const general = fenceDevices(model).filter((device) => isSbd(device) && hostsOf(device) === undefined);
  for (const device of general.slice(1)) yield { span: device.statement.id, message: `${general[0]!.id} handles all SBD disks already` };
}

function* unmonitoredDevice(model: LintModel): Iterable<Report> {
  for (const device of fenceDevices(model)) if (!device.operations.some((one) => one.name === 'monitor')) yield { span: device.statement.id, message: `${device.id} is not monitored` };
}

