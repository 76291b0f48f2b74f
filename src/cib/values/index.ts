// SPDX-License-Identifier: GPL-2.0-or-later
export { addScores, clipScore, formatScore, INFINITY, parseScore } from './score.ts';
export { compareVersions, isTrue, parseBoolean, parseInteger } from './scalar.ts';
