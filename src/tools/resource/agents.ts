// SPDX-License-Identifier: GPL-2.0-or-later
/** The queries of crm_resource about agents: they look at this machine and need no cluster. */
import { element, XmlText, type XmlElement } from '../../cib/index.ts';
import { agentLibrary } from '../agents.ts';
import { EXIT } from '../exit/codes.ts';
import { quotedXml } from '../output/index.ts';
import { ToolFailure, type ToolRun } from '../run.ts';

/** `--list-standards` */
export function listStandards({ output, context }: ToolRun): number {
  const classes = agentLibrary(context).classes();
  output.text(...classes);
  output.element(element('list', { name: 'standards', count: String(classes.length) }, classes.map((name) => item('item', name))));
  return EXIT.ok;
}

/** `--list-ocf-providers` */
export function listProviders(run: ToolRun): number {
  return showProviders(run, agentLibrary(run.context).providers(), undefined);
}

/** `--list-ocf-alternatives` */
export function listAlternatives(run: ToolRun): number {
  const agent = run.options.value('list-ocf-alternatives') ?? '';
  const providers = agentLibrary(run.context).providers(agent);
  if (providers.length === 0) {
    run.output.error(`No OCF providers found for ${agent}`);
    throw new ToolFailure(EXIT.noSuch, '');
  }
  return showProviders(run, providers, agent);
}

function showProviders({ output }: ToolRun, providers: readonly string[], agent: string | undefined): number {
  const sorted = providers.toSorted();
  output.text(...sorted);
  output.element(element('providers', { standard: 'ocf', agent }, sorted.map((name) => item('provider', name))));
  return EXIT.ok;
}

/** `--list-agents=STANDARD[:PROVIDER]` */
export function listAgents({ options, output, context }: ToolRun): number {
  const [standard = '', provider] = (options.value('list-agents') ?? '').split(':');
  const types = [...new Set(agentLibrary(context).types(standard, provider))].sort();
  if (types.length === 0) {
    output.error(`No agents found for standard=${standard}, provider=${provider ?? '*'}`);
    throw new ToolFailure(EXIT.noSuch, '');
  }
  output.text(...types);
  output.element(element('agents', { standard, provider }, types.map((name) => item('agent', name))));
  return EXIT.ok;
}

function item(name: string, text: string): XmlElement {
  return element(name, {}, [new XmlText(text)]);
}

/** `--show-metadata=CLASS[:PROVIDER]:AGENT` */
export function showMetadata({ options, output, context }: ToolRun): number {
  const text = options.value('show-metadata') ?? '';
  const parts = text.split(':');
  const isComplete = parts.every((part) => part !== '') && (parts[0] === 'ocf' ? parts.length === 3 : parts.length === 2);
  if (!isComplete) throw new ToolFailure(EXIT.noSuch, `'${text}' is not a valid agent specification`);
  const [standard = '', second = '', third] = parts;
  const agent = { class: standard, provider: third === undefined ? undefined : second, type: third ?? second };
  const metadata = agentLibrary(context).metadataText(agent);
  if (metadata === undefined) throw new ToolFailure(EXIT.noSuch, `Metadata query for ${text} failed: No such device or address`);
  output.raw(metadata.endsWith('\n') ? metadata : `${metadata}\n`);
  output.element(quotedXml('metadata', metadata));
  return EXIT.ok;
}
