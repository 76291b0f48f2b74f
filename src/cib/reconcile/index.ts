// SPDX-License-Identifier: GPL-2.0-or-later
export type { ConfigurationObject } from './objects.ts';
export { changesBetween, summaryOf, type ObjectChange } from './changes.ts';
export { applyChanges, mergeConfigurations, type Conflict, type Merge } from './merge.ts';
