// SPDX-License-Identifier: GPL-2.0-or-later
export * from './xml/index.ts';
export * from './request.ts';
