// SPDX-License-Identifier: GPL-2.0-or-later
/** Version of the scheduling behaviour that this program follows; written into graphs and histories. */

export const FEATURE_SET = '3.20.5';
