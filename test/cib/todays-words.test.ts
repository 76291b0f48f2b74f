// SPDX-License-Identifier: GPL-2.0-or-later
/** Texts of earlier releases: what the schema of the CIB has no words for becomes what the upgrade of a CIB would make of it. */
import { describe, expect, it } from 'vitest';
import { CibDraft, compile, decompile, validateCib, type AgentFacts } from '../../src/cib/index.ts';
import { parse, printCommented } from '../../src/language/index.ts';
import { aCib, aDummy } from './builders.ts';

const AGENTS: AgentFacts = {
  resolve: () => ({ class: 'ocf', provider: 'pacemaker', type: 'Dummy' }),
  metadata: () => undefined,
};

function loaded(text: string, schema: string): { readonly text: string; readonly said: readonly string[]; readonly isValid: boolean } {
  const draft = new CibDraft(aCib(`<resources>${aDummy('a')}</resources>`).with('validate-with', `pacemaker-${schema}`));
  const { diagnostics } = compile({ parsed: parse(text), draft, agents: AGENTS, settings: { mode: 'file', hasAdvisedOperations: false, hasAdvisedFencingOperations: false } });
  const objects = [...draft.objects()].filter((object) => object.key !== 'a');
  return { text: decompile(draft, {}, objects).map((one) => printCommented(one, 'line')).join('\n'), said: diagnostics.map((one) => one.message), isValid: validateCib(draft.finish()).length === 0 };
}

describe('old words of a text', () => {
  it.each([
    ['4.0', 'property default-resource-stickiness=100', 'rsc_defaults rsc-options: resource-stickiness=100'],
    ['3.0', 'property default_action_timeout=20s', 'op_defaults op-options: timeout=20s'],
    ['3.0', 'property no-quorum-policy=stop is-managed-default=false', 'property cib-bootstrap-options: no-quorum-policy=stop\nrsc_defaults rsc-options: is-managed=false'],
    ['3.0', 'property default-resource-stickiness=1\nrsc_defaults resource-stickiness=2', 'rsc_defaults rsc-options: resource-stickiness=2'],
    ['3.0', 'property default-resource-stickiness=1\nrsc_defaults migration-threshold=2', 'rsc_defaults rsc-options: migration-threshold=2 resource-stickiness=1'],
    ['3.0', 'property default-resource-failure-stickiness=-INFINITY', 'rsc_defaults rsc-options: migration-threshold=1'],
    ['3.0', 'property default-resource-failure-stickiness=-10 stonith_enabled=false', 'property cib-bootstrap-options: stonith-enabled=false'],
    ['3.0', 'property expected-quorum-votes=2 cluster-infrastructure="classic openais"', ''],
    ['3.0', 'property cluster-infrastructure=corosync', 'property cib-bootstrap-options: cluster-infrastructure=corosync'],
    ['3.0', 'property o: rule #uname eq n1 default-resource-stickiness=7', 'rsc_defaults o-rsc-defaults: rule #uname eq n1 resource-stickiness=7'],
    ['4.0', 'property crmd-transition-delay=2s stonith-action=poweroff remove-after-stop=true', 'property cib-bootstrap-options: transition-delay=2s stonith-action=off'],
    ['4.0', 'location l a rule 10: x eq 1 rule -inf: y eq 2 rule 5: z eq 3', 'location l a rule 10: x eq 1\nlocation l-2 a rule -inf: y eq 2\nlocation l-3 a rule 5: z eq 3'],
    ['4.0', 'location l a rule 10: x eq 1 rule 5: z eq 3\nlocation l-2 a 7: n1', 'location l a rule 10: x eq 1\nlocation l-2 a 7: n1\nlocation l-3 a rule 5: z eq 3'],
  ])('under schema %s: %s', (schema, text, expected) => {
    const result = loaded(text, schema);
    expect(result.text).toBe(expected);
    expect(result.isValid).toBe(true);
  });

  it.each([
    ['2.10', 'property default-resource-stickiness=100', 'property cib-bootstrap-options: default-resource-stickiness=100'],
    ['3.0', 'property stonith-action=off crmd-transition-delay=2s', 'property cib-bootstrap-options: stonith-action=off crmd-transition-delay=2s'],
    ['3.10', 'location l a rule 10: x eq 1 rule 5: z eq 3', 'location l a rule 10: x eq 1 rule 5: z eq 3'],
  ])('stay as they are where schema %s knows them: %s', (schema, text, expected) => {
    expect(loaded(text, schema)).toMatchObject({ text: expected, said: [] });
  });

  it('are told with what became of them', () => {
    expect(loaded('property default-resource-stickiness=5 expected-quorum-votes=2 no_quorum_policy=stop', '4.0').said).toEqual([
      '"default-resource-stickiness" becomes rsc_defaults resource-stickiness=5',
      '"expected-quorum-votes" is left out: corosync (2+) infrastructure tracks quorum on its own',
      '"no_quorum_policy" is written "no-quorum-policy" today',
    ]);
    expect(loaded('location l a rule 10: x eq 1 rule 5: z eq 3', '4.0').said).toEqual(['location l has 2 rules: all but the first become l-2']);
  });
});
