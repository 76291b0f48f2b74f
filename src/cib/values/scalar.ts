// SPDX-License-Identifier: GPL-2.0-or-later
/** Booleans, integers and versions as the reference reads them from attribute values. */

/** True or false; undefined when the text is neither. */
export function parseBoolean(text: string): boolean | undefined {
  switch (text.toLowerCase()) {
    case 'true':
    case 'on':
    case 'yes':
    case 'y':
    case '1':
      return true;
    case 'false':
    case 'off':
    case 'no':
    case 'n':
    case '0':
      return false;
    default:
      return undefined;
  }
}

/** Whether a value says true; missing and unreadable values do not. */
export function isTrue(text: string | undefined): boolean {
  return text !== undefined && parseBoolean(text) === true;
}

/** A whole number with optional white space and sign before it; undefined when the text is none. */
export function parseInteger(text: string): number | undefined {
  return /^\s*[+-]?\d+$/.test(text) ? Number(text) + 0 : undefined;
}

/** Orders versions part by part: the dotted number a text begins with counts, missing parts are 0. */
export function compareVersions(a: string, b: string): -1 | 0 | 1 {
  if (a === b) return 0;
  const left = versionParts(a);
  const right = versionParts(b);
  const length = Math.max(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference < 0 ? -1 : 1;
  }
  return 0;
}

function versionParts(text: string): number[] {
  return /^\s*(\d+(?:\.\d+)*)/.exec(text)?.[1]?.split('.').map(Number) ?? [];
}
