// SPDX-License-Identifier: GPL-2.0-or-later
/** One statement to the object it describes. */
import type { Statement, Word } from '../../language/index.ts';
import { compileAcl, compileAclTarget } from './acl.ts';
import { compileAlert } from './alert.ts';
import type { Building } from './building.ts';
import { compileBundle } from './bundle.ts';
import { compileColocation, compileOrder, compileTicket } from './constraint.ts';
import { compileContainer } from './container.ts';
import type { CompileContext } from './context.ts';
import { nodeKey, TOPOLOGY_KEY, type ObjectKind } from './kinds.ts';
import { compileLocation } from './location.ts';
import { compileNode } from './node.ts';
import { compilePrimitive } from './primitive.ts';
import { compileProperty, propertySetId } from './property.ts';
import { compileTag } from './tag.ts';
import { compileTopology } from './topology.ts';

export type ObjectStatement = Exclude<Statement, { kind: 'monitor' | 'xml' }>;

/** Name of the object a statement describes, and the word that says so. */
export function namedObject(statement: ObjectStatement, context: CompileContext): { readonly key: string; readonly kind: ObjectKind; readonly at: Word } {
  switch (statement.kind) {
    case 'node':
      return { key: nodeKey(statement.name.text.split(':')[0] ?? ''), kind: 'node', at: statement.name };
    case 'fencing_topology':
      return { key: TOPOLOGY_KEY, kind: 'fencing_topology', at: statement.keyword };
    case 'property':
    case 'rsc_defaults':
    case 'op_defaults':
      return { key: propertySetId(statement, context), kind: statement.kind, at: statement.id ?? statement.keyword };
    default:
      return { key: statement.id.text, kind: statement.kind, at: statement.id };
  }
}

export function buildObject(statement: ObjectStatement, key: string, context: CompileContext): Building {
  switch (statement.kind) {
    case 'node':
      return compileNode(statement, context);
    case 'primitive':
    case 'rsc_template':
      return compilePrimitive(statement, context);
    case 'group':
    case 'clone':
    case 'ms':
      return compileContainer(statement, context);
    case 'bundle':
      return compileBundle(statement, context);
    case 'location':
      return compileLocation(statement, context);
    case 'colocation':
      return compileColocation(statement, context);
    case 'order':
      return compileOrder(statement, context);
    case 'rsc_ticket':
      return compileTicket(statement, context);
    case 'tag':
      return compileTag(statement);
    case 'property':
    case 'rsc_defaults':
    case 'op_defaults':
      return compileProperty(statement, key, context);
    case 'fencing_topology':
      return compileTopology(statement, context);
    case 'role':
    case 'user':
      return compileAcl(statement, context);
    case 'acl_target':
    case 'acl_group':
      return compileAclTarget(statement, context);
    case 'alert':
      return compileAlert(statement, context);
  }
}
