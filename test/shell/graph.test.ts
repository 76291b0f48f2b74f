// SPDX-License-Identifier: GPL-2.0-or-later
import { describe, expect, it } from 'vitest';
import { readXml, type XmlElement } from '../../src/cib/index.ts';
import { aShell } from './a-shell.ts';

const TEXT = 'primitive a Dummy\nprimitive b Dummy\nprimitive c Dummy\ngroup g b c\nclone k a\norder o Mandatory: k g\ncolocation t inf: g k\nlocation l g 100: node1\norder loop g k\n';

/** Left edge of the box around each title. */
async function drawing(): Promise<{ svg: XmlElement; left: Map<string, number> }> {
  const { out } = await aShell().feed(`${TEXT}graph dot - svg\n`, 'configure');
  const read = readXml(out.slice(out.indexOf('<svg')));
  if (!read.ok) throw new Error(read.problem.message);
  const left = new Map<string, number>();
  const parts = read.root.elements();
  parts.forEach((part, i) => {
    const title = parts[i + 1]?.children[0];
    if (title?.kind === 'text' && (part.name === 'rect' || part.name === 'ellipse')) left.set(title.text, Number(part.get('x') ?? part.get('cx')));
  });
  return { svg: read.root, left };
}

describe('the drawing of a configuration', () => {
  it('shows every resource and the nodes that locations name, what starts later further to the right', async () => {
    const { svg, left } = await drawing();
    expect([...left.keys()].sort()).toEqual(['a', 'b', 'c', 'clone k', 'group g', 'node1']);
    expect(svg.elements('path')).toHaveLength(4);
    expect([left.get('clone k')! < left.get('node1')!, left.get('group g')! < left.get('b')!, left.get('b') === left.get('c')]).toEqual([true, true, true]);
  });

  it('ends for orders that go round in a circle', async () => {
    expect((await drawing()).left.size).toBe(6);
  });
});

describe('a name that nothing has', () => {
  it.each([['show wbe', 'did you mean "web"'], ['delete wbe', 'did you mean "web"'], ['rename wbe x', 'did you mean "web"'], ['show nosuchthing', 'object nosuchthing does not exist\n']])('%s: %s', async (line, said) => {
    expect((await aShell().feed(`primitive web Dummy\n${line}\n`, 'configure')).err).toContain(said);
  });
});
