// SPDX-License-Identifier: GPL-2.0-or-later
/** Changes that the shell and the tools make alike. */
export { eachResource, findResource, isContainer, isPromotableClone, membersOf, type ResourcePlace } from './resources.ts';
export { deleteSetting, findSetting, setSetting, settingOf, type SettingKind } from './settings.ts';
export { banConstraint, banId, cliConstraints, preferConstraint, preferId, type PlacementRequest } from './placement.ts';
