// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Throws mutated documents at the XML reader: `npx tsx test/cib/fuzz/xml.ts [COUNT] [SEED]`. What it accepts must come back the same
 * from its own text, and what it refuses must be refused at a line, with words.
 */
import { readXml, sameXml, writeXml } from '../../../src/cib/index.ts';
import { fuzzFromCommandLine, type Oracle } from '../../fuzz.ts';

const SEEDS = [
  '<cib validate-with="pacemaker-4.0" admin_epoch="0" epoch="1" num_updates="0"><configuration><crm_config/><nodes/><resources><primitive id="a" class="ocf" provider="p" type="t"><!-- note --><meta_attributes id="m"><nvpair id="n" name="x" value="a &amp; b"/></meta_attributes></primitive></resources><constraints/></configuration><status/></cib>',
  '<?xml version="1.0" encoding="UTF-8"?>\n<a b="1" c=\'2\'>text<![CDATA[<raw>]]>&#x41;&#66;<d/><!-- c --></a>\n<!-- end -->',
  '<__proto__ constructor="x" __proto__="y"><toString/></__proto__>',
  `${'<a>'.repeat(60)}${'</a>'.repeat(60)}`,
  '<a>&lt;&gt;&amp;&quot;&apos;</a>',
];
const PIECES = ['<', '>', '</', '/>', '"', "'", '=', '&', ';', '&#x', '&#0;', '&lt;', '<!--', '-->', '--', ']]>', '<![CDATA[', '<?', '?>', '<!DOCTYPE x [<!ENTITY a "b">]>', '&a;', '\u0000', '\uFFFF', '\uD800', '\uFEFF', 'ä', '\r\n', '\t', ' ', 'xmlns:x', '<a>', '</a>', 'a="1"', '<a b="'];

export const xmlOracle: Oracle = { name: 'xml', seeds: SEEDS, pieces: PIECES, judge };

function judge(text: string): string {
  const result = readXml(text);
  if (!result.ok) return result.problem.message === '' || result.problem.line < 1 ? 'refused without saying why' : 'refused';
  const back = readXml(writeXml(result.root, { indent: 2 }));
  return back.ok && sameXml(back.root, result.root) ? 'accepted' : 'changed by writing';
}

fuzzFromCommandLine(import.meta.url, xmlOracle);
