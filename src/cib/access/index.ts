// SPDX-License-Identifier: GPL-2.0-or-later
export { accessApplies, permissionXPaths, type Access, type AccessUser } from './permissions.ts';
export { readableCib } from './read.ts';
export { renderAccess, type AccessStyle } from './render.ts';
export { checkWrite } from './write.ts';
