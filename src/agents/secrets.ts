// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Values of parameters that stand in files instead of the CIB: `RESOURCE/PARAMETER` below a directory, with the MD5 sum of the value in
 * `PARAMETER.sign`, as Pacemaker's executor keeps them. Who runs an agent puts the values in their places.
 */
import { md5 } from '../cib/index.ts';
import type { Pairs } from './environment.ts';

/** Stands in the CIB where the value is kept in a file. */
export const SECRET_MARK = 'lrm://';

export type ReadFile = (path: string) => string | undefined;

export type Secret = { readonly kind: 'value'; readonly value: string } | { readonly kind: 'missing' } | { readonly kind: 'damaged' };

export function secretsDirectory(stateDirectory: string): string {
  return `${stateDirectory}/lrm/secrets`;
}

/** Instances of a clone share what belongs to the resource. */
export function secretFile(directory: string, resource: string, parameter: string): { readonly value: string; readonly sum: string } {
  const value = `${directory}/${inPath(resource.replace(/:\d+$/, ''))}/${inPath(parameter)}`;
  return { value, sum: `${value}.sign` };
}

/** A name stays one step of a path. */
function inPath(name: string): string {
  return name === '.' || name === '..' ? `%${name}` : name.replaceAll('/', '%2F');
}

export function secretSum(value: string): string {
  return md5(value);
}

export function readSecret(directory: string, resource: string, parameter: string, read: ReadFile): Secret {
  const files = secretFile(directory, resource, parameter);
  const value = read(files.value)?.trimEnd();
  if (value === undefined) return { kind: 'missing' };
  return read(files.sum)?.trim() === secretSum(value) ? { kind: 'value', value } : { kind: 'damaged' };
}

export type RevealedPairs = { readonly ok: true; readonly pairs: Pairs } | { readonly ok: false; readonly parameter: string };

/** The pairs with all values in their places; not ok where one cannot be had. */
export function revealSecrets(pairs: Pairs, resource: string, directory: string, read: ReadFile): RevealedPairs {
  if (!pairs.some(([, value]) => value === SECRET_MARK)) return { ok: true, pairs };
  const revealed: (readonly [string, string])[] = [];
  for (const pair of pairs) {
    const secret = pair[1] === SECRET_MARK ? readSecret(directory, resource, pair[0], read) : undefined;
    if (secret !== undefined && secret.kind !== 'value') return { ok: false, parameter: pair[0] };
    revealed.push(secret === undefined ? pair : [pair[0], secret.value]);
  }
  return { ok: true, pairs: revealed };
}
