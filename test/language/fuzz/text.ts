// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Throws mutated configuration texts at lexer, parser and printer: `npx tsx test/language/fuzz/text.ts [COUNT] [SEED]`. What is
 * accepted must print as a fixed point, and what is refused must be refused at a place, with words.
 */
import { parse, printDocument } from '../../../src/language/index.ts';
import { fuzzFromCommandLine, type Oracle } from '../../fuzz.ts';

const SEEDS = [
  'node 1: n1 description="a b" attributes standby=off utilization cpu=8\n# note\nprimitive r1 ocf:heartbeat:Dummy params $id=x 3: rule $role=Started inf: #uname eq n1 and date spec hours=9-16 state="/run/x" @y:z $v:a=b meta target-role=Started op monitor interval=10s \\\n  timeout=20s OCF_CHECK_LEVEL=10 op_params a=b op_meta rule defined x b=1\n',
  'rsc_template t Dummy utilization mem=1\nprimitive p @t operations $id-ref=t\ngroup g a b c description=x meta is-managed=true\nclone c g meta interleave=true\nms m p meta master-max=1\ntag t1: a b\n',
  'bundle b docker image="x:1" replicas=2 network ip-range-start=10.0.0.1 port-mapping id=p port=80 storage storage-mapping source-dir=/a target-dir=/b meta a=b primitive p\n',
  'location l { a ( b c sequential=true ) [ d ] } resource-discovery=never rule 10: a number:gt 5 or ( role=Promoted 5: b eq param{c} and date in start=2024-01-01 days=2 )\nlocation l2 /a.*/ -inf: n1 role=Started\n',
  'colocation c inf: a:Promoted b node-attribute=rack\ncolocation c2 score=none: a b\norder o2 score=100: a b\norder o Mandatory: [ a:start b ] ( c $id=s d ordering=listed ) symmetrical=false\nrsc_ticket t T: a:Started loss-policy=fence\n',
  'property o: rule $id-ref=x a=1 b\nrsc_defaults 5: resource-stickiness=1\nop_defaults rule score=none: op_expression monitor:10s and rsc_expression ocf:*:IPaddr2 timeout=5s\nfencing_topology n1: st1,st2 index=3 st3 attr:a=b st1 pattern:n.* $id=q st\n',
  'role r description=d read p1: xpath:"//a[@b=\'c\']" write type:node attr:x deny meta:p1:target-role\nuser u role:r read cib\nacl_target a r r2\nalert al "/a b.sh" meta timeout=5s select nodes attributes { a $id=i b } attributes c=1 to { x description=y meta m=1 } to z\nmonitor p:Started 60s:30s\nxml <primitive id="x" class="ocf" \\\n  provider="p" type="t"/>\n',
  'location m a 10: n1 lifetime rule date lt 2030-01-01\ncolocation d inf: a lifetime ( b action=start ) $id-ref=t lifetime rule $id=q 0: ( $id-ref=x ) or y eq none{} rule defined z\norder p a b symmetrical=no $require-all=false lifetime \\\n\trule date in $id=v start=none end=2031-01-01\n',
  'node 2: n2:remote score=-inf: description=x a=1 rule defined y b=2\nprimitive s Dummy params a=1 rule defined x b=2 operations $id=k $id-ref=l\nrsc_defaults o: 5: a=1 rule date spec $id=d b=2\nacl_target "A\\b" name="c d" r\nacl_group g\nrole e none\nuser f none\ncolocation h score=none: a b score-attribute-mangle=m\n',
];
const PIECES = [' ', '\n', '\\\n', '\\', '"', "'", '\u201d', '\u00a0', '\u200b', '\ufeff', '\u0000', '\ud800', '#', '=', ':', '$id=', '$id-ref=', '@', '(', ')', '[', ']', '{', '}', 'rule', 'and', 'or', 'date', 'in', 'spec', 'params', 'meta', 'op', 'inf:', '_rsc_set_', 'primitive', 'xml <a>', '__proto__', 'constructor', '\t', '\r\n', 'a=b', 'x'.repeat(200), '( '.repeat(50), 'lifetime', '$require-all=', 'none', 'score='];

export const textOracle: Oracle = { name: 'text', seeds: SEEDS, pieces: PIECES, judge };

function judge(text: string): string {
  const parsed = parse(text, { file: 'f' });
  const errors = parsed.diagnostics.filter((one) => one.severity === 'error');
  for (const one of errors) {
    if (one.message === '' || one.span.start < 0 || one.span.end > text.length || one.span.end < one.span.start) return `refused without saying where (${one.code})`;
  }
  const printed = printDocument(parsed);
  const again = parse(printed);
  const broken = again.diagnostics.find((one) => one.severity === 'error');
  if (broken !== undefined) return `its print is refused (${broken.message})`;
  if (printDocument(again) !== printed) return 'its print is no fixed point';
  return errors.length > 0 ? 'refused' : 'accepted';
}

fuzzFromCommandLine(import.meta.url, textOracle);
