// SPDX-License-Identifier: GPL-2.0-or-later
export { cloneMetaOptions, clusterOptions, fencingOptions, operationOptions, resourceMetaOptions, type OptionFact } from './table.ts';
export { expectedValue, takesValue } from './value.ts';
