// SPDX-License-Identifier: GPL-2.0-or-later
/** Which nodes a location names, also by rules about nothing but the name of the node. */
import type { Expression, LocationStatement, Term } from '../../language/index.ts';
import { scoreOf, type LintModel } from '../model/index.ts';

export interface Place {
  /** Of the resource. */
  readonly id: string;
  readonly node: string;
  readonly score: number;
  /** It speaks of one role only. */
  readonly hasRole: boolean;
  readonly statement: LocationStatement;
}

const placesOfModels = new WeakMap<LintModel, readonly Place[]>();

/** Every resource with every node that a location gives a score; rules that ask for more than names are left out. */
export function placesOf(model: LintModel): readonly Place[] {
  const known = placesOfModels.get(model);
  if (known !== undefined) return known;
  const places = model.locations.flatMap(({ statement, targets, score, node }) => {
    const optionRole = statement.options.some((pair) => pair.name.text === 'role');
    const given = score === undefined || node === undefined ? [] : [{ score, nodes: [node.text], hasRole: optionRole }];
    const ruled = statement.rules.flatMap((rule) => {
      const ruleScore = scoreOf(rule.score?.text);
      const nodes = rule.expression === undefined ? undefined : nodesOf(rule.expression, model.nodeNames);
      return ruleScore === undefined || nodes === undefined ? [] : [{ score: ruleScore, nodes, hasRole: optionRole || rule.role !== undefined }];
    });
    return targets.flatMap(({ id, suffix }) => [...given, ...ruled].flatMap((one) => one.nodes.map((name): Place => ({ id, node: name, score: one.score, hasRole: one.hasRole || suffix !== undefined, statement }))));
  });
  placesOfModels.set(model, places);
  return places;
}

/** Nodes of which an expression holds; undefined when it asks for more than their names. */
function nodesOf(expression: Expression, names: ReadonlySet<string>): string[] | undefined {
  const isOr = expression.operators.some((word) => word.text.toLowerCase() === 'or');
  const parts = expression.terms.map((term) => nodesOfTerm(term, names));
  if (parts.some((part) => part === undefined)) return undefined;
  return [...names].filter((name) => (isOr ? parts.some((part) => part!.includes(name)) : parts.every((part) => part!.includes(name))));
}

function nodesOfTerm(term: Term, names: ReadonlySet<string>): string[] | undefined {
  if (term.kind === 'nested') return nodesOf(term.expression, names);
  if ((term.kind !== 'comparison' && term.kind !== 'defined') || term.attribute.text !== '#uname') return undefined;
  if (term.kind === 'defined') return term.operator.text === 'defined' ? [...names] : [];
  const value = term.value.text;
  if (/^(?:string:)?eq$/.test(term.operator.text)) return [value];
  return /^(?:string:)?ne$/.test(term.operator.text) ? [...names].filter((name) => name !== value) : undefined;
}
