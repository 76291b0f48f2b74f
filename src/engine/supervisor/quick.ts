// SPDX-License-Identifier: GPL-2.0-or-later
/** Answers the tools that agents call most, from their command line; anything unusual is left to the real tool. */

export interface QuickRequest {
  readonly answerPipe: string;
  readonly tool: string;
  readonly node: string;
  readonly resource: string;
  readonly args: readonly string[];
}

export type QuickQuestion =
  | { readonly kind: 'set'; readonly name: string; readonly node: string; readonly value: string | undefined }
  | { readonly kind: 'get'; readonly name: string; readonly node: string; readonly otherwise?: string };

const SEPARATOR = '\x1f';

export function parseQuickLine(line: string): QuickRequest | undefined {
  const [answerPipe, tool, node, resource, ...args] = line.split(SEPARATOR);
  if (answerPipe === undefined || tool === undefined || node === undefined || resource === undefined) return undefined;
  return { answerPipe, tool, node, resource, args };
}

interface Words {
  name?: string;
  node?: string;
  value?: string;
  otherwise?: string;
  lifetime?: string;
  isQuery?: boolean;
  isDelete?: boolean;
  isQuiet?: boolean;
  isPromotion?: boolean;
}

/** Options with a value, by their spellings. */
const VALUED: ReadonlyMap<string, 'name' | 'node' | 'value' | 'lifetime' | 'otherwise'> = new Map([
  ['-n', 'name'], ['--name', 'name'], ['--attr-name', 'name'],
  ['-N', 'node'], ['--node', 'node'], ['--uname', 'node'],
  ['-v', 'value'], ['--update', 'value'], ['--attr-value', 'value'],
  ['-l', 'lifetime'], ['--lifetime', 'lifetime'],
  ['-d', 'otherwise'], ['--default', 'otherwise'],
]);
const FLAGS: ReadonlyMap<string, 'isQuery' | 'isDelete' | 'isQuiet' | 'isPromotion'> = new Map([
  ['-G', 'isQuery'], ['--query', 'isQuery'], ['--get-value', 'isQuery'],
  ['-D', 'isDelete'], ['--delete', 'isDelete'], ['--delete-attr', 'isDelete'],
  ['-q', 'isQuiet'], ['--quiet', 'isQuiet'], ['-Q', 'isQuiet'],
  ['-p', 'isPromotion'], ['--promotion', 'isPromotion'],
]);

/** Undefined: let the real tool do it. */
export function quickQuestion(request: QuickRequest): QuickQuestion | undefined {
  const words = wordsOf(request.args);
  if (words === undefined) return undefined;
  const isPromotion = request.tool === 'crm_master' || words.isPromotion === true;
  // The old wrapper stands for a plain attribute, whose default is permanent.
  const lifetime = words.lifetime ?? (words.isPromotion === true ? 'reboot' : 'forever');
  const name = isPromotion ? promotionName(request.resource) : words.name;
  const node = words.node ?? request.node;
  if (lifetime !== 'reboot' || name === undefined || node === '') return undefined;
  if (words.otherwise !== undefined && words.isQuery !== true) return undefined;
  if (words.isDelete === true) return { kind: 'set', name, node, value: undefined };
  if (words.value !== undefined) return { kind: 'set', name, node, value: words.value };
  if (words.isQuery !== true || words.isQuiet !== true) return undefined;
  return { kind: 'get', name, node, ...(words.otherwise === undefined ? {} : { otherwise: words.otherwise }) };
}

/** Promotion scores of anonymous clones belong to the clone, not to an instance, and so have no number. */
function promotionName(resource: string): string | undefined {
  return resource === '' ? undefined : `master-${resource}`;
}

function wordsOf(args: readonly string[]): Words | undefined {
  const words: Words = {};
  for (let i = 0; i < args.length; i++) {
    const [option, attached] = splitOption(args[i]!);
    const flag = FLAGS.get(option);
    const valued = VALUED.get(option);
    if (flag !== undefined && attached === undefined) words[flag] = true;
    else if (valued === undefined) return undefined;
    else {
      const value = attached ?? args[++i];
      if (value === undefined) return undefined;
      words[valued] = value;
    }
  }
  return words;
}

/** `--name=x`, `-nx`. */
function splitOption(word: string): [string, string | undefined] {
  const equals = word.indexOf('=');
  if (word.startsWith('--')) return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
  return word.length > 2 && word.startsWith('-') ? [word.slice(0, 2), word.slice(2)] : [word, undefined];
}
