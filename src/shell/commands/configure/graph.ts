// SPDX-License-Identifier: GPL-2.0-or-later
/** `graph`: resources and what ties them together, as a drawing. */
import { memberIds, type CibDraft, type CibObject } from '../../../cib/index.ts';
import { absolute } from '../../../platform/index.ts';
import { SUCCESS, type Command } from '../../command.ts';
import { configurationOf } from '../../configuration-session.ts';
import type { Session } from '../../session.ts';
import { svgText, type Link } from './drawing.ts';

/** Programs that draw a large graph take a while. */
const DRAW_TIMEOUT_MS = 60_000;

export const graph: Command = {
  name: 'graph',
  usage: '[dot [FILE [FORMAT]]]',
  summary: 'draw the configuration as a graph',
  help: 'Without FILE, or with "-", the graph is printed. FORMAT is dot (the language of Graphviz), svg, or what the dot program can draw besides: png, pdf. Without that program svg is drawn in a simpler way.',
  skill: 'administrator',
  takes: [0, 3],
  complete: ({ words }) => (words.length === 0 ? ['dot'] : words.length === 2 ? ['dot', 'svg', 'png', 'pdf'] : []),
  run: async ({ args }, session) => {
    const [kind, file, format] = args;
    if (kind !== undefined && kind !== 'dot') return session.error(`configure.graph: Expected dot (found ${kind})`);
    const { draft } = await configurationOf(session);
    const text = dotText(draft);
    const links = linksOf(draft);
    if (file === undefined || file === '-') {
      const shown = format === 'svg' ? svgText(draft, links) : text;
      session.present({ data: format === 'svg' ? { svg: shown } : { dot: shown }, text: () => shown });
      return SUCCESS;
    }
    return writeDrawing(session, 'configure.graph', text, file, format, () => svgText(draft, links));
  },
};

/**
 * A graph in the language of Graphviz, written as it is or drawn; the format follows the file's name when it is not given. `svg` draws it
 * where Graphviz is not installed.
 */
export async function writeDrawing(session: Session, command: string, text: string, file: string, given: string | undefined, svg?: () => string): Promise<number> {
  const format = given ?? /\.(svg|png|pdf)$/.exec(file)?.[1] ?? 'dot';
  const path = absolute(session.context.cwd, file);
  if (format === 'dot') {
    session.context.disk.write(path, text);
    return SUCCESS;
  }
  if (!/^[a-z0-9]+$/.test(format)) return session.error(`${command}: ${format} is no format`);
  const program = session.options.get('core.dot');
  const drawn = await session.context.spawn({ program, args: [`-T${format}`, '-o', path], input: text, timeoutMs: DRAW_TIMEOUT_MS });
  if (drawn.code === 127 && format === 'svg' && svg !== undefined) {
    session.context.disk.write(path, svg());
    return SUCCESS;
  }
  if (drawn.code === 127) return session.error(`the program ${program} (Graphviz) is not installed; without it only the format dot can be written`);
  return drawn.code === 0 ? SUCCESS : session.error(`${program} failed: ${drawn.stderr.trim()}`);
}

/** Groups, clones and bundles are boxes around their members; orders are arrows, colocations dashed lines. */
function dotText(draft: CibDraft): string {
  const objects = [...draft.objects()];
  const resources = objects.filter((object) => ['primitive', 'group', 'clone', 'ms', 'bundle'].includes(object.kind));
  const lines = ['digraph configuration {', '  rankdir=LR;', '  node [shape=box, style=rounded];', '  compound=true;'];
  for (const object of resources) if (object.parent === undefined) lines.push(...shape(draft, object, '  '));
  for (const object of objects) lines.push(...edges(draft, object).map((edge) => `  ${edge}`));
  return [...lines, '}', ''].join('\n');
}

/** Constraints between two resources, or a resource and a node. */
function linksOf(draft: CibDraft): Link[] {
  return [...draft.objects()].flatMap((object): Link[] => {
    const { element } = object;
    if (object.kind === 'order') return pairsOf(object, 'first', 'then').map(([from, to]) => ({ kind: 'order', from, to, label: element.get('kind') ?? '' }));
    if (object.kind === 'colocation') return pairsOf(object, 'rsc', 'with-rsc').map(([from, to]) => ({ kind: 'colocation', from, to, label: element.get('score') ?? '' }));
    const [from, to] = [element.get('rsc'), element.get('node')];
    return object.kind === 'location' && from !== undefined && to !== undefined ? [{ kind: 'location', from, to, label: element.get('score') ?? '' }] : [];
  });
}

function shape(draft: CibDraft, object: CibObject, margin: string): string[] {
  const members = memberIds(object.element).map((id) => draft.get(id)).filter((one) => one !== undefined);
  if (members.length === 0) return [`${margin}${name(object.key)};`];
  const inner = members.flatMap((member) => shape(draft, member, `${margin}  `));
  const chain = object.kind === 'group' ? members.slice(1).map((member, i) => `${margin}  ${name(members[i]!.key)} -> ${name(member.key)} [color=gray];`) : [];
  return [`${margin}subgraph ${name(`cluster_${object.key}`)} {`, `${margin}  label=${name(`${object.kind} ${object.key}`)};`, ...inner, ...chain, `${margin}}`];
}

function edges(draft: CibDraft, object: CibObject): string[] {
  const { element } = object;
  switch (object.kind) {
    case 'order':
      return pairsOf(object, 'first', 'then').map(([from, to]) => `${anchor(draft, from)} -> ${anchor(draft, to)} [label=${name(element.get('kind') ?? '')}];`);
    case 'colocation':
      return pairsOf(object, 'rsc', 'with-rsc').map(([from, to]) => `${anchor(draft, from)} -> ${anchor(draft, to)} [style=dashed, dir=none, label=${name(element.get('score') ?? '')}];`);
    case 'location': {
      const [resource, node] = [element.get('rsc'), element.get('node')];
      if (resource === undefined || node === undefined) return [];
      return [`${name(`node ${node}`)} [label=${name(node)}, shape=ellipse];`, `${anchor(draft, resource)} -> ${name(`node ${node}`)} [style=dotted, label=${name(element.get('score') ?? '')}];`];
    }
    default:
      return [];
  }
}

/** Neighbours in a constraint: two resources, or each member of a set with each of the next set. */
function pairsOf(object: CibObject, one: string, other: string): [string, string][] {
  const [first, second] = [object.element.get(one), object.element.get(other)];
  if (first !== undefined && second !== undefined) return [[first, second]];
  const pairs: [string, string][] = [];
  let before: string[] = [];
  for (const set of object.element.elements('resource_set')) {
    const members = set.elements('resource_ref').map((part) => part.id ?? '');
    const isOrdered = set.get('sequential') !== 'false';
    if (isOrdered) for (let i = 1; i < members.length; i++) pairs.push([members[i - 1]!, members[i]!]);
    const heads = isOrdered ? members.slice(0, 1) : members;
    for (const from of before) for (const to of heads) pairs.push([from, to]);
    before = isOrdered ? members.slice(-1) : members;
  }
  return pairs;
}

/** An edge to a container ends at its first member. */
function anchor(draft: CibDraft, resource: string): string {
  let here = resource;
  for (let object = draft.get(here); object !== undefined; object = draft.get(here)) {
    const [first] = memberIds(object.element);
    if (first === undefined) break;
    here = first;
  }
  return name(here);
}

function name(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
