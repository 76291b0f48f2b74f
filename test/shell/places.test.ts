// SPDX-License-Identifier: GPL-2.0-or-later
import { describe, expect, it } from 'vitest';
import { aShell } from './a-shell.ts';

const TEXT = [
  '# comment',
  'primitive vip IPaddr2 params ip=192.0.2.7 cidr_netmsk=24 op monitr interval=10s',
  'primitive d Dummy meta is-managed=flase',
  'location l vip inf: node11',
  'property no-quorum-policy=stopp',
  'colocation c inf: vip:Started d',
].join('\n');

describe('what is found when a loaded text is committed', () => {
  it('is reported at the words of the text, with what was probably meant', async () => {
    const shell = aShell({ files: { '/web.crm': TEXT } });
    const { err, code } = await shell.run('configure', 'load', 'update', '/web.crm');
    const places = [...err.matchAll(/web\.crm:(\d+):(\d+): .*\n.*\n.*\|\s*\^+\n(?:  did you mean "([^"]*)"\?)?/g)].map(([, line, column, meant]) => `${line}:${column} ${meant ?? ''}`.trim());
    expect(places).toEqual(['2:43 cidr_netmask', '2:61 monitor', '3:24 false', '4:21 node1', '5:10 stop']);
    expect(code).toBe(1);
  });

  it('has the same places as data', async () => {
    const shell = aShell({ files: { '/web.crm': TEXT } });
    const { diagnostics } = JSON.parse((await shell.run('--json', 'configure', 'load', 'update', '/web.crm')).out) as { diagnostics: { code: string; line: number; column: number }[] };
    expect(diagnostics.map((one) => `${one.code} ${one.line}:${one.column}`)).toContain('unknown-operation 2:61');
  });

  it('is reported at what was typed for the object last', async () => {
    const { err } = await aShell().feed('primitive a Dummy meta priorty=1\nverify\n', 'configure');
    expect(err).toContain('stdin:1:24: a: ');
    expect(err).toContain(`  1 | primitive a Dummy meta priorty=1\n    |                        ^^^^^^^\n  did you mean "priority"?\n`);
  });

  it('is reported in the file it is in, where several are applied as one', async () => {
    const shell = aShell({ files: { '/etc/site/1.crm': 'primitive a Dummy\n\n\n', '/etc/site/2.crm': '# more\nprimitive b Dummy \\\n  meta priorty=1\nlocation l b inf: node11' } });
    const { err } = await shell.run('configure', 'apply', '/etc/site');
    expect([...err.matchAll(/^\w+: (\S+:\d+:\d+): /gm)].map((match) => match[1])).toEqual(['/etc/site/2.crm:3:8', '/etc/site/2.crm:4:19']);
  });

  it('has the line and column of the script, also in a continued command, behind level names and behind a short name', async () => {
    const script = 'configure primitive a Dummy \\\n\t meta priorty=1\n\n  configure prim b Dummy meta target-rle=x\nconfigure\nprimitive c Dumy\nverify\n';
    const { err } = await aShell().feed(script);
    const places = [...err.matchAll(/^\w+: stdin:(\d+:\d+): .*\n +(\d+) \| (.*)\n +\| ( *)(\^+)/gm)].map(([, place, line, text, before, carets]) => `${place} ${line} ${text!.slice(before!.length, before!.length + carets!.length)}`);
    expect([...new Set(places)]).toEqual(['2:8 2 priorty', '4:31 4 target-rle', '6:13 6 Dumy']);
  });
});

describe('the errors of a text', () => {
  it('include names that nothing has, but not those that a line which cannot be read defines', async () => {
    const shell = aShell({ files: { '/a.crm': 'primitve vip Dummy\nprimitive web Dummy\ngroup g vip wbe\norder o vip nosuch\nprimitive a IPadr2\n' } });
    const { err } = await shell.run('configure', 'load', 'update', '/a.crm');
    expect([...err.matchAll(/^\w+: \S*a\.crm:(\d+):\d+: (.*)$/gm)].map(([, line, message]) => `${line} ${message}`)).toEqual([
      '1 "primitve" begins no statement', '3 group g names wbe, which does not exist', '4 order o names nosuch, which does not exist', '5 nothing is known of the agent ocf:heartbeat:IPadr2',
    ]);
    expect([...err.matchAll(/did you mean "([^"]*)"/g)].map((match) => match[1])).toEqual(['primitive', 'web', 'IPaddr2']);
  });
});

describe('a reference that leads nowhere', () => {
  it('is said once, at its word, with what was probably meant', async () => {
    const text = 'primitive base Dummy\nrsc_template tmpl Dummy\norder o bsae base\nprimitive z @tmlp\nrole watch read cib\nacl_target u wacth\n';
    const { err } = await aShell().feed(text, 'configure');
    const found = err.split(/(?=^ERROR)/m).filter((part) => part.startsWith('ERROR: stdin')).map((part) => `${/\|( *\^+)/.exec(part)?.[1]?.trim().length} ${/did you mean "([^"]*)"/.exec(part)?.[1]}`);
    expect(found).toEqual(['5 watch', '4 base', '5 tmpl']);
  });
});
