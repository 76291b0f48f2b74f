// SPDX-License-Identifier: GPL-2.0-or-later
/** Lists of name=value: words without a value, and pairs that were torn apart by blanks. */
import { sectionWords, type NvItem, type NvPair } from '../../grammar/index.ts';
import type { DiagnosticSink } from './diagnose.ts';
import { isLabel } from './quote.ts';
import { nearest } from './suggest.ts';

/** A bare word among pairs is rarely meant: most often it is a misspelt keyword, or a part of a pair or of a value with a blank in it. */
export function checkItems(items: readonly NvItem[], sink: DiagnosticSink, bare: 'warning' | 'error'): void {
  for (let i = 0; i < items.length; i++) {
    const item = items[i]!;
    if (item.kind !== 'pair') continue;
    const torn = isBare(item) ? tornPair(items, i) : undefined;
    if (torn !== undefined) {
      sink.add('unexpected-word', { start: item.start, end: items[i + torn.length - 1]!.end }, `blanks around "=" tear ${torn.text} apart`, { suggestion: torn.text });
      i += torn.length - 1;
    } else if (isMisplaced(item)) {
      sink.add('unexpected-word', item, `"${item.name.text}${item.value === undefined ? '' : '='}" stands where name=value should`, { repair: 'a name holds no colon and does not begin with "="; a section begins with its keyword' });
    } else if (item.value?.text === '' && bare === 'error') {
      sink.add('bare-property', item, `${item.name.text} has an empty value`, { repair: `write ${item.name.text}=VALUE` });
    } else if (isBare(item)) i += checkBare(items, i, item, sink, bare);
  }
}

function isMisplaced(item: NvPair): boolean {
  if (item.name.text.startsWith('=') || (item.id !== undefined && (!isLabel(item.id.text) || item.name.text === ''))) return true;
  return item.value === undefined && item.id === undefined && item.name.text.includes(':');
}

function isBare(item: NvItem | undefined): item is NvPair {
  return item?.kind === 'pair' && item.value === undefined && item.name.text !== '';
}

/** `name = value` and `name =value`, with the number of its words. */
function tornPair(items: readonly NvItem[], i: number): { readonly text: string; readonly length: number } | undefined {
  const [name, sign, value] = items.slice(i, i + 3);
  if (!isBare(name) || name.id !== undefined || name.name.text.startsWith('=') || sign?.kind !== 'pair' || !sign.name.text.startsWith('=') || sign.value !== undefined) {
    return isBare(name) && sign?.kind === 'pair' && sign.name.text === '' && sign.value !== undefined && sign.value.text !== '' ? { text: `${name.name.text}=${sign.value.text}`, length: 2 } : undefined;
  }
  if (sign.name.text !== '=') return { text: `${name.name.text}${sign.name.text}`, length: 2 };
  return isBare(value) ? { text: `${name.name.text}=${value.name.text}`, length: 3 } : undefined;
}

/** Says what a bare word may be; gives the number of words behind it that are explained with it. */
function checkBare(items: readonly NvItem[], i: number, item: NvPair, sink: DiagnosticSink, bare: 'warning' | 'error'): number {
  const name = item.name.text;
  const code = bare === 'error' ? 'bare-property' : 'valueless-parameter';
  const message = bare === 'error' ? `${name} has no value` : `"${name}" is taken as a parameter without value`;
  const section = bare === 'error' ? undefined : nearest(name, sectionWords());
  const [before, next] = [items[i - 1], items[i + 1]];
  if (section !== undefined) sink.add(code, item, message, { suggestion: section });
  else if (before?.kind === 'pair' && before.value?.text === '' && before.end - before.start === before.name.text.length + 1) sink.add(code, item, message, { suggestion: `${before.name.text}=${name}` });
  else if (isBare(next) && next.id === undefined && !isMisplaced(next)) {
    sink.add(code, item, message, { suggestion: `${name}=${next.name.text}` });
    return 1;
  } else sink.add(code, item, message, { repair: bare === 'error' ? `write ${name}=VALUE` : `write ${name}=VALUE, or put quotes around a value that holds blanks` });
  return 0;
}
