// SPDX-License-Identifier: GPL-2.0-or-later
/** `verify`: is the configuration, as it is now, fit to be committed? */
import { CibDraft, dateTime, sameXml, upgradeCib, validateCib, type CibObject, type SchemaFinding } from '../../../cib/index.ts';
import { blocksCommit, DiagnosticSink, nearest, type Diagnostic } from '../../../language/index.ts';
import { schedule } from '../../../scheduler/index.ts';
import { FAILURE, SUCCESS, type Command } from '../../command.ts';
import { configurationOf, report, type ConfigurationSession } from '../../configuration-session.ts';
import type { Session } from '../../session.ts';
import { isRefused, withoutConsented } from '../../consent.ts';
import { checkFencing } from './checks/fencing.ts';
import { checkObjects } from './checks/index.ts';

export const verify: Command = {
  name: 'verify',
  usage: '',
  summary: 'check the configuration',
  skill: 'administrator',
  takes: [0, 0],
  run: async (_invocation, session) => {
    const configuration = await configurationOf(session);
    const found = [...verifyConfiguration(configuration, session, [...configuration.draft.objects()]), ...withoutConsented(session, checkFencing(configuration))];
    if (!found.some((one) => one.code === 'schema')) found.push(...schedulerComplaints(configuration, session));
    report(session, found);
    session.present({ data: { isValid: !found.some(blocksCommit) }, text: () => '' });
    return found.some(blocksCommit) || isRefused(session, found) ? FAILURE : SUCCESS;
  },
};

/** Schema findings of the whole document, semantic findings of the given objects. */
export function verifyConfiguration(configuration: ConfigurationSession, session: Session, objects: readonly CibObject[]): Diagnostic[] {
  const sink = new DiagnosticSink();
  for (const finding of validateCib(configuration.draft.finish())) sink.add('schema', { start: -1, end: -1 }, schemaMessage(finding), { ...(finding.repair === undefined ? {} : { repair: finding.repair }), ...causeOf(finding, configuration) });
  if (session.options.get('core.check_frequency') === 'never') return sink.found;
  const findings = checkObjects(configuration, objects);
  const isRelaxed = session.options.get('core.check_mode') === 'relaxed';
  if (isRelaxed) return withoutConsented(session, [...sink.found, ...findings.map(relaxed)]);
  return withoutConsented(session, [...withoutSaid(sink.found, findings), ...withoutMetadata(findings, session)]);
}

/** The object that a finding is in, and its word there. */
function causeOf(finding: SchemaFinding, configuration: ConfigurationSession): Pick<Diagnostic, 'object' | 'word' | 'suggestion'> {
  const ids = [...finding.path.matchAll(/\[@id='([^']*)'\]/g)].map((match) => match[1]!);
  const object = ids.reverse().find((id) => configuration.draft.get(id) !== undefined);
  if (object === undefined) return {};
  const word = finding.attribute === undefined ? undefined : (finding.element.get(finding.attribute) ?? finding.attribute);
  if (word === undefined) return { object };
  const suggestion = finding.kind === 'dangling-reference' ? nearest(word, [...configuration.draft.objects()].map((one) => one.key)) : undefined;
  return { object, word, ...(suggestion === undefined ? {} : { suggestion }) };
}

/** That a name leads nowhere is said once, in the words of the check that knows what was to be named. */
function withoutSaid(schema: readonly Diagnostic[], findings: readonly Diagnostic[]): Diagnostic[] {
  const said = new Set(findings.filter((one) => one.code === 'unknown-resource' || one.code === 'missing-reference').map((one) => `${one.object} ${one.word}`));
  return schema.filter((one) => one.word === undefined || !said.has(`${one.object} ${one.word}`));
}

/** A missing fence device has a finding of its own, with a repair; that nodes cannot be fenced then follows from it. */
const SAID_BY_FENCING_CHECK = /^Resource start-up disabled since no (?:fencing|STONITH) resources|is unclean but cannot be fenced$/;

/** What crm_verify says: the scheduler reads a document that fits its schema, and complains. */
function schedulerComplaints(configuration: ConfigurationSession, session: Session): Diagnostic[] {
  const upgraded = upgradeCib(configuration.draft.finish());
  const now = Math.floor(session.context.epochMs() / 1000);
  const sink = new DiagnosticSink();
  for (const { severity, text, step } of schedule(upgraded.cib, { now: dateTime(now, session.context.zoneOffsetSeconds(now)) }).scheduler.messages) {
    if (step === undefined && !SAID_BY_FENCING_CHECK.test(text)) sink.add(severity === 'error' ? 'scheduler' : 'scheduler-advice', { start: -1, end: -1 }, text);
  }
  return sink.found;
}

function schemaMessage(finding: SchemaFinding): string {
  return `${finding.path.replace(/^\/cib\/configuration\//, '')}: ${finding.message}`;
}

/** In relaxed mode errors about agents and their parameters are warnings. */
function relaxed(one: Diagnostic): Diagnostic {
  return one.severity === 'error' ? { ...one, severity: 'warning' } : one;
}

function withoutMetadata(findings: readonly Diagnostic[], session: Session): Diagnostic[] {
  const isIgnored = session.options.isOn('core.ignore_missing_metadata');
  return findings.map((one) => (isIgnored && one.code === 'unknown-agent' ? relaxed(one) : one));
}

/** Objects that this session made or changed. */
export function changedObjects(configuration: ConfigurationSession): CibObject[] {
  const before = new CibDraft(configuration.base);
  return [...configuration.draft.objects()].filter((object) => {
    const old = before.get(object.key);
    return old === undefined || !sameXml(old.element, object.element);
  });
}
