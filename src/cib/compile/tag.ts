// SPDX-License-Identifier: GPL-2.0-or-later
/** `tag`: members need not exist. */
import type { TagStatement } from '../../language/index.ts';
import { element } from '../xml/index.ts';
import { Building } from './building.ts';

export function compileTag(statement: TagStatement): Building {
  return new Building('tag', [['id', statement.id.text]]).add(...statement.members.map((member) => element('obj_ref', { id: member.text })));
}
