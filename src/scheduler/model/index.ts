// SPDX-License-Identifier: GPL-2.0-or-later
export * from './action.ts';
export * from './constraint.ts';
export * from './node.ts';
export { NodeLayout } from './node-layout.ts';
export * from './list-sort.ts';
export * from './natural-order.ts';
export * from './node-attribute.ts';
export * from './node-table.ts';
export * from './notification.ts';
export * from './options.ts';
export * from './ordering.ts';
export * from './recorder.ts';
export * from './resource.ts';
export * from './role.ts';
export * from './scheduler.ts';
export * from './tree.ts';
