// SPDX-License-Identifier: GPL-2.0-or-later
/** OPS2xx: monitors, intervals, timeouts, reactions. */
import type { AgentAction } from '../../agents/index.ts';
import { parseBoolean } from '../../cib/index.ts';
import type { NvPair } from '../../language/index.ts';
import type { Edit, Report } from '../finding.ts';
import { agentOf, cloneOf, effectiveOperations, factsOf, isFenceDevice, isPromotableClone, leavesCannotPromote, normalRole, timeMs, typeOf, type LintModel, type OperationFacts, type Resource } from '../model/index.ts';
import { insertAt, removePair, removeSetting, setValue } from '../repair.ts';
import { rule } from '../rule.ts';
import { hasFencing } from './fencing-facts.ts';

const ONE_TIME = new Set(['start', 'stop', 'promote', 'demote', 'migrate_to', 'migrate_from', 'notify', 'reload', 'reload-agent', 'validate-all', 'meta-data']);
const MUST_NOT_IGNORE = new Set(['start', 'stop', 'promote', 'demote']);
const ON_FAIL = new Set(['ignore', 'block', 'demote', 'stop', 'restart', 'standby', 'fence', 'restart-container']);
const MONITORED_CLASSES = new Set(['ocf', 'systemd', 'lsb', 'service']);
const TIME_ATTRIBUTES = ['interval', 'timeout', 'start-delay'];
const DEFAULT_TIMEOUT_MS = 20_000;
/** Depths that agents describe in prose only. */
const DEPTHS_IN_PROSE: ReadonlyMap<string, readonly string[]> = new Map([['Filesystem', ['10', '20']]]);

export const operationRules = [
  rule('OPS201', 'warning', 'A resource has no recurring monitor.', 'A failure is never noticed.', 'Add the advised monitor (automatic).', unmonitored),
  rule('OPS202', 'error', 'Two monitors have one interval.', 'An operation is identified by its name and interval; one of the two is lost.', 'Give the second another interval (automatic: one second more).', equalIntervals),
  rule('OPS203', 'warning', 'A timeout is below the advised one.', 'A slow but healthy action is taken for a failure.', 'Raise it (automatic).', shortTimeouts),
  rule('OPS204', 'info', 'No timeout is given and the default is below the advised one.', 'Start and stop of databases, file systems and virtual machines take longer; a stop that times out means fencing.', 'Add the operations with the advised timeouts (automatic).', defaultTimeouts),
  rule('OPS205', 'error', 'A monitor has no interval, or 0.', 'That is the probe and not a recurring check.', 'Give the advised interval (automatic).', noInterval),
  rule('OPS206', 'warning', 'A one-time action has an interval.', 'The interval of start, stop, promote and demote is 0.', 'Write 0s (automatic).', oneTimeIntervals),
  rule('OPS207', 'error', 'on-fail=fence without fencing.', 'The recovery cannot complete.', 'Configure fencing, or another reaction.', fenceWithoutFencing),
  rule('OPS208', 'warning', 'on-fail=ignore on start, stop, promote or demote.', 'The cluster goes on as if the action had worked; with stop, two active copies are possible.', 'Choose another reaction.', ignoredFailures),
  rule('OPS209', 'error', 'on-fail has a value that does not fit.', 'demote is for promote and monitors of the promoted role, standby not for stop.', 'Choose one of the reactions of the action.', badReactions),
  rule('OPS210', 'warning', 'OCF_CHECK_LEVEL asks for a depth that the agent does not have.', 'The level is ignored.', 'Use an advertised depth.', unknownDepths),
  rule('OPS211', 'warning', 'A monitor runs more often than every five seconds.', 'Load only; failures are seldom found usefully earlier.', 'Use a longer interval.', hastyMonitors, { isOff: true }),
  rule('OPS212', 'warning', 'A promotable clone is monitored in one role only.', 'Failures in the other role are never noticed.', 'Add the other role with another interval (automatic).', oneRoleMonitors),
  rule('OPS213', 'warning', 'A monitor of a promotion role on a resource that is not promotable.', 'It never runs.', 'Delete the role or make the clone promotable.', roleWithoutPromotion),
  rule('OPS214', 'info', 'record-pending is always on.', 'Deprecated since 3.0.0.', 'Delete it (automatic).', recordPending, { since: '3.0' }),
  rule('OPS216', 'error', 'A time cannot be read.', 'The setting is refused or taken for its default.', 'Write a number with s, m, h or ms.', unreadableTimes),
  rule('OPS219', 'info', 'An operation is switched off.', 'Often left over from a maintenance.', 'Delete enabled=false.', disabledOperations),
  rule('OPS221', 'error', 'A one-time action is given twice.', 'Both get one id and one of them is lost.', 'Delete one.', doubleActions),
];

function monitorsOf(resource: Resource): OperationFacts[] {
  return effectiveOperations(resource).filter((one) => one.name === 'monitor');
}

/** The advertised action, best match by role and depth. */
function advised(resource: Resource, name: string, role?: string, depth?: string): AgentAction | undefined {
  const actions = (factsOf(resource)?.actions ?? []).filter((one) => one.name === name);
  const byRole = actions.filter((one) => normalRole(one.role) === role);
  const pool = byRole.length > 0 ? byRole : actions.filter((one) => one.role === undefined || role === undefined);
  return pool.find((one) => (one.depth ?? '0') === (depth ?? '0')) ?? (depth === undefined ? pool[0] : undefined) ?? pool[0];
}

function seconds(text: string | undefined): string | undefined {
  const ms = text === undefined ? undefined : timeMs(text);
  return ms === undefined ? undefined : `${ms / 1000}s`;
}

function appendToStatement(resource: Resource, text: string): Edit {
  return insertAt(resource.statement.end, ` ${text}`);
}

function* unmonitored(model: LintModel): Iterable<Report> {
  for (const resource of model.primitives) {
    const agent = agentOf(resource);
    const facts = factsOf(resource);
    if (agent === undefined || !MONITORED_CLASSES.has(agent.class) || resource.hasReferences) continue;
    if (agent.class === 'ocf' && facts === undefined) continue;
    if (facts !== undefined && facts.actions.length > 0 && !facts.actions.some((one) => one.name === 'monitor')) continue;
    if (isUnmonitoredByDesign(resource) || monitorsOf(resource).length > 0) continue;
    const action = advised(resource, 'monitor');
    const interval = seconds(action?.interval) ?? '60s';
    const op = `op monitor interval=${interval === '0s' ? '10s' : interval}${action?.timeout === undefined ? '' : ` timeout=${seconds(action.timeout)}`}`;
    yield { span: resource.statement.id, message: `${resource.id} is never monitored`, repair: [appendToStatement(resource, op)] };
  }
}

/** SAPStartSrv is started for others and must not be monitored. */
function isUnmonitoredByDesign(resource: Resource): boolean {
  return typeOf(resource) === 'SAPStartSrv';
}

function* equalIntervals(model: LintModel): Iterable<Report> {
  for (const resource of model.all) {
    const seen = new Map<number, OperationFacts>();
    for (const one of resource.operations.filter(({ name }) => name === 'monitor')) {
      const interval = one.intervalMs;
      if (interval === undefined || interval === 0) continue;
      if (!seen.has(interval)) {
        seen.set(interval, one);
        continue;
      }
      let free = interval + 1000;
      while (resource.operations.some((other) => other.name === 'monitor' && other.intervalMs === free)) free += 1000;
      const pair = one.attributes.get('interval')!;
      yield { span: pair, message: `another monitor of ${resource.id} has this interval`, repair: [setValue(pair, `${free / 1000}s`)] };
    }
  }
}

function* shortTimeouts(model: LintModel): Iterable<Report> {
  for (const resource of model.all) {
    if (isFenceDevice(resource)) continue;
    for (const one of resource.operations) {
      const pair = one.attributes.get('timeout');
      const wanted = advisedTimeoutMs(resource, one);
      if (pair === undefined || one.timeoutMs === undefined || wanted === undefined || one.timeoutMs >= wanted) continue;
      yield { span: pair, message: `${one.name} of ${typeOf(resource)} is advised ${wanted / 1000}s`, repair: [setValue(pair, `${wanted / 1000}s`)] };
    }
  }
}

function advisedTimeoutMs(resource: Resource, one: OperationFacts): number | undefined {
  const text = advised(resource, one.name, one.role, one.depth)?.timeout;
  return text === undefined ? undefined : timeMs(text);
}

function* defaultTimeouts(model: LintModel): Iterable<Report> {
  const configured = timeMs(model.opDefaults.get('timeout')?.value ?? '');
  const standing = configured ?? DEFAULT_TIMEOUT_MS;
  for (const resource of model.primitives) {
    const facts = factsOf(resource);
    if (facts === undefined || isFenceDevice(resource) || resource.hasReferences || facts.isPartial) continue;
    const operations = effectiveOperations(resource);
    const isPromotable = cloneOf(resource) !== undefined && isPromotableClone(cloneOf(resource)!);
    const wanted = ['start', 'stop', ...(isPromotable ? ['promote', 'demote'] : [])];
    // Inside of operations first: where the last one ends, the new ones begin.
    const inside: Edit[] = [];
    const behind: Edit[] = [];
    const short: string[] = [];
    for (const name of wanted) {
      const own = operations.find((one) => one.name === name);
      const timeout = advised(resource, name)?.timeout;
      const ms = timeout === undefined ? undefined : timeMs(timeout);
      if (ms === undefined || ms <= standing || own?.attributes.has('timeout') === true) continue;
      short.push(`${name} ${ms / 1000}s`);
      if (own === undefined || !resource.operations.includes(own)) behind.push(appendToStatement(resource, `op ${name} timeout=${ms / 1000}s interval=0`));
      else inside.push(insertAt(own.operation.end, ` timeout=${ms / 1000}s`));
    }
    for (const one of resource.operations.filter(({ name }) => name === 'monitor')) {
      const ms = advisedTimeoutMs(resource, one);
      // A monitor statement has its timeout behind a colon.
      const sign = one.operation.name.start === one.operation.start ? ':' : ' timeout=';
      if (ms === undefined || ms <= standing || one.attributes.has('timeout')) continue;
      short.push(`monitor ${ms / 1000}s`);
      inside.push(insertAt(one.operation.end, `${sign}${ms / 1000}s`));
    }
    if (short.length > 0) yield { span: resource.statement.id, message: `the default timeout of ${standing / 1000}s is short for ${resource.id}: advised is ${short.join(', ')}`, repair: [...inside, ...behind] };
  }
}

function* noInterval(model: LintModel): Iterable<Report> {
  for (const resource of model.all) {
    for (const one of resource.operations) {
      if (one.name !== 'monitor' || one.intervalMs !== 0) continue;
      // Beside a recurring one, an entry with interval 0 sets up the probe.
      if (one.attributes.has('interval') && monitorsOf(resource).some((other) => other.intervalMs !== 0)) continue;
      const interval = seconds(advised(resource, 'monitor', one.role)?.interval) ?? '60s';
      const pair = one.attributes.get('interval');
      const repair = pair === undefined ? insertAt(one.operation.name.end, ` interval=${interval}`) : setValue(pair, interval);
      yield { span: one.operation.name, message: 'a monitor without an interval runs only once, as a probe', repair: [repair] };
    }
  }
}

function* oneTimeIntervals(model: LintModel): Iterable<Report> {
  for (const { one } of model.operations) {
    const pair = one.attributes.get('interval');
    if (ONE_TIME.has(one.name) && pair !== undefined && one.intervalMs !== undefined && one.intervalMs > 0) {
      yield { span: pair, message: `${one.name} does not recur`, repair: [setValue(pair, '0s')] };
    }
  }
}

function* fenceWithoutFencing(model: LintModel): Iterable<Report> {
  if (!model.isWhole || hasFencing(model)) return;
  const pairs = [model.opDefaults.get('on-fail')?.pair, ...model.operations.map(({ one }) => one.attributes.get('on-fail'))];
  for (const pair of pairs) if (pair?.value?.text === 'fence') yield { span: pair, message: 'fencing is off or has no device' };
}

function* ignoredFailures(model: LintModel): Iterable<Report> {
  for (const { one } of model.operations) {
    const pair = one.attributes.get('on-fail');
    if (pair?.value?.text === 'ignore' && MUST_NOT_IGNORE.has(one.name)) yield { span: pair, message: `a failed ${one.name} is taken for a success` };
  }
}

function* badReactions(model: LintModel): Iterable<Report> {
  for (const { one } of model.operations) {
    const pair = one.attributes.get('on-fail');
    const value = pair?.value?.text;
    if (pair === undefined || value === undefined) continue;
    const canDemote = one.name === 'promote' || (one.name === 'monitor' && one.role === 'promoted');
    if (!ON_FAIL.has(value)) yield noReaction(pair, value);
    else if (value === 'demote' && !canDemote) yield { span: pair, message: `demote does not fit ${one.name}` };
    else if (value === 'standby' && one.name === 'stop') yield { span: pair, message: 'standby does not fit stop' };
  }
  const standing = model.opDefaults.get('on-fail');
  if (standing !== undefined && !ON_FAIL.has(standing.value)) yield noReaction(standing.pair, standing.value);
}

function noReaction(span: NvPair, value: string): Report {
  return { span, message: `on-fail takes ${[...ON_FAIL].join(', ')}, not "${value}"` };
}

function* unknownDepths(model: LintModel): Iterable<Report> {
  for (const { resource, one } of model.operations) {
    const facts = factsOf(resource);
    const pair = one.attributes.get('OCF_CHECK_LEVEL');
    if (pair === undefined || facts === undefined || facts.isPartial || one.depth === undefined || one.depth === '0') continue;
    const depths = [...facts.actions.flatMap((action) => (action.depth === undefined ? [] : [action.depth])), ...(DEPTHS_IN_PROSE.get(typeOf(resource)) ?? [])];
    if (!depths.includes(one.depth)) yield { span: pair, message: `${typeOf(resource)} advertises no depth ${one.depth}` };
  }
}

const HASTY_MS = 5000;

function* hastyMonitors(model: LintModel): Iterable<Report> {
  for (const { one } of model.operations) {
    if (one.name === 'monitor' && one.intervalMs !== undefined && one.intervalMs > 0 && one.intervalMs < HASTY_MS) yield { span: one.attributes.get('interval')!, message: 'more often than every five seconds' };
  }
}

function* oneRoleMonitors(model: LintModel): Iterable<Report> {
  for (const resource of model.primitives) {
    const clone = cloneOf(resource);
    const monitors = monitorsOf(resource).filter((one) => one.intervalMs !== 0);
    if (clone === undefined || !isPromotableClone(clone) || monitors.length === 0 || resource.hasReferences) continue;
    const roles = new Set(monitors.map((one) => (one.role === undefined || one.role === 'started' ? 'unpromoted' : one.role)));
    const absent = !roles.has('promoted') ? 'Promoted' : !roles.has('unpromoted') ? 'Unpromoted' : undefined;
    if (absent === undefined) continue;
    yield { span: resource.statement.id, message: `${resource.id} has no monitor for the role ${absent}`, ...(leavesCannotPromote(resource) ? {} : { repair: [appendToStatement(resource, otherMonitor(resource, monitors, absent))] }) };
  }
}

function otherMonitor(resource: Resource, monitors: readonly OperationFacts[], role: string): string {
  const taken = new Set(monitors.map((one) => one.intervalMs));
  let interval = (monitors[0]!.intervalMs ?? 10_000) + 1000;
  while (taken.has(interval)) interval += 1000;
  const timeout = monitors[0]!.attributes.get('timeout')?.value?.text ?? seconds(advised(resource, 'monitor', role.toLowerCase())?.timeout);
  return `op monitor interval=${interval / 1000}s${timeout === undefined ? '' : ` timeout=${timeout}`} role=${role}`;
}

function* roleWithoutPromotion(model: LintModel): Iterable<Report> {
  for (const { resource, one } of model.operations) {
    if (one.name !== 'monitor' || (one.role !== 'promoted' && one.role !== 'unpromoted')) continue;
    const users = resource.kind === 'template' ? model.primitives.filter((user) => user.template === resource) : [resource];
    if (users.length > 0 && users.every((user) => neverPromotes(model, user))) yield { span: one.attributes.get('role')!, message: `${resource.id} is not promotable, so this monitor never runs` };
  }
}

function neverPromotes(model: LintModel, resource: Resource): boolean {
  const clone = cloneOf(resource);
  return (clone === undefined || !isPromotableClone(clone)) && !mayBecomePromotable(model, resource);
}

/** An agent that must be cloned and is not is the cause, and reported as such. */
function mayBecomePromotable(model: LintModel, resource: Resource): boolean {
  return resource.parent?.kind === 'bundle' || (cloneOf(resource) === undefined && factsOf(resource)?.cloneFacts?.needs !== undefined && model.isWhole);
}

function* recordPending(model: LintModel): Iterable<Report> {
  const setting = model.opDefaults.get('record-pending');
  if (setting !== undefined) yield { span: setting.pair, message: 'record-pending is always on', repair: [removeSetting(model, setting)] };
  for (const { one } of model.operations) {
    const pair = one.attributes.get('record-pending');
    if (pair !== undefined) yield { span: pair, message: 'record-pending is always on', repair: [removePair(model, pair)] };
  }
}

function* unreadableTimes(model: LintModel): Iterable<Report> {
  for (const { one } of model.operations) {
    for (const name of TIME_ATTRIBUTES) {
      const pair = one.attributes.get(name);
      if (pair?.value !== undefined && timeMs(pair.value.text) === undefined) yield { span: pair, message: `"${pair.value.text}" is no time` };
    }
  }
  for (const name of TIME_ATTRIBUTES) {
    const standing = model.opDefaults.get(name);
    if (standing?.pair.value !== undefined && timeMs(standing.value) === undefined) yield { span: standing.pair, message: `"${standing.value}" is no time` };
  }
}

function* disabledOperations(model: LintModel): Iterable<Report> {
  for (const { one } of model.operations) {
    const pair = one.attributes.get('enabled');
    if (pair?.value !== undefined && parseBoolean(pair.value.text) === false) yield { span: pair, message: `${one.name} is switched off` };
  }
}

function* doubleActions(model: LintModel): Iterable<Report> {
  for (const resource of model.all) {
    const seen = new Set<string>();
    for (const one of resource.operations) {
      if (!ONE_TIME.has(one.name)) continue;
      if (seen.has(one.name)) yield { span: one.operation.name, message: `${one.name} is given twice` };
      seen.add(one.name);
    }
  }
}

