// SPDX-License-Identifier: GPL-2.0-or-later
/** Template files: parameters to fill in and the configuration that comes of it. */

export interface TemplateParameter {
  readonly name: string;
  readonly isRequired: boolean;
  /** The remarks above it. */
  readonly about: string;
  /** Filled in, or the default. */
  readonly value: string;
}

export interface Template {
  readonly name: string;
  readonly description: string;
  /** Names of templates that this one builds on. */
  readonly dependsOn: readonly string[];
  readonly suggests: readonly string[];
  /** What ids begin with; the name when it is not set. */
  readonly prefix: string;
  readonly parameters: readonly TemplateParameter[];
  readonly body: readonly string[];
}

/** A file may hold several templates, one after the other. */
export function readTemplates(text: string): readonly Template[] {
  const parts: string[][] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('%name')) parts.push([]);
    parts.at(-1)?.push(line);
  }
  return parts.map(readTemplate);
}

type Section = 'head' | 'required' | 'optional' | 'generate';

function readTemplate(lines: readonly string[]): Template {
  const draft = { name: '', description: [] as string[], dependsOn: [] as string[], suggests: [] as string[], prefix: '', parameters: [] as TemplateParameter[], body: [] as string[] };
  let section: Section = 'head';
  let remarks: string[] = [];
  for (const line of lines) {
    const [word = '', ...rest] = line.trim().split(/\s+/);
    const value = rest.join(' ');
    if (section === 'generate') draft.body.push(line);
    else if (word === '%%') {
      draft.parameters.push({ name: rest[0] ?? '', isRequired: section === 'required', about: remarks.join(' '), value: rest.slice(1).join(' ') });
      remarks = [];
    } else if (line.startsWith('#')) remarks.push(line.replace(/^#\s?/, ''));
    else if (word === '%name') draft.name = value;
    else if (word === '%desc') draft.description.push(value);
    else if (word === '%pfx') draft.prefix = value;
    else if (word === '%depends_on') draft.dependsOn.push(...rest);
    else if (word === '%suggests') draft.suggests.push(...rest);
    else if (word === '%required' || word === '%optional' || word === '%generate') section = word.slice(1) as Section;
    if (section === 'head' && line.trim() === '') remarks = [];
  }
  return { ...draft, description: draft.description.join(' '), prefix: draft.prefix === '' ? draft.name : draft.prefix };
}

export function writeTemplate(template: Template): string {
  const lines = [`%name ${template.name}`, `%desc ${template.description}`, `%pfx ${template.prefix}`];
  if (template.dependsOn.length > 0) lines.push(`%depends_on ${template.dependsOn.join(' ')}`);
  if (template.suggests.length > 0) lines.push(`%suggests ${template.suggests.join(' ')}`);
  for (const isRequired of [true, false]) {
    const parameters = template.parameters.filter((parameter) => parameter.isRequired === isRequired);
    if (parameters.length > 0) lines.push('', isRequired ? '%required' : '%optional');
    for (const parameter of parameters) lines.push('', `# ${parameter.about}`, `%% ${parameter.name}${parameter.value === '' ? '' : ` ${parameter.value}`}`);
  }
  lines.push('', '%generate', ...template.body);
  return `${lines.join('\n').trimEnd()}\n`;
}

/** The template with values filled in. */
export function filled(template: Template, values: ReadonlyMap<string, string>, prefix?: string): Template {
  const parameters = template.parameters.map((parameter) => ({ ...parameter, value: values.get(parameter.name) ?? parameter.value }));
  return { ...template, parameters, prefix: prefix ?? template.prefix };
}

export function missingValues(template: Template): readonly string[] {
  return template.parameters.filter((parameter) => parameter.isRequired && parameter.value === '').map((parameter) => parameter.name);
}

/**
 * The configuration: `%_:NAME` is a value of this template, `%TEMPLATE:NAME` one of another in the list, `%_` the prefix. A line with
 * the word `opt` is left out when one of its values is empty. Indented lines continue the object above.
 */
export function generate(templates: readonly Template[]): string {
  const byName = new Map(templates.map((template) => [template.name, template]));
  const statements: string[] = [];
  for (const template of templates) {
    for (const line of template.body) {
      const text = substituted(line, template, byName);
      if (text === undefined || text.trim() === '' || text.startsWith('#')) continue;
      if (/^\s/.test(text) && statements.length > 0) statements.push(`${statements.pop()!} \\\n\t${text.trim()}`);
      else statements.push(text.trim());
    }
  }
  return statements.length === 0 ? '' : `${statements.join('\n')}\n`;
}

function substituted(line: string, own: Template, byName: ReadonlyMap<string, Template>): string | undefined {
  const isOptional = /^\s*opt\b/.test(line);
  const names = [...byName.keys()].sort((a, b) => b.length - a.length);
  const reference = new RegExp(`%(_|${names.join('|')})(?::([\\w-]+))?`, 'g');
  let isEmpty = false;
  const text = line.replace(/^(\s*)opt\s+/, '$1').replace(reference, (_all, name: string, word?: string) => {
    const template = name === '_' ? own : byName.get(name)!;
    const parameter = template.parameters.find((one) => one.name === word);
    // Behind the id of an object stands a role or an action of the language.
    if (parameter === undefined) return word === undefined ? template.prefix : `${template.prefix}:${word}`;
    if (parameter.value === '') isEmpty = true;
    return /^[\w.:/-]*$/.test(parameter.value) || isQuoted(line, parameter.value) ? parameter.value : `"${parameter.value.replaceAll('"', '\\"')}"`;
  });
  return isOptional && isEmpty ? undefined : text;
}

/** A value that stands inside quotes of the template itself. */
function isQuoted(line: string, value: string): boolean {
  return line.includes('"') && !value.includes('"');
}
