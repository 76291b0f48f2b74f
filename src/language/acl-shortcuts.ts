// SPDX-License-Identifier: GPL-2.0-or-later
/** Short names for the XPath expressions that access rules use most. */

interface Shortcut {
  readonly name: string;
  /** Fewest and most arguments, separated by colons. */
  readonly least: number;
  readonly most: number;
  expand(...args: readonly string[]): string;
  /** Matches exactly what `expand` makes; groups are the arguments. */
  readonly pattern: RegExp;
}

const OF_PRIMITIVE = (name: string, element: string): Shortcut => ({
  name,
  least: 1,
  most: 2,
  expand: (id, attribute) => `//primitive[@id='${id}']/${element}${attribute === undefined ? '' : `/nvpair[@name='${attribute}']`}`,
  pattern: new RegExp(`^//primitive\\[@id='([^']*)'\\]/${element}(?:/nvpair\\[@name='([^']*)'\\])?$`),
});

const OPTIONAL = (name: string, xpath: string, tail: string): Shortcut => ({
  name,
  least: 0,
  most: 1,
  expand: (argument) => `${xpath}${argument === undefined ? '' : tail.replace('?', argument)}`,
  pattern: new RegExp(`^${xpath}(?:${tail.replace(/[[\]]/g, '\\$&').replace('?', "([^']*)")})?$`),
});

const SHORTCUTS: readonly Shortcut[] = [
  OF_PRIMITIVE('meta', 'meta_attributes'),
  OF_PRIMITIVE('params', 'instance_attributes'),
  {
    name: 'utilization',
    least: 1,
    most: 1,
    expand: (id) => `//primitive[@id='${id}']/utilization`,
    pattern: /^\/\/primitive\[@id='([^']*)'\]\/utilization$/,
  },
  {
    name: 'location',
    least: 1,
    most: 1,
    expand: (id) => `//rsc_location[@id='cli-prefer-${id}' and @rsc='${id}']`,
    pattern: /^\/\/rsc_location\[@id='cli-prefer-([^']*)' and @rsc='\1'\]$/,
  },
  OPTIONAL('property', '//crm_config/cluster_property_set', "/nvpair[@name='?']"),
  OPTIONAL('nodeattr', '//nodes/node/instance_attributes', "/nvpair[@name='?']"),
  OPTIONAL('nodeutil', '//nodes/node/utilization', "[@uname='?']"),
  OPTIONAL('node', '//nodes/node', "[@uname='?']"),
  { name: 'status', least: 0, most: 0, expand: () => '/cib/status', pattern: /^\/cib\/status$/ },
  { name: 'cib', least: 0, most: 0, expand: () => '/cib', pattern: /^\/cib$/ },
];

/** XPath of `meta:R:A` and the like; undefined when it is no shortcut or has too few or too many arguments. */
function expandShortcut(text: string): string | undefined {
  const [name = '', ...args] = text.split(':');
  const shortcut = SHORTCUTS.find((one) => one.name === name);
  if (shortcut === undefined || args.length < shortcut.least || args.length > shortcut.most || args.includes('')) return undefined;
  return shortcut.expand(...args);
}

/** The shortcut that expands to exactly this XPath. */
export function shortcutOf(xpath: string): string | undefined {
  for (const shortcut of SHORTCUTS) {
    const match = shortcut.pattern.exec(xpath);
    if (match === null) continue;
    const args = match.slice(1).filter((one) => one !== undefined);
    if (args.some((one) => one === '' || /[:\s"'\\]/.test(one))) return undefined;
    return [shortcut.name, ...args].join(':');
  }
  return undefined;
}

export function shortcutNames(): string[] {
  return SHORTCUTS.map((one) => one.name);
}

const SPEC = /^(xpath|ref|reference|type|tag|attr|attribute):([^]*)$/;
const SHORT = new Map([
  ['reference', 'ref'],
  ['tag', 'type'],
  ['attribute', 'attr'],
]);

export interface AclTarget {
  readonly kind: 'xpath' | 'ref' | 'type' | 'attr';
  readonly value: string;
}

/** What `xpath:X`, `ref:X`, `type:X`, `attr:X` or a shortcut stands for; undefined when it is none of them. */
export function aclTargetOf(text: string): AclTarget | undefined {
  const match = SPEC.exec(text);
  if (match !== null && match[2] !== '') return { kind: (SHORT.get(match[1]!) ?? match[1]) as AclTarget['kind'], value: match[2]! };
  const xpath = expandShortcut(text);
  return xpath === undefined ? undefined : { kind: 'xpath', value: xpath };
}
