// SPDX-License-Identifier: GPL-2.0-or-later
/** Sets of name-value pairs. */
import { attributeSet, isLabel, optionalWord, word, type AttributeSet, type NvItem, type Rule, type SetKeyword } from '../../language/index.ts';
import type { XmlElement } from '../xml/index.ts';
import { elementsOf, inexpressible, onlyAttributes, shownId, type DecompileContext } from './context.ts';
import { decompileRule } from './rule.ts';

export function decompileSet(element: XmlElement, section: SetKeyword, context: DecompileContext): AttributeSet {
  const parts = setParts(element, context);
  // Without an id of the set, a parameter called id would be read as that.
  const id = section === 'params' && element.elements('nvpair').some((pair) => pair.get('name') === 'id') ? element.id : shownId(element, context);
  return attributeSet(section, { ...parts, id: optionalWord(id), reference: optionalWord(element.get('id-ref')) });
}

type SetParts = Pick<AttributeSet, 'score' | 'rules' | 'items' | 'itemsBeforeRules'>;

/** Score, rules and pairs: rules stand together, before pairs or between them. */
export function setParts(element: XmlElement, context: DecompileContext): SetParts {
  onlyAttributes(element, ['id', 'id-ref', 'score']);
  const rules: Rule[] = [];
  const items: NvItem[] = [];
  let itemsBeforeRules = 0;
  for (const child of elementsOf(element)) {
    if (child.name === 'rule' && (rules.length === 0 || items.length === itemsBeforeRules)) {
      itemsBeforeRules = items.length;
      rules.push(decompileRule(child, context));
    } else if (child.name === 'nvpair') items.push(decompileItem(child, context));
    else inexpressible(`${child.name} inside ${element.name}`);
  }
  return { score: label(element.get('score')), rules, items, itemsBeforeRules };
}

/** A word that can stand before a colon. */
export function label(text: string | undefined): AttributeSet['score'] {
  if (text !== undefined && !isLabel(text)) inexpressible(`"${text}" before a colon`);
  return optionalWord(text);
}

function decompileItem(pair: XmlElement, context: DecompileContext): NvItem {
  onlyAttributes(pair, ['id', 'id-ref', 'name', 'value']);
  if (pair.children.length > 0) inexpressible('content of an nvpair');
  const reference = pair.get('id-ref');
  const name = pair.get('name');
  if (reference !== undefined) {
    if (pair.get('value') !== undefined || pair.id !== undefined) inexpressible('a reference with a value');
    // Quotes and backslashes have no protection inside a reference.
    if (/[:"\\\n]/.test(reference) || /[=\n"\\]/.test(`${reference}${name ?? ''}`)) inexpressible('the words of a reference');
    return { kind: 'reference', target: word(reference), name: optionalWord(name), start: -1, end: -1 };
  }
  if (name === undefined || name === '' || /^[$@=]/.test(name) || name.includes('=')) inexpressible('the name of an nvpair');
  // Without an id in front, a colon in a name that has no value would make it a label.
  const id = shownId(pair, context) ?? (name.includes(':') && pair.get('value') === undefined ? pair.id : undefined);
  if (id !== undefined && !isLabel(id)) inexpressible('an id with blanks or a colon');
  return { kind: 'pair', id: optionalWord(id), name: word(name), value: optionalWord(pair.get('value')), start: -1, end: -1 };
}
