// SPDX-License-Identifier: GPL-2.0-or-later
export { formatCommand } from './format.ts';
export { lintCommand } from './lint.ts';
