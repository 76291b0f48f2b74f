// SPDX-License-Identifier: GPL-2.0-or-later
export type { FindingKind, SchemaFinding } from './finding.ts';
export { grammarOf, isChanged, type Alternative, type Attribute, type Definition, type Grammar, type Particle } from './grammar.ts';
export { elementPath, isValid, validateCib } from './validate.ts';
export type { ValueType } from './value-type.ts';
export { NEWEST_SCHEMA, schemaName, schemaNames, schemaOf, schemaPosition, SCHEMA_VERSIONS, type SchemaVersion } from './versions.ts';
