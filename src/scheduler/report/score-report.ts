// SPDX-License-Identifier: GPL-2.0-or-later
/** The lines of the score report as lists and as data. Their grammar is that of `assign/score-lines.ts`. */
import { element, XmlText, type XmlElement } from '../../cib/index.ts';
import { item, lines as rawLines, list, type OutlineList } from './outline.ts';

export interface ScoreReport {
  /** Remarks on decisions, told to people only. */
  readonly remarks: readonly string[];
  readonly lines: readonly string[];
  readonly hasScores: boolean;
  readonly hasUtilization: boolean;
}

export function scoreList({ remarks, lines, hasScores, hasUtilization }: ScoreReport): OutlineList {
  const title = hasScores && hasUtilization ? 'Assignment Scores and Utilization Information' : hasScores ? 'Assignment Scores' : 'Utilization Information';
  return list(title, [rawLines(...remarks), ...lines.map((line) => item(line))]);
}

export function scoresXml({ lines, hasScores, hasUtilization }: ScoreReport): XmlElement {
  const name = hasScores && hasUtilization ? 'allocations_utilizations' : hasScores ? 'allocations' : 'utilizations';
  return element(name, {}, lines.flatMap((line) => lineXml(line) ?? []));
}

const SCORE = /^(\S+): (.+) allocation score on (.+): (\S+)$/;
const PROMOTION = /^(.+) promotion score (?:on (.+)|\(inactive\)): (\S+)$/;
const CAPACITY = /^(Original|Remaining): (.+) capacity:(.*)$/;
const UTILIZATION = /^(\S+): (.+) utilization on (.+):((?: [^ =]+=-?\d+)*)$/;

function lineXml(line: string): XmlElement | undefined {
  const score = SCORE.exec(line);
  if (score !== null) return element('node_weight', { function: score[1], node: score[3], score: score[4], id: score[2] });
  const promotion = PROMOTION.exec(line);
  if (promotion !== null) return element('promotion_score', { id: promotion[1], score: promotion[3], node: promotion[2] });
  const capacity = CAPACITY.exec(line);
  if (capacity !== null) return element('capacity', { node: capacity[2], comment: capacity[1] }, amounts(capacity[3] ?? ''));
  const utilization = UTILIZATION.exec(line);
  if (utilization !== null) return element('utilization', { resource: utilization[2], node: utilization[3], function: utilization[1] }, amounts(utilization[4] ?? ''));
  return undefined;
}

function amounts(text: string): XmlElement[] {
  return text.split(' ').filter((word) => word !== '').map((word) => {
    const [name = '', amount = ''] = word.split('=');
    return element(name, {}, [new XmlText(amount)]);
  });
}
