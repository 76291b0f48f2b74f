// SPDX-License-Identifier: GPL-2.0-or-later
/** Damage done to a CIB at random: mostly still XML, often still a CIB, seldom still valid. */
import type { Chance } from '../../chance.ts';

const VALUES = [
  '', '-1', '0', '1', '2', 'x', 'true', 'INFINITY', '-INFINITY', '+INFINITY', '99999999999', '-99999999999', '1e9', '0x10', '1.5', 'nosuch', 'node1', 'p0', 'p0:0', 'p1:99', 'g0', 'c0', 'b0', 'b0-0', 'guest-p0', 'remote0', 'fence0',
  'Started', 'Stopped', 'Promoted', 'Master', 'stop', 'start', 'monitor', 'migrate_to', 'demote', 'promote', 'notify', '-1:193', '0:0;1:1:0:u', ':::', ';', 'PT1H', 'P1Y', '2026-02-30', '10s', '5ms', '-5s', '__proto__', 'constructor', '#uname', '#default', '%1', '(', '[a', '!.*', 'é&amp;&lt;', '/', 'x'.repeat(200),
] as const;

/** Between one and five changes. */
export function mutate(chance: Chance, xml: string): string {
  let text = xml;
  for (let left = chance.below(5) + 1; left > 0; left--) text = mutateOnce(chance, text);
  return text;
}

function mutateOnce(chance: Chance, text: string): string {
  switch (chance.below(12)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return replaceOne(chance, text, ATTRIBUTE, (found) => found.replace(/"[^"]*"/, () => `"${chance.pick(VALUES)}"`));
    case 4:
      return replaceOne(chance, text, ATTRIBUTE, () => '');
    case 5:
      return swapValues(chance, text);
    case 6:
      return replaceOne(chance, text, EMPTY_ELEMENT, (found) => found + found);
    case 7:
      return replaceOne(chance, text, EMPTY_ELEMENT, () => '');
    case 8:
      return replaceOne(chance, text, SMALL_ELEMENT, () => '');
    case 9:
      return moveElement(chance, text);
    case 10:
      return replaceOne(chance, text, /<\/?[\w-]+/g, (found) => found.replace(/[\w-]+/, () => chance.pick(NAMES)));
    default:
      return chance.is(0.3) ? damage(chance, text) : replaceOne(chance, text, ATTRIBUTE, (found) => `${found} ${chance.pick(['role', 'score', 'interval', 'on-fail', 'template', 'id-ref', 'rsc', 'standby'])}="${chance.pick(VALUES)}"`);
  }
}

const ATTRIBUTE = / [\w-]+="[^"]*"/g;
const EMPTY_ELEMENT = /<[\w-]+ [^<>]*\/>/g;
/** An element with nothing but empty elements in it. */
const SMALL_ELEMENT = /<([\w-]+)( [^<>]*[^/<>])?>(<[\w-]+ [^<>]*\/>)*<\/\1>/g;
const NAMES = ['primitive', 'group', 'clone', 'bundle', 'template', 'rule', 'meta_attributes', 'nvpair', 'lrm_rsc_op', 'lrm_resource', 'node_state', 'rsc_order', 'rsc_colocation', 'resource_set', 'docker', 'tags', 'node', 'x'] as const;

function replaceOne(chance: Chance, text: string, pattern: RegExp, by: (found: string) => string): string {
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return text;
  const match = chance.pick(found);
  return text.slice(0, match.index) + by(match[0]) + text.slice(match.index + match[0].length);
}

/** Gives one attribute the value of another: references that go astray, circles, doubled ids. */
function swapValues(chance: Chance, text: string): string {
  const found = [...text.matchAll(/"([^"]*)"/g)];
  if (found.length === 0) return text;
  const value = chance.pick(found)[1]!;
  return replaceOne(chance, text, ATTRIBUTE, (attribute) => attribute.replace(/"[^"]*"/, () => `"${value}"`));
}

function moveElement(chance: Chance, text: string): string {
  let moved = '';
  const without = replaceOne(chance, text, SMALL_ELEMENT, (found) => {
    moved = found;
    return '';
  });
  return moved === '' ? text : replaceOne(chance, without, /<[\w-]+( [^<>]*[^/<>])?>/g, (found) => found + moved);
}

function damage(chance: Chance, text: string): string {
  const at = chance.below(text.length + 1);
  return chance.is(0.5) ? text.slice(0, at) : text.slice(0, at) + chance.pick(['<', '>', '"', '&', '=', '\u0000', 'é']) + text.slice(at);
}
