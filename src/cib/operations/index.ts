// SPDX-License-Identifier: GPL-2.0-or-later
export { applyRequest, type CibWriter } from './apply.ts';
export { REFUSALS } from './refusal.ts';
