// SPDX-License-Identifier: GPL-2.0-or-later
/** The schema versions in their order. Positions are compared, never numbers: 2.10 is later than 2.9. */

export const SCHEMA_VERSIONS = [
  '1.0', '1.2', '1.3',
  '2.0', '2.1', '2.2', '2.3', '2.4', '2.5', '2.6', '2.7', '2.8', '2.9', '2.10',
  '3.0', '3.1', '3.2', '3.3', '3.4', '3.5', '3.6', '3.7', '3.8', '3.9', '3.10',
  '4.0',
] as const;

export type SchemaVersion = (typeof SCHEMA_VERSIONS)[number];

export const NEWEST_SCHEMA: SchemaVersion = '4.0';

const POSITIONS: ReadonlyMap<string, number> = new Map(SCHEMA_VERSIONS.map((version, position) => [version, position]));

/** Position of a version in the order; undefined when there is no such version. */
export function schemaPosition(version: string): number | undefined {
  return POSITIONS.get(version);
}

/** `pacemaker-3.9` for `3.9`: the value of `validate-with`. */
export function schemaName(version: SchemaVersion): string {
  return `pacemaker-${version}`;
}

/** The version a `validate-with` value names; `none` switches validation off, undefined is a name nobody knows. */
export function schemaOf(validateWith: string | undefined): SchemaVersion | 'none' | undefined {
  if (validateWith === 'none') return 'none';
  if (validateWith === undefined || !validateWith.startsWith('pacemaker-')) return undefined;
  const position = POSITIONS.get(validateWith.slice('pacemaker-'.length));
  return position === undefined ? undefined : SCHEMA_VERSIONS[position];
}

/** Every value `validate-with` may have. */
export function schemaNames(): readonly string[] {
  return [...SCHEMA_VERSIONS.map(schemaName), 'none'];
}
