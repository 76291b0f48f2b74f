// SPDX-License-Identifier: GPL-2.0-or-later
/** The version of a node's CIB only grows; its configuration part also across power cuts. */
import type { Checker } from './checker.ts';

export function versionNeverBack(): Checker {
  const last = new Map<string, readonly number[]>();
  return {
    invariant: 'the CIB version never goes back',
    observe(event, [node = '', ...version]) {
      // The status section, which the last number counts, is not kept on disk.
      if (event === 'boot' && last.has(node)) last.set(node, last.get(node)!.slice(0, 2));
      if (event !== 'cib') return undefined;
      const before = last.get(node);
      const now = version.map(Number);
      last.set(node, now);
      return before !== undefined && isLower(now, before) ? `CIB of ${node} goes from ${before.join('.')} to ${now.join('.')}` : undefined;
    },
  };
}

function isLower(a: readonly number[], b: readonly number[]): boolean {
  for (let i = 0; i < b.length; i++) if (a[i] !== b[i]) return a[i]! < b[i]!;
  return false;
}
