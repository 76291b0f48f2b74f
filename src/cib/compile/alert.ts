// SPDX-License-Identifier: GPL-2.0-or-later
/** `alert`: the agent, what it is called for, and its recipients. */
import type { AlertSelect, AlertStatement, Recipient } from '../../language/index.ts';
import { compileSet } from './attribute-set.ts';
import { Building } from './building.ts';
import type { CompileContext } from './context.ts';

export function compileAlert(statement: AlertStatement, context: CompileContext): Building {
  const made = new Building('alert', [['id', statement.id.text], ['path', statement.path.text], ['description', statement.description?.text]]);
  for (const part of statement.parts) {
    if (part.kind === 'set') made.add(compileSet(part, context));
    else if (part.kind === 'to') made.add(compileRecipient(part, context));
    else if (part.parts.length > 0) made.add(compileSelect(part));
  }
  return made;
}

function compileRecipient(recipient: Recipient, context: CompileContext): Building {
  const made = new Building('recipient', [['id', recipient.id?.text], ['value', recipient.value.text], ['description', recipient.description?.text]]);
  return made.add(...recipient.sets.map((set) => compileSet(set, context)));
}

function compileSelect(select: AlertSelect): Building {
  const made = new Building('select');
  for (const part of select.parts) {
    const kind = new Building(`select_${part.kind}`);
    for (const { id, name } of part.names) kind.add(new Building('attribute', [['id', id?.text], ['name', name.text]]));
    made.add(kind);
  }
  return made;
}
