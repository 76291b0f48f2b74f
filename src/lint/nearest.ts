// SPDX-License-Identifier: GPL-2.0-or-later
/** The known word that a misspelt one most likely means: the rule of the language, so that lint and loading suggest the same. */
export { nearest } from '../language/index.ts';
