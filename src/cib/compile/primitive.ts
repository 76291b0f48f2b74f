// SPDX-License-Identifier: GPL-2.0-or-later
/** `primitive` and `rsc_template`. */
import { isValidId, type PrimitiveStatement } from '../../language/index.ts';
import { agentId, meantAgent, type AgentFact, type AgentName } from './agent-facts.ts';
import { addAdvisedOperations } from './advised.ts';
import { Building } from './building.ts';
import type { CompileContext } from './context.ts';
import { compileSections } from './sections.ts';

export function compilePrimitive(statement: PrimitiveStatement, context: CompileContext): Building {
  const made = new Building(statement.kind === 'primitive' ? 'primitive' : 'template', [['id', statement.id.text]]);
  const agent = statement.agent.text.startsWith('@') ? undefined : setAgent(made, statement, context);
  if (agent === undefined && statement.agent.text.startsWith('@')) made.set('template', statement.agent.text.slice(1));
  made.set('description', statement.description?.text);
  compileSections(made, statement.sections, context);
  if (agent === undefined) return made;
  const fact = describe(agent, statement, context);
  takeSetIds(made, fact, statement, context);
  if (fact === undefined) return made;
  renameParameters(made, fact);
  const isAdvised = agent.class === 'stonith' ? context.hasAdvisedFencingOperations : true;
  if (context.mode === 'typed' && context.hasAdvisedOperations && isAdvised) addAdvisedOperations(made, fact);
  return made;
}

function setAgent(made: Building, statement: PrimitiveStatement, context: CompileContext): AgentName | undefined {
  const agent = context.agents.resolve(statement.agent.text);
  if (agent === undefined) return undefined;
  made.set('class', agent.class).set('provider', agent.provider).set('type', agent.type);
  if (agent.provider !== undefined && agent.class !== 'ocf') {
    context.sink.add('provider-ignored', statement.agent, `agents of class ${agent.class} have no provider`, { repair: `write ${agent.class}:${agent.type}` });
  }
  return agent;
}

function describe(agent: AgentName, statement: PrimitiveStatement, context: CompileContext): AgentFact | undefined {
  const fact = context.agents.metadata(agent);
  // Plugins of the old fencing library are asked by that library only.
  if (fact === undefined && !(agent.class === 'stonith' && agent.type.includes('/'))) {
    const name = agentId(agent);
    const suggestion = meantAgent(agent, statement.agent.text.includes(':'), context.agents);
    context.sink.add('unknown-agent', statement.agent, `nothing is known of the agent ${name}`, { object: statement.id.text, ...suggestion, repair: 'check its spelling with: crm ra list CLASS; install it on every node' });
  }
  return fact;
}

/** `params id=X`: where the agent has no parameter of that name, X is meant as the id of the set. */
function takeSetIds(made: Building, fact: AgentFact | undefined, statement: PrimitiveStatement, context: CompileContext): void {
  if (fact?.parameters.some((parameter) => parameter.name === 'id') === true || fact?.isPartial === true) return;
  for (const set of made.parts()) {
    const at = set.name === 'instance_attributes' && set.get('id') === undefined ? set.children.findIndex((child) => child instanceof Building && child.name === 'nvpair' && child.get('name') === 'id') : -1;
    const value = at < 0 ? undefined : (set.children[at] as Building).get('value');
    if (value === undefined || !isValidId(value)) continue;
    set.children.splice(at, 1);
    set.set('id', value);
    const place = pairOf(statement, value) ?? statement;
    context.sink.add('id-parameter', place, `id=${value} is taken as the id of the parameters, because the agent has no parameter called id`, { object: statement.id.text, repair: `write $id=${value}` });
  }
}

/** Where the text says so. */
function pairOf(statement: PrimitiveStatement, value: string): { readonly start: number; readonly end: number } | undefined {
  for (const section of statement.sections) {
    const found = section.kind === 'set' ? section.items.find((item) => item.kind === 'pair' && item.name.text === 'id' && item.value?.text === value) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Agents that renamed `a-b` to `a_b` still get the old spelling from old texts. */
function renameParameters(made: Building, fact: AgentFact): void {
  const isKnown = (name: string): boolean => fact.parameters.some((parameter) => parameter.name === name);
  for (const set of made.parts()) {
    if (set.name !== 'instance_attributes') continue;
    for (const pair of set.parts()) {
      const name = pair.get('name');
      if (pair.name !== 'nvpair' || name === undefined || !name.includes('-') || isKnown(name)) continue;
      const renamed = name.replaceAll('-', '_');
      if (!isKnown(renamed)) continue;
      pair.set('name', renamed);
      pair.spelling = name;
    }
  }
}
