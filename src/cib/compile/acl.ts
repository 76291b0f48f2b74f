// SPDX-License-Identifier: GPL-2.0-or-later
/** `role`, `user`, `acl_target` and `acl_group`, for schemas from 2.0 on and for the older form. */
import { aclTargetOf, type AclRight, type AclStatement, type AclTarget, type AclTargetStatement } from '../../language/index.ts';
import { element } from '../xml/index.ts';
import { Building } from './building.ts';
import { schemaNumber, type CompileContext } from './context.ts';

export function compileAcl(statement: AclStatement, context: CompileContext): Building {
  const isOld = schemaNumber(context.draft.schema).major < 2;
  if (statement.kind === 'user' && !isOld && context.mode === 'typed') unsupported(statement, context, 'acl_target');
  const made = new Building(statement.kind === 'role' ? 'acl_role' : 'acl_user', [['id', statement.id.text], ['description', statement.description?.text]]);
  for (const role of statement.roles) if (role.text.startsWith('role:')) made.add(element('role_ref', { id: role.text.slice('role:'.length) }));
  for (const right of statement.rights) made.add(...(isOld ? [oldRight(right)] : permissions(right)));
  return made;
}

export function compileAclTarget(statement: AclTargetStatement, context: CompileContext): Building {
  if (schemaNumber(context.draft.schema).major < 2 && context.mode === 'typed') unsupported(statement, context, 'user');
  const made = new Building(statement.kind, [['id', statement.id.text], ...statement.options.map((one) => [one.name.text, one.value?.text] as const)]);
  return made.add(...statement.roles.map((role) => element('role', { id: role.text })));
}

function unsupported(statement: AclStatement | AclTargetStatement, context: CompileContext, instead: string): void {
  context.sink.add('unsupported-by-schema', statement.keyword, `the schema ${context.draft.schema} has no ${statement.kind}`, { repair: `use ${instead}` });
}

/** One permission holds one target (a type may come with an attribute); several are split: xpath, ref, type. */
function permissions(right: AclRight): Building[] {
  const targets = targetsOf(right);
  const attribute = targets.find((target) => target.kind === 'attr')?.value;
  const made: Building[] = [];
  for (const kind of ['xpath', 'ref', 'type'] as const) {
    for (const target of targets.filter((one) => one.kind === kind)) {
      const id = made.length === 0 ? right.id?.text : undefined;
      const name = { xpath: 'xpath', ref: 'reference', type: 'object-type' }[kind];
      made.push(new Building('acl_permission', [
        ['kind', right.right.text.toLowerCase()],
        ['id', id],
        ['description', right.description?.text],
        [name, target.value],
        ['attribute', kind === 'type' ? attribute : undefined],
      ]));
    }
  }
  return made;
}

function oldRight(right: AclRight): Building {
  const made = new Building(right.right.text.toLowerCase(), [['id', right.id?.text]]);
  for (const target of targetsOf(right)) made.set({ xpath: 'xpath', ref: 'ref', type: 'tag', attr: 'attribute' }[target.kind], target.value);
  return made;
}

function targetsOf(right: AclRight): AclTarget[] {
  return right.targets.map((target) => aclTargetOf(target.text)).filter((target) => target !== undefined);
}
