// SPDX-License-Identifier: GPL-2.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanArguments, cleanLine } from '../../src/shell/line/hygiene.ts';
import { LineJoiner } from '../../src/shell/line/continuation.ts';
import { commandsOfTranscript } from '../../src/shell/line/transcript.ts';
import { joinWords, splitWords } from '../../src/shell/line/words.ts';

describe('pasted text', () => {
  it.each([
    ['resource move ClusterIP pacemaker02\u00a0\u00a0', 'resource move ClusterIP pacemaker02  '],
    ['a\u2003b\u3000c\u2009d\u200be', 'a b c d e'],
    ['params allow_mem_management=”true” name=”MyVM1”', 'params allow_mem_management="true" name="MyVM1"'],
    ['interval=“300s” role=„Stopped”', 'interval="300s" role="Stopped"'],
    ["x=‘a b’", 'x="a b"'],
    ['description=5”disk', 'description=5”disk'],
  ])('%j is read as %j', (raw, clean) => {
    expect(cleanLine(raw).text).toBe(clean);
    expect(cleanLine(raw).text.length).toBe(raw.length);
  });

  it('arguments are stripped of odd blanks, and dropped when they hold nothing else', () => {
    expect(cleanArguments(['pacemaker02\u00a0\u00a0', '\u00a0', '', 'a=”true”', 'plain ']).args).toEqual(['pacemaker02', '', 'a=true', 'plain ']);
    expect(cleanArguments(['a=”true”']).hadCurlyQuotes).toBe(true);
  });
});

describe('words', () => {
  const words = (line: string): unknown => {
    const split = splitWords(line);
    return split.ok ? split.words.map((word) => word.text) : split.at;
  };

  it.each([
    ['a  b\tc', ['a', 'b', 'c']],
    ['x="a b" \'c d\'', ['x=a b', 'c d']],
    ['"a\\"b" \'a\\b\'', ['a"b', 'a\\b']],
    ['a\\ b ""', ['a b', '']],
    ['a "b', 2],
  ])('%j splits into %j', (line, expected) => {
    expect(words(line)).toEqual(expected);
  });

  it('arguments joined into a line split into the same arguments', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (args) => {
        expect(words(joinWords(args))).toEqual(args);
      }),
    );
  });
});

describe('continued lines', () => {
  it('are one command that begins where its first line stands', () => {
    const joiner = new LineJoiner();
    expect(['# comment \\', 'primitive a \\', '  Dummy', 'up'].map((line) => joiner.add(line))).toEqual([
      { text: '# comment \\', line: 1, further: [] },
      undefined,
      { text: 'primitive a Dummy', line: 2, further: [{ at: 12, line: 3, column: 3 }] },
      { text: 'up', line: 4, further: [] },
    ]);
  });
});

describe('a pasted dialogue', () => {
  const texts = (text: string): string[] => commandsOfTranscript(text).map((command) => command.text);

  it.each([
    ['root@pacemaker01:/usr/lib/ocf# crm ra classes\nlsb\nocf / heartbeat', ['crm ra classes']],
    ['# crm_mon -1\n\nLast updated: today', ['crm_mon -1']],
    ['crm(live/n1)configure# show', ['show']],
    ['just text', []],
    ['# crm_attribute --type crm_config --name x -s mysql_replication -v "a b', ['crm_attribute --type crm_config --name x -s mysql_replication -v "a b']],
    ['# crm_attribute -s "mysql_replicatio\nn"\noutput', ['crm_attribute -s "mysql_replication"']],
    ['pcs\n\nresource\n\ncreate\n\nservice\n\nlsb:service\n\nmore text', ['pcs resource create service lsb:service']],
    ['# crm configure primitive a \\\nDummy', ['crm configure primitive a Dummy']],
  ])('%j holds %j', (text, commands) => {
    expect(texts(text)).toEqual(commands);
  });
});
