// SPDX-License-Identifier: GPL-2.0-or-later
export type { UpgradeNote } from './note.ts';
export { upgradeCib, type UpgradeOptions, type UpgradeResult } from './upgrade.ts';
export { retiredOption, type RetiredOption } from './options.ts';
