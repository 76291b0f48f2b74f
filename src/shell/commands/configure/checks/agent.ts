// SPDX-License-Identifier: GPL-2.0-or-later
/** A resource against the meta-data of its agent. */
import { agentId, fencingOptions, meantAgent, meantObject, parseInterval, parseTimeout, type AdvisedAction, type AgentFact, type AgentName, type CibObject, type XmlElement } from '../../../../cib/index.ts';
import { nearest, type DiagnosticSink } from '../../../../language/index.ts';
import type { ConfigurationSession } from '../../../configuration-session.ts';
import { NOWHERE } from './index.ts';

export function checkAgent(object: CibObject, configuration: ConfigurationSession, sink: DiagnosticSink): void {
  const template = configuration.draft.get(object.element.get('template') ?? '')?.element;
  const agent = agentOf(template ?? object.element);
  const about = { object: object.key };
  if (agent === undefined) {
    const name = object.element.get('template');
    if (name !== undefined && template === undefined) sink.add('missing-reference', NOWHERE, `${object.key}: there is no template ${name}`, { ...about, word: name, ...meantObject(name, ['rsc_template'], { draft: configuration.draft, sink }) });
    return;
  }
  const fact = configuration.agents.metadata(agent);
  // Plugins of the old fencing library are asked by that library only.
  if (fact === undefined && agent.class === 'stonith' && agent.type.includes('/')) return;
  if (fact === undefined) {
    sink.add('unknown-agent', NOWHERE, `${object.key}: no such resource agent: ${agentId(agent)}`, { ...about, word: agentId(agent), ...meantAgent(agent, true, configuration.agents), repair: 'check its spelling with: crm ra list CLASS; install it on every node' });
    return;
  }
  checkParameters(object, template, agent, fact, sink);
  checkOperations(object, agent, fact, sink);
}

export function agentOf(element: XmlElement): AgentName | undefined {
  const [agentClass, type] = [element.get('class'), element.get('type')];
  return agentClass === undefined || type === undefined ? undefined : { class: agentClass, provider: element.get('provider'), type };
}

/** Parameters that the cluster itself reads on some resources. */
const ALWAYS_KNOWN = new Set(['trace_ra', 'trace_dir', 'OCF_CHECK_LEVEL', 'lrmd_op_target_rc']);

function checkParameters(object: CibObject, template: XmlElement | undefined, agent: AgentName, fact: AgentFact, sink: DiagnosticSink): void {
  const given = namesIn(object.element);
  const inherited = template === undefined ? new Set<string>() : namesIn(template);
  const isFence = agent.class === 'stonith';
  const hasReference = [...object.element.elements('instance_attributes')].some((set) => set.has('id-ref') || set.elements('nvpair').some((pair) => pair.has('id-ref')));
  for (const parameter of object.kind === 'primitive' && !hasReference ? fact.parameters : []) {
    if (!parameter.isRequired || given.has(parameter.name) || inherited.has(parameter.name) || parameter.obsoletes.some((old) => given.has(old) || inherited.has(old))) continue;
    if (isFence && ['action', 'port', 'plug'].includes(parameter.name)) continue;
    if (fact.parameters.some((other) => other.obsoletes.includes(parameter.name))) continue;
    sink.add('missing-parameter', NOWHERE, `${object.key}: required parameter "${parameter.name}" not defined`, { object: object.key, repair: `write params ${parameter.name}=VALUE` });
  }
  if (fact.isPartial) return;
  const known = isFence ? new Set([...parameterNames(fact), ...fencingOptions().map((option) => option.name)]) : parameterNames(fact);
  for (const name of given) {
    if (known.has(name) || ALWAYS_KNOWN.has(name)) continue;
    const suggestion = nearest(name, known);
    sink.add('unknown-parameter', NOWHERE, `${object.key}: parameter "${name}" is not known`, { object: object.key, word: name, ...(suggestion === undefined ? {} : { suggestion }) });
  }
}

const parametersOf = new WeakMap<AgentFact, ReadonlySet<string>>();

/** One set for each agent: a thousand resources may be of a few agents with a hundred parameters each. */
function parameterNames(fact: AgentFact): ReadonlySet<string> {
  let names = parametersOf.get(fact);
  if (names === undefined) {
    names = new Set(fact.parameters.map((parameter) => parameter.name));
    parametersOf.set(fact, names);
  }
  return names;
}

function namesIn(element: XmlElement): Set<string> {
  const names = new Set<string>();
  for (const set of element.elements('instance_attributes')) for (const pair of set.elements('nvpair')) if (pair.has('name')) names.add(pair.get('name')!);
  return names;
}

/** Operations that every agent has to have, whatever it lists. */
const IMPLIED = new Set(['start', 'stop', 'monitor']);

function checkOperations(object: CibObject, agent: AgentName, fact: AgentFact, sink: DiagnosticSink): void {
  const about = { object: object.key };
  const intervals = new Set<number>();
  for (const op of object.element.elements('operations').flatMap((one) => one.elements('op'))) {
    const name = op.get('name') ?? '';
    const advised = advisedFor(op, fact);
    const isImplied = IMPLIED.has(name) || ((name === 'notify' || name === 'promote' || name === 'demote') && agent.class !== 'ocf');
    if (advised === undefined && !isImplied && !fact.isPartial) {
      const suggestion = nearest(name, fact.actions.map((action) => action.name));
      sink.add('unknown-operation', NOWHERE, `${object.key}: action '${name}' not found in Resource Agent meta-data`, { ...about, word: name, ...(suggestion === undefined ? {} : { suggestion }) });
    }
    checkTimeout(object, name, op, advised, sink);
    checkInterval(object, name, op, intervals, sink);
  }
}

function advisedFor(op: XmlElement, fact: AgentFact): AdvisedAction | undefined {
  const [name, role] = [op.get('name'), op.get('role')];
  return fact.actions.find((action) => action.name === name && action.role === role) ?? fact.actions.find((action) => action.name === name);
}

function checkTimeout(object: CibObject, name: string, op: XmlElement, advised: AdvisedAction | undefined, sink: DiagnosticSink): void {
  const [given, wanted] = [op.get('timeout'), advised?.timeout];
  if (given === undefined || wanted === undefined || given === wanted) return;
  const [has, needs] = [parseTimeout(given), parseTimeout(wanted)];
  if (has === undefined || needs === undefined || has >= needs) return;
  sink.add('short-timeout', NOWHERE, `${object.key}: specified timeout ${given} for ${name} is smaller than the advised ${wanted}`, { object: object.key, word: name, repair: `write timeout=${wanted}` });
}

const ONCE = new Set(['start', 'stop', 'promote', 'demote']);

function checkInterval(object: CibObject, name: string, op: XmlElement, intervals: Set<number>, sink: DiagnosticSink): void {
  const interval = op.get('interval');
  const ms = parseInterval(interval ?? '0') ?? 0;
  const about = { object: object.key, word: name };
  if (ONCE.has(name) && ms !== 0) sink.add('operation-interval', NOWHERE, `${object.key}: Specified interval for ${name} is ${interval}, it must be 0`, { ...about, repair: 'leave interval out' });
  if (name !== 'monitor') return;
  const key = ms * 4 + ['Promoted', 'Master'].indexOf(op.get('role') ?? '') + 1;
  if (ms === 0 && op.has('interval')) sink.add('operation-interval', NOWHERE, `${object.key}: monitor with interval 0 only runs once, before the start`, { ...about, repair: 'give it an interval such as 10s' });
  else if (intervals.has(key)) sink.add('operation-interval', NOWHERE, `${object.key}: interval in monitor must be unique: ${interval} is used twice`, { ...about, repair: 'change one of them by a second' });
  intervals.add(key);
}
