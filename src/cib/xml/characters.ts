// SPDX-License-Identifier: GPL-2.0-or-later
/** Characters, names and references as XML 1.0 has them. */

// Name characters of XML 1.0, section 2.3; the two joiners are listed for themselves, not to join anything.
// oxlint-disable-next-line no-misleading-character-class
export const NAME = /[A-Za-z_:\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uD800-\uDFFF\uF900-\uFDCF\uFDF0-\uFFFD][-.0-9A-Za-z_:\u00B7\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u037D\u037F-\u1FFF\u200C\u200D\u203F\u2040\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uD800-\uDFFF\uF900-\uFDCF\uFDF0-\uFFFD]*/y;
// Control characters that XML 1.0 does not allow at all, lone or not.
// oxlint-disable-next-line no-control-regex
export const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;
/** A reference, or an ampersand that begins none. */
export const REFERENCE = /&(?:#x([0-9A-Fa-f]+);|#([0-9]+);|([A-Za-z]+);)?/g;

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** The character that a {@link REFERENCE} stands for; undefined when there is none. */
export function decodeReference(hexDigits: string | undefined, digits: string | undefined, entity: string | undefined): string | undefined {
  return entity !== undefined ? ENTITIES.get(entity) : decodeNumber(hexDigits, digits);
}

/** Line ends as XML 1.0 (2.11) wants them. */
export function unixLines(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

function decodeNumber(hexDigits: string | undefined, digits: string | undefined): string | undefined {
  const code = hexDigits !== undefined ? parseInt(hexDigits, 16) : digits !== undefined ? parseInt(digits, 10) : NaN;
  const legal = code === 9 || code === 10 || code === 13 || (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
  return legal ? String.fromCodePoint(code) : undefined;
}

export function hex(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}
