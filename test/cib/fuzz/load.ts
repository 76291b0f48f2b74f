// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Loads mutated configuration texts into an empty CIB: `npx tsx test/cib/fuzz/load.ts [COUNT] [SEED]`. What is loaded and fits the
 * schema must come back from its whole text as the same CIB, and stay as it is when the text that is shown is loaded over it.
 */
import { CibDraft, decompile, validateCib, writeXml } from '../../../src/cib/index.ts';
import { parse, printDocument } from '../../../src/language/index.ts';
import { fuzzFromCommandLine, type Oracle } from '../../fuzz.ts';
import { textOracle } from '../../language/fuzz/text.ts';
import { aCib, load, sorted } from '../builders.ts';

/** Whole configurations, so that a change here and there leaves no name that leads nowhere. */
const SEEDS = [
  'node 1: n1 description="a b" attributes standby=off utilization cpu=8\nnode n2\n# note\nprimitive r1 ocf:heartbeat:Dummy description="x y" params $id=x 3: rule $role=Started inf: #uname eq n1 and date spec hours=9-16 state="/run/x" $v:a=b meta target-role=Started op monitor interval=10s timeout=20s OCF_CHECK_LEVEL=10 op_params a=b op_meta rule defined x b=1 operations $id=ops\nlocation l1 r1 100: n1\nlocation l2 r1 rule 10: a number:gt 5 or defined b\n',
  'rsc_template t Dummy utilization mem=1 op start timeout=9s\nprimitive p @t params @x\nprimitive q Dummy params $id=q-p $x:a=1\nprimitive a Dummy\nprimitive b Dummy\ngroup g a b description=x meta is-managed=true\nclone c g meta interleave=true\nclone m p meta promotable=true\ntag t1: q c\ntag t2 m\n',
  'primitive p Dummy\nbundle b docker image="x:1" replicas=2 network ip-range-start=10.0.0.1 port-mapping id=pm port=80 storage storage-mapping id=sm source-dir=/a target-dir=/b meta a=b primitive p\n',
  'primitive a Dummy\nprimitive b Dummy\nprimitive c Dummy\nprimitive d Dummy\nlocation l { a ( b c sequential=true ) [ d ] } resource-discovery=never rule 10: a number:gt 5 or ( role=Promoted 5: b eq c and date in start=2024-01-01 days=2 )\nlocation l2 /a.*/ -inf: n1 role=Started\nlocation l3 a rule $id=lr $role=Promoted -inf: not_defined pingd or pingd lte 0\n',
  'primitive a Dummy\nprimitive b Dummy\nprimitive c Dummy\nprimitive d Dummy\ncolocation c1 inf: a:Promoted b node-attribute=rack\ncolocation c2 -5: a b c\ncolocation c3 score=none: ( a b ) c:Started\norder o Mandatory: [ a:start b ] ( c $id=s d ) symmetrical=false\norder o2 Optional: a b:promote c\nrsc_ticket t1 T: a:Started loss-policy=fence\nrsc_ticket t2 T: a b ( c d )\n',
  'property no-quorum-policy=stop stonith-enabled=false\nproperty more: rule $id=x #uname eq n1 maintenance-mode=true\nrsc_defaults rd: 5: resource-stickiness=1\nop_defaults o: rule score=none: op_expression monitor:10s and rsc_expression ocf:*:IPaddr2 timeout=5s\nprimitive st1 stonith:fence_x\nprimitive st2 stonith:fence_y params a=b\nfencing_topology n1: st1,st2 index=3 st2 attr:a=b st1 pattern:n.* $id=q st2\n',
  'role r description=d read p1: xpath:"//a[@b=\'c\']" write type:node attr:x deny ref:p\nacl_target u r\nacl_group gr r\nalert al "/a b.sh" description=z meta timeout=5s select nodes attributes { a $id=i b } attributes c=1 to { x description=y meta m=1 } to z\nprimitive p Dummy\nmonitor p:Started 60s:30s\nxml <primitive id="y" class="ocf" provider="p" type="t"/>\n',
  'node n1 score=100: attributes a=1 rule $id=nr defined y b=2\nprimitive a Dummy params a=1 rule defined x b=2 operations $id=k\nprimitive b Dummy operations $id=j $id-ref=k\nrsc_defaults o: 5: a=1 rule date spec $id=ds b=2\nrole e none\nacl_target "A\\b" name="c d" e\nacl_group g\n',
  'primitive a Dummy\nprimitive b Dummy\nprimitive c Dummy\nlocation m a rule $id=q 0: defined x\nlocation n b rule 5: ( $id-ref=q ) and y eq none{} and date in start=none end=2031-01-01 and date in $id=v start=2030-01-01 end=none\ncolocation d inf: a ( b action=start )\ncolocation f 5: [ $id=t b a ] c\ncolocation h score=none: $id-ref=t b c\norder p a b symmetrical=no $require-all=false\norder r ( a b ) c $require-all=true\n',
];

export const loadOracle: Oracle = { name: 'load', seeds: SEEDS, pieces: textOracle.pieces, judge };

function judge(text: string): string {
  const parsed = parse(text);
  if (parsed.diagnostics.some((one) => one.severity === 'error')) return 'refused';
  const draft = new CibDraft(aCib());
  if (!load(draft, text).isApplied) return 'refused';
  const cib = draft.finish();
  if (validateCib(cib).length > 0) return 'refused';
  for (const [detail, over] of [['whole', new CibDraft(aCib())], ['shown', new CibDraft(cib)]] as const) {
    const shown = printDocument({ statements: decompile(draft, { detail }), trailing: [] });
    const result = load(over, shown);
    if (!result.isApplied) return `its ${detail} text is refused (${result.diagnostics[0]?.message}): ${shown}`;
    const [before, after] = [cib, over.finish()].map((one) => writeXml(sorted(one.first('configuration')!), { indent: 1 }).split('\n'));
    const at = before!.findIndex((line, i) => line !== after![i]);
    if (at >= 0) return `its ${detail} text makes ${after![at]?.trim()} of ${before![at]!.trim()}: ${shown}`;
  }
  return 'accepted';
}

fuzzFromCommandLine(import.meta.url, loadOracle);
