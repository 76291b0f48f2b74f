// SPDX-License-Identifier: GPL-2.0-or-later
/** Random lines for the configure level that change what is there. */
import type { Chance } from '../../chance.ts';
import { NAMES } from './configuration.ts';

export interface Step {
  readonly line: string;
  /** Text of the file that the line loads. */
  readonly file?: string;
}

/** Where a loaded file stands; the line says `FILE` for it. */
export const FILE = '@FILE@';

const FRESH = ['x1', 'x2', 'x3', 'x4'];
const RESOURCES = [...NAMES.primitives, ...NAMES.groups, ...NAMES.clones];
const ALL = [...RESOURCES, ...NAMES.templates, ...NAMES.constraints, ...NAMES.others];

type Maker = (chance: Chance) => Step;
const line = (make: (chance: Chance) => string): Maker => (chance) => ({ line: make(chance) });

const free = (chance: Chance): string => chance.pick(['p1', 'p2', 'p3', 'p4', 'pt', 'x1', 'x2', 'ga']);
const resource = (chance: Chance): string => chance.pick([...RESOURCES, ...FRESH]);
const group = (chance: Chance): string => chance.pick([...NAMES.groups, 'x3']);
const node = (chance: Chance): string => chance.pick(NAMES.nodes);
const score = (chance: Chance): string => chance.pick(['inf', '100', '-inf', '-5']);

/** Statements of one object, as typed or in a file. */
const STATEMENTS: readonly ((chance: Chance) => string)[] = [
  (c) => `primitive ${c.pick(FRESH)} Dummy${c.pick(['', ' params state=/x', ' meta target-role=Stopped op monitor interval=30s', ' op start timeout=90s interval=0s op monitor interval=5s timeout=7s'])}`,
  (c) => `primitive ${c.pick(FRESH)} @t1`,
  (c) => `primitive ${free(c)} Dummy params state=/other op monitor interval=11s`,
  (c) => `group ${c.pick([...FRESH, 'g1'])} ${[...new Set([free(c), free(c)])].join(' ')}`,
  (c) => `clone ${c.pick([...FRESH, 'c1'])} ${c.pick(['p3', 'p4', 'g1', 'g3', 'x1', 'cp'])}${c.pick(['', ' meta interleave=false', ' meta clone-max=2'])}`,
  (c) => `location ${c.pick([...FRESH, 'l1', 'l2'])} ${resource(c)} ${score(c)}: ${node(c)}`,
  (c) => `location ${c.pick([...FRESH, 'l2'])} ${resource(c)} rule ${score(c)}: #uname eq ${node(c)}`,
  (c) => `colocation ${c.pick([...FRESH, 'k1', 'k2'])} ${score(c)}: ${resource(c)} ${resource(c)}`,
  (c) => `colocation ${c.pick([...FRESH, 'k2'])} inf: ${resource(c)} ( ${resource(c)} ${resource(c)} )`,
  (c) => `order ${c.pick([...FRESH, 'o1'])} ${c.pick(['Mandatory: ', 'Optional: ', ''])}${resource(c)} ${resource(c)}`,
  (c) => `order ${c.pick([...FRESH, 'o2'])} Mandatory: ${resource(c)} [ ${resource(c)} ${resource(c)} ]`,
  (c) => `rsc_ticket ${c.pick([...FRESH, 'rt2'])} T: ${resource(c)} loss-policy=${c.pick(['stop', 'fence'])}`,
  (c) => `tag ${c.pick([...FRESH, 'tg1'])} ${c.some([...RESOURCES.slice(0, 4), 'g1', 'c1', 'l1'], 0.4).concat('p3').filter((one, i, all) => all.indexOf(one) === i).join(' ')}`,
  (c) => `property ${c.pick(['no-quorum-policy=stop', 'maintenance-mode=true', 'stonith-enabled=true', 'cluster-delay=70s dc-deadtime=30s'])}`,
  (c) => `rsc_defaults ${c.pick(['resource-stickiness=10', 'migration-threshold=3', 'failure-timeout=60 is-managed=true'])}`,
  (c) => `op_defaults ${c.pick(['timeout=30s', 'record-pending=true'])}`,
  (c) => `node ${c.pick(['n1', 'n2', 'n4'])} attributes ${c.pick(['rack=2', 'standby=on site=x'])}`,
  (c) => `node ${c.pick(['n1', 'n3'])} utilization cpu=${c.below(9)}`,
  (c) => `fencing_topology ${c.pick(['st1 st2', 'n1: st1 n2: st2', 'st1,st2', 'n2: st2 st1'])}`,
  (c) => `role ${c.pick([...FRESH, 'ro1'])} ${c.pick(['read xpath:/cib', 'write ref:p2 deny meta:p1:target-role'])}`,
  (c) => `acl_target ${c.pick([...FRESH, 'u1'])} ro1`,
  (c) => `alert ${c.pick([...FRESH, 'al1'])} /bin/b.sh to /var/log/b`,
  (c) => `rsc_template ${c.pick([...FRESH, 't1'])} Dummy params state=/t op monitor interval=60s`,
];

const statement = (chance: Chance): string => chance.pick(STATEMENTS)(chance);

function load(chance: Chance): Step {
  const lines = Array.from({ length: 1 + chance.below(4) }, () => statement(chance));
  return { line: `load ${chance.pick(['update', 'update', 'update', 'push', 'replace'])} ${FILE}`, file: `${lines.join('\n')}\n` };
}

const FILTERS: readonly ((chance: Chance) => string)[] = [
  (c) => `filter "sed s/Dummy/Delay/" ${c.pick(['p1', 'p3', 'cp', 'ga'])}`,
  () => 'filter "sed s/10s/15s/"',
  () => 'filter "sed s/timeout=20s/timeout=25s/" p1 p2',
  (c) => `filter "sed s/n1/n2/" ${c.pick(['l1', 'l5', 'l1 l2'])}`,
  () => 'filter "sed s/inf:/500:/" k1 k2 k4 l3',
  (c) => `filter "sed /^${c.pick(['location', 'order', 'colocation', 'tag', 'rsc_ticket'])}/d"`,
  (c) => `filter "sed s/${c.pick(NAMES.primitives)}/x1/"`,
  (c) => `filter "sed s/gb//" ${c.pick(['g1', 'g1 g3'])}`,
  () => 'filter "sed s/state=[^ ]*/state=none/" p1 cp t1',
  () => 'filter "sed s/Mandatory/Optional/" o1 o2',
];

const STEPS: readonly (readonly [number, Maker])[] = [
  [3, line((c) => `modgroup ${group(c)} add ${free(c)}${c.pick(['', ` after ${c.pick(['ga', 'gb', 'gc'])}`, ` before ${c.pick(['ga', 'gb', 'gc', 'gd'])}`])}`)],
  [2, line((c) => `modgroup ${group(c)} remove ${c.pick(['ga', 'gb', 'gc', 'gd', 'ge', 'p1'])}`)],
  [3, line((c) => `rename ${c.pick(ALL)} ${c.pick([...FRESH, ...FRESH, 'p1', 'l1'])}`)],
  [5, line((c) => `delete ${[c.pick(ALL), ...(c.is(0.3) ? [c.pick(ALL)] : [])].join(' ')}`)],
  [1, line((c) => `delete ${c.pick(FRESH)}`)],
  [1, line((c) => `delete ${c.pick(NAMES.nodes)}`)],
  [2, line((c) => `set ${c.pick(['p1.state', 'p1.target-role', 'p3.resource-stickiness', 'g1.target-role', 'c1.interleave', 'm1.promotable', 'cib-bootstrap-options.no-quorum-policy', 'rsc-options.resource-stickiness', 'n1.rack', 'p2.state', 't1.state'])} ${c.pick(['v', 'true', '7', 'Stopped'])}`)],
  [2, line((c) => `set ${c.pick(['p1.monitor.timeout', 'p1.monitor.10s.interval', 'p2.monitor.timeout', 'p2.monitor.20s.timeout', 'gb.monitor.interval', 'p1.start.timeout', 't1.monitor.timeout', 'p4.monitor.timeout'])} ${c.pick(['33', '44s', '1min'])}`)],
  [8, line(statement)],
  [6, load],
  [4, line((c) => c.pick(FILTERS)(c))],
  [1, line((c) => `default-timeouts ${c.pick(['p1', 'p2', 'p4', 'cp', 's1', 'g1', 'x1', 'pt'])}`)],
  [1, line((c) => `monitor ${c.pick(['p3', 'p4', 's1:Promoted', 'p1', 'x1', 'g1'])} ${c.pick(['10s', '30s:20s', '10'])}`)],
  [0.3, line((c) => c.pick(['erase', 'erase nodes']))],
];

const WEIGHT = STEPS.reduce((sum, [weight]) => sum + weight, 0);

export function randomStep(chance: Chance): Step {
  let at = chance.below(WEIGHT * 1000) / 1000;
  for (const [weight, make] of STEPS) {
    at -= weight;
    if (at < 0) return make(chance);
  }
  return STEPS[0]![1](chance);
}
