// SPDX-License-Identifier: GPL-2.0-or-later
export { cloneMetaOptions, clusterOptions, fencingOptions, formerClusterOptions, operationOptions, resourceMetaOptions, type OptionFact } from './table.ts';
