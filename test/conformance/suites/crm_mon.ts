// SPDX-License-Identifier: GPL-2.0-or-later
/** The `crm_mon` suite: laid out and judged like the tools. */
import type { Suite } from '../suite.ts';
import { suite as tools } from './tools.ts';

export const suite: Suite = { ...tools, name: 'crm_mon' };
