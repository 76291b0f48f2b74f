// SPDX-License-Identifier: GPL-2.0-or-later
/** Access rules of both schema generations. */
import { NO_RIGHTS, optionalWord, pair, shortcutOf, word, type AclRight, type AclStatement, type AclTargetStatement } from '../../language/index.ts';
import type { XmlElement } from '../xml/index.ts';
import { elementsOf, inexpressible, onlyAttributes, shownId, type DecompileContext } from './context.ts';
import { description } from './resource.ts';

const NOWHERE = { start: -1, end: -1 };

export function decompileAcl(element: XmlElement, kind: AclStatement['kind'], context: DecompileContext): AclStatement {
  onlyAttributes(element, ['id', 'description']);
  const roles: AclStatement['roles'][number][] = [];
  const rights: AclRight[] = [];
  for (const child of elementsOf(element)) {
    if (child.name === 'role_ref' && rights.length === 0 && kind === 'user') {
      onlyAttributes(child, ['id']);
      roles.push(word(`role:${child.id ?? inexpressible('a role reference')}`));
    } else if (child.name === 'acl_permission') rights.push(permission(child, context));
    else if (/^(?:read|write|deny)$/.test(child.name)) rights.push(oldRight(child, context));
    else inexpressible(`${child.name} in an access rule`);
  }
  if (roles.length + rights.length === 0) roles.push(word(NO_RIGHTS));
  return { kind, keyword: word(kind), id: word(element.id!), description: description(element, context), roles, rights, ...NOWHERE };
}

function permission(element: XmlElement, context: DecompileContext): AclRight {
  onlyAttributes(element, ['id', 'kind', 'description', 'xpath', 'reference', 'object-type', 'attribute']);
  const kind = element.get('kind') ?? '';
  const [xpath, reference, type, attribute] = ['xpath', 'reference', 'object-type', 'attribute'].map((name) => element.get(name));
  const forms = [xpath, reference, type].filter((one) => one !== undefined);
  if (!/^(?:read|write|deny)$/.test(kind) || forms.length !== 1 || forms[0] === '' || (attribute !== undefined && type === undefined) || attribute === '') inexpressible('a permission');
  const targets = [pathTarget(xpath), prefixed('ref', reference), prefixed('attr', attribute), prefixed('type', type)];
  return right(element, kind, targets, context);
}

function oldRight(element: XmlElement, context: DecompileContext): AclRight {
  onlyAttributes(element, ['id', 'xpath', 'ref', 'tag', 'attribute']);
  const [xpath, reference, tag, attribute] = ['xpath', 'ref', 'tag', 'attribute'].map((name) => element.get(name));
  return right(element, element.name, [pathTarget(xpath), prefixed('ref', reference), prefixed('tag', tag), prefixed('attribute', attribute)], context);
}

function right(element: XmlElement, kind: string, targets: readonly (string | undefined)[], context: DecompileContext): AclRight {
  if (element.children.length > 0) inexpressible('content of a permission');
  const words = targets.filter((one) => one !== undefined).map((one) => word(one));
  if (words.length === 0) inexpressible('a permission for nothing');
  const id = shownId(element, context);
  if (id !== undefined && /[\s:"'\\=]/.test(id)) inexpressible('the id of a permission');
  return { right: word(kind), id: optionalWord(id), description: description(element, context), targets: words, ...NOWHERE };
}

function pathTarget(xpath: string | undefined): string | undefined {
  if (xpath === '') inexpressible('an empty path');
  return xpath === undefined ? undefined : (shortcutOf(xpath) ?? `xpath:${xpath}`);
}

function prefixed(prefix: string, value: string | undefined): string | undefined {
  return value === undefined ? undefined : value === '' ? inexpressible(`an empty ${prefix}`) : `${prefix}:${value}`;
}

export function decompileAclTarget(element: XmlElement, kind: AclTargetStatement['kind']): AclTargetStatement {
  onlyAttributes(element, ['id', 'name']);
  const name = element.get('name');
  const roles = elementsOf(element).map((child) => {
    onlyAttributes(child, ['id']);
    return child.name === 'role' && child.id !== undefined ? word(child.id) : inexpressible(`${child.name} in ${kind}`);
  });
  return { kind, keyword: word(kind), id: word(element.id!), options: name === undefined ? [] : [pair('name', name)], roles, ...NOWHERE };
}
