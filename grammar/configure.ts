// SPDX-License-Identifier: GPL-2.0-or-later
/** The configure language from the top down: one rule per statement. One call of `statement` reads one logical line. */
import type { IOrAlt, ParserMethod, TokenVocabulary, IParserConfig } from 'chevrotain';
import { ConstraintParser } from './constraints.ts';
import { afterEquals, called, pairOf, startOf, trimmed, withoutColon, wordOf } from './rules.ts';
import * as t from './tokens.ts';
import type {
  AclRight, AclStatement, AclTargetStatement, AlertSelect, AlertSelectPart, AlertStatement, AttributeSet, BundleMapping, BundlePart,
  BundleStatement, ContainerStatement, MonitorStatement, NodeStatement, NvItem, NvPair, Operation, PrimitiveStatement, PropertyStatement, Recipient,
  Section, Statement, TagStatement, TopologyItem, TopologyStatement, Word, XmlStatement,
} from './tree.ts';
import { decodeLiteral, decodeWord } from './word.ts';

type Rules<T> = ParserMethod<[], T>;

const AGENT = called('agent');
const OPERATION = called('operation');

export class ConfigureParser extends ConstraintParser {
  constructor(vocabulary: TokenVocabulary, config: IParserConfig) {
    super(vocabulary, config);
    this.performSelfAnalysis();
  }

  readonly statement: Rules<Statement> = this.choice<Statement>('statement', [
    { ALT: () => this.SUBRULE(this.primitive) },
    { ALT: () => this.SUBRULE(this.node) },
    { ALT: () => this.SUBRULE(this.group) },
    { ALT: () => this.SUBRULE(this.clone) },
    { ALT: () => this.SUBRULE(this.bundle) },
    { ALT: () => this.SUBRULE(this.location) },
    { ALT: () => this.SUBRULE(this.colocation) },
    { ALT: () => this.SUBRULE(this.order) },
    { ALT: () => this.SUBRULE(this.ticket) },
    { ALT: () => this.SUBRULE(this.tag) },
    { ALT: () => this.SUBRULE(this.property) },
    { ALT: () => this.SUBRULE(this.topology) },
    { ALT: () => this.SUBRULE(this.acl) },
    { ALT: () => this.SUBRULE(this.aclTarget) },
    { ALT: () => this.SUBRULE(this.alert) },
    { ALT: () => this.SUBRULE(this.monitor) },
    { ALT: () => this.SUBRULE(this.xml) },
  ]);

  /** `node [ID:] UNAME[:TYPE] [score=X:] [description=TEXT] [attributes] ... utilization ...` */
  readonly node: Rules<NodeStatement> = this.RULE('node', (): NodeStatement => {
    const keyword = wordOf(this.CONSUME(t.NodeKeyword));
    let id: Word | undefined;
    this.OPTION(() => {
      id = this.OR<Word>([{ ALT: () => withoutColon(this.CONSUME(t.Label)) }, { ALT: () => afterEquals(this.CONSUME(t.DollarId)) }]);
    });
    const name = this.SUBRULE(this.objectId);
    let score: Word | undefined;
    this.OPTION1(() => (score = withoutColon(this.CONSUME(t.ScoreLabel))));
    const description = this.SUBRULE(this.description);
    const sections: Section[] = [];
    this.OPTION2(() => sections.push(this.SUBRULE(this.implicitAttributes)));
    this.MANY(() => {
      sections.push(this.OR1<Section>([
        { ALT: () => this.SUBRULE(this.attributesSection) },
        { ALT: () => this.SUBRULE(this.utilizationSection) },
      ]));
    });
    return { kind: 'node', keyword, id, name, score, description, sections: trimmed(sections), start: keyword.start, end: this.last() };
  });

  /** `primitive ID AGENT|@TEMPLATE [description=TEXT] [params] ... meta ... utilization ... op ...`, `rsc_template ...` */
  readonly primitive: Rules<PrimitiveStatement> = this.RULE('primitive', (): PrimitiveStatement => {
    const keyword = wordOf(this.CONSUME(t.PrimitiveKeyword));
    const id = this.SUBRULE(this.objectId);
    const agent = wordOf(this.CONSUME(t.AgentSpec, AGENT));
    const description = this.SUBRULE(this.description);
    const sections: Section[] = [];
    this.OPTION(() => sections.push(this.SUBRULE(this.implicitParams)));
    this.MANY(() => sections.push(this.OR(this.primitiveSection)));
    const kind = keyword.text.toLowerCase() as PrimitiveStatement['kind'];
    return { kind, keyword, id, agent, description, sections: trimmed(sections), start: keyword.start, end: this.last() };
  });

  private readonly primitiveSection: IOrAlt<Section>[] = [
    { ALT: () => this.SUBRULE(this.paramsSection) },
    { ALT: () => this.SUBRULE(this.metaSection) },
    { ALT: () => this.SUBRULE(this.operation) },
    { ALT: () => this.SUBRULE(this.utilizationSection) },
    { ALT: () => this.SUBRULE(this.operationsHead) },
  ];

  /** `op NAME {name=value} {op_params ... | op_meta ...}` */
  readonly operation: Rules<Operation> = this.RULE('operation', (): Operation => {
    const start = startOf(this.CONSUME(t.Op));
    const name = wordOf(this.CONSUME(t.Name, OPERATION));
    const items: NvItem[] = [];
    this.MANY(() => items.push(this.OR(this.nvItem)));
    const sets: AttributeSet[] = [];
    this.MANY1(() => {
      const keyword = this.CONSUME(t.OpSet);
      const list = this.SUBRULE(this.attributeList);
      sets.push(this.set(list, decodeWord(keyword.image).toLowerCase() as 'op_params', true, startOf(keyword)));
    });
    return { kind: 'op', name, items: trimmed(items), sets: trimmed(sets), start, end: this.last() };
  });

  readonly operationsHead: Rules<Section> = this.RULE('operationsHead', (): Section => {
    const start = startOf(this.CONSUME(t.Operations));
    let id: Word | undefined;
    let reference: Word | undefined;
    this.OR([
      {
        ALT: () => {
          id = afterEquals(this.CONSUME(t.DollarId));
          this.OPTION(() => (reference = afterEquals(this.CONSUME(t.DollarIdRef))));
        },
      },
      {
        ALT: () => {
          reference = afterEquals(this.CONSUME1(t.DollarIdRef));
          this.OPTION1(() => (id = afterEquals(this.CONSUME1(t.DollarId))));
        },
      },
    ]);
    return { kind: 'operations', id, reference, start, end: this.last() };
  });

  /** `group ID {MEMBER} [description=TEXT] [params] ... meta ...` */
  readonly group: Rules<ContainerStatement> = this.RULE('group', (): ContainerStatement => {
    const keyword = wordOf(this.CONSUME(t.GroupKeyword));
    const id = this.SUBRULE(this.objectId);
    const members: Word[] = [];
    this.AT_LEAST_ONE(() => members.push(wordOf(this.CONSUME(t.Member))));
    const tail = this.SUBRULE(this.containerTail);
    return { kind: 'group', keyword, id, members: trimmed(members), ...tail, start: keyword.start, end: this.last() };
  });

  /** `clone ID CHILD ...`, `ms ID CHILD ...` */
  readonly clone: Rules<ContainerStatement> = this.RULE('clone', (): ContainerStatement => {
    const keyword = wordOf(this.CONSUME(t.CloneKeyword));
    const id = this.SUBRULE(this.objectId);
    const child = wordOf(this.CONSUME(t.Name, called('primitive or group')));
    const tail = this.SUBRULE(this.containerTail);
    const kind = keyword.text.toLowerCase() === 'clone' ? 'clone' : 'ms';
    return { kind, keyword, id, members: [child], ...tail, start: keyword.start, end: this.last() };
  });

  readonly containerTail: Rules<ContainerTail> = this.RULE('containerTail', (): ContainerTail => {
    const description = this.SUBRULE(this.description);
    const sections: Section[] = [];
    this.OPTION(() => sections.push(this.SUBRULE(this.implicitParams)));
    this.MANY(() => {
      sections.push(this.OR<Section>([{ ALT: () => this.SUBRULE(this.paramsSection) }, { ALT: () => this.SUBRULE(this.metaSection) }]));
    });
    return { description, sections: trimmed(sections) };
  });

  /** `bundle ID docker|podman ... network ... storage ... meta ... primitive RSC` */
  readonly bundle: Rules<BundleStatement> = this.RULE('bundle', (): BundleStatement => {
    const keyword = wordOf(this.CONSUME(t.BundleKeyword));
    const id = this.SUBRULE(this.objectId);
    const description = this.SUBRULE(this.description);
    const parts: BundlePart[] = [];
    this.AT_LEAST_ONE(() => {
      parts.push(this.OR<BundlePart>([
        { ALT: () => this.SUBRULE(this.bundleContainer) },
        { ALT: () => this.SUBRULE(this.bundleNetwork) },
        { ALT: () => this.SUBRULE(this.bundleStorage) },
        { ALT: () => this.SUBRULE(this.bundlePrimitive) },
        { ALT: () => this.SUBRULE(this.metaSection) },
        { ALT: () => this.SUBRULE(this.paramsSection) },
      ]));
    });
    return { kind: 'bundle', keyword, id, description, parts, start: keyword.start, end: this.last() };
  });

  readonly bundleContainer: Rules<BundlePart> = this.RULE('bundleContainer', (): BundlePart => {
    const keyword = wordOf(this.CONSUME(t.Container));
    const kind = keyword.text.toLowerCase() as 'docker';
    return { kind, keyword, pairs: this.SUBRULE(this.pairs), mappings: [] };
  });

  readonly bundleNetwork: Rules<BundlePart> = this.RULE('bundleNetwork', (): BundlePart => {
    const keyword = wordOf(this.CONSUME(t.Network));
    const pairs = this.SUBRULE(this.pairs);
    const mappings: BundleMapping[] = [];
    this.MANY(() => {
      const word = wordOf(this.CONSUME(t.PortMapping));
      mappings.push({ kind: 'port-mapping', keyword: word, pairs: this.SUBRULE1(this.pairs) });
    });
    return { kind: 'network', keyword, pairs, mappings };
  });

  readonly bundleStorage: Rules<BundlePart> = this.RULE('bundleStorage', (): BundlePart => {
    const keyword = wordOf(this.CONSUME(t.Storage));
    const mappings: BundleMapping[] = [];
    this.MANY(() => {
      const word = wordOf(this.CONSUME(t.StorageMapping));
      mappings.push({ kind: 'storage-mapping', keyword: word, pairs: this.SUBRULE(this.pairs) });
    });
    return { kind: 'storage', keyword, pairs: [], mappings };
  });

  readonly bundlePrimitive: Rules<BundlePart> = this.RULE('bundlePrimitive', (): BundlePart => {
    const keyword = wordOf(this.CONSUME(t.BundlePrimitive));
    return { kind: 'primitive', keyword, words: [wordOf(this.CONSUME(t.Name, called('primitive')))] };
  });

  readonly pairs: Rules<NvPair[]> = this.RULE('pairs', (): NvPair[] => {
    const found: NvPair[] = [];
    this.MANY(() => found.push(pairOf(this.CONSUME(t.PairLike))));
    return found;
  });

  /** `tag ID[:] {OBJECT}` */
  readonly tag: Rules<TagStatement> = this.RULE('tag', (): TagStatement => {
    const keyword = wordOf(this.CONSUME(t.TagKeyword));
    const id = this.OR<Word>([{ ALT: () => withoutColon(this.CONSUME(t.Label)) }, { ALT: () => this.SUBRULE(this.objectId) }]);
    const members: Word[] = [];
    this.AT_LEAST_ONE(() => members.push(wordOf(this.CONSUME(t.Name, called('object')))));
    return { kind: 'tag', keyword, id, members, start: keyword.start, end: this.last() };
  });

  /** `property [ID: | $id=ID] [SCORE:] {rule} {name=value}`, and the same for `rsc_defaults` and `op_defaults` */
  readonly property: Rules<PropertyStatement> = this.RULE('property', (): PropertyStatement => {
    const keyword = wordOf(this.CONSUME(t.PropertyKeyword));
    let id: Word | undefined;
    this.OPTION(() => (id = withoutColon(this.CONSUME(t.Label))));
    const list = this.SUBRULE(this.attributeList);
    const kind = keyword.text.toLowerCase() as PropertyStatement['kind'];
    const { reference, score, rules, items, itemsBeforeRules } = list;
    return { kind, keyword, id: id ?? list.id, reference, score, rules, items, itemsBeforeRules, start: keyword.start, end: this.last() };
  });

  /** `fencing_topology {[NODE: | attr:NAME=VALUE | pattern:REGEX] {DEVICE[,DEVICE]}}` */
  readonly topology: Rules<TopologyStatement> = this.RULE('topology', (): TopologyStatement => {
    const keyword = wordOf(this.CONSUME(t.TopologyKeyword));
    const items: TopologyItem[] = [];
    this.MANY(() => items.push(this.SUBRULE(this.topologyItem)));
    return { kind: 'fencing_topology', keyword, items, start: keyword.start, end: this.last() };
  });

  readonly topologyItem: Rules<TopologyItem> = this.RULE('topologyItem', (): TopologyItem => {
    return this.OR<TopologyItem>([
      { ALT: () => ({ kind: 'node', word: withoutColon(this.CONSUME(t.Label)) }) },
      {
        ALT: () => {
          const { name, value } = pairOf(this.CONSUME(t.TargetAttribute));
          return { kind: 'attribute', name: { ...name, text: name.text.slice(name.text.indexOf(':') + 1) }, value: value! };
        },
      },
      {
        ALT: () => {
          const word = wordOf(this.CONSUME(t.TargetPattern));
          return { kind: 'pattern', word: { ...word, text: word.text.slice(word.text.indexOf(':') + 1) } };
        },
      },
      {
        ALT: () => {
          let id: Word | undefined;
          let index: Word | undefined;
          this.OPTION(() => (id = afterEquals(this.CONSUME(t.DollarId))));
          this.OPTION1(() => (index = afterEquals(this.CONSUME(t.IndexOption))));
          return { kind: 'level', id, index, devices: wordOf(this.CONSUME(t.Word, called('fence device'))) };
        },
      },
    ]);
  });

  /** `role ID [description=TEXT] none|{read|write|deny [ID:] [description=TEXT] {TARGET}}`, `user ID {role:ID} ...` */
  readonly acl: Rules<AclStatement> = this.RULE('acl', (): AclStatement => {
    const keyword = wordOf(this.CONSUME(t.AclKeyword));
    const id = this.SUBRULE(this.objectId);
    const description = this.SUBRULE(this.description);
    const roles: Word[] = [];
    const rights: AclRight[] = [];
    this.MANY(() => roles.push(wordOf(this.CONSUME(t.Word, called('read, write or deny')))));
    this.MANY1(() => rights.push(this.SUBRULE(this.aclRight)));
    return { kind: keyword.text.toLowerCase() as 'role', keyword, id, description, roles, rights, start: keyword.start, end: this.last() };
  });

  readonly aclRight: Rules<AclRight> = this.RULE('aclRight', (): AclRight => {
    const right = wordOf(this.CONSUME(t.Right));
    let id: Word | undefined;
    this.OPTION(() => {
      id = this.OR<Word>([{ ALT: () => withoutColon(this.CONSUME(t.Label)) }, { ALT: () => afterEquals(this.CONSUME(t.DollarId)) }]);
    });
    const description = this.SUBRULE(this.description);
    const targets: Word[] = [];
    this.MANY(() => targets.push(wordOf(this.CONSUME(t.AclSpec))));
    return { right, id, description, targets, start: right.start, end: this.last() };
  });

  /** `acl_target ID [name=NAME] {ROLE}`, `acl_group ID ...` */
  readonly aclTarget: Rules<AclTargetStatement> = this.RULE('aclTarget', (): AclTargetStatement => {
    const keyword = wordOf(this.CONSUME(t.AclTargetKeyword));
    const id = this.SUBRULE(this.objectId);
    const options: NvPair[] = [];
    const roles: Word[] = [];
    this.MANY(() => options.push(pairOf(this.CONSUME(t.PairLike))));
    this.MANY1(() => roles.push(wordOf(this.CONSUME(t.Name, called('role')))));
    return { kind: keyword.text.toLowerCase() as 'acl_target', keyword, id, options: trimmed(options), roles, start: keyword.start, end: this.last() };
  });

  /** `alert ID PATH [description=TEXT] {attributes ... | meta ... | select ... | to ...}` */
  readonly alert: Rules<AlertStatement> = this.RULE('alert', (): AlertStatement => {
    const keyword = wordOf(this.CONSUME(t.AlertKeyword));
    const id = this.SUBRULE(this.objectId);
    const path = wordOf(this.CONSUME(t.Text, called('path')));
    const description = this.SUBRULE(this.description);
    const parts: (AttributeSet | AlertSelect | Recipient)[] = [];
    this.MANY(() => {
      parts.push(this.OR<AttributeSet | AlertSelect | Recipient>([
        { ALT: () => this.SUBRULE(this.attributesSection) },
        { ALT: () => this.SUBRULE(this.metaSection) },
        { ALT: () => this.SUBRULE(this.alertSelect) },
        { ALT: () => this.SUBRULE(this.recipient) },
      ]));
    });
    return { kind: 'alert', keyword, id, path, description, parts, start: keyword.start, end: this.last() };
  });

  readonly alertSelect: Rules<AlertSelect> = this.RULE('alertSelect', (): AlertSelect => {
    const start = startOf(this.CONSUME(t.Select));
    const parts: AlertSelectPart[] = [];
    this.MANY({
      // Without a brace `attributes` begins a set of the alert.
      GATE: () => this.LA(1).tokenType !== t.Attributes || this.LA(2).tokenType === t.LeftBrace,
      DEF: () => {
        parts.push(this.OR<AlertSelectPart>([
          { ALT: () => ({ kind: decodeWord(this.CONSUME(t.SelectKind).image).toLowerCase() as 'nodes', names: [] }) },
          { ALT: () => this.SUBRULE(this.selectAttributes) },
        ]));
      },
    });
    return { kind: 'select', parts, start, end: this.last() };
  });

  readonly selectAttributes: Rules<AlertSelectPart> = this.RULE('selectAttributes', (): AlertSelectPart => {
    const names: { id: Word | undefined; name: Word }[] = [];
    this.CONSUME(t.Attributes);
    this.CONSUME(t.LeftBrace);
    this.MANY(() => {
      let id: Word | undefined;
      this.OPTION(() => (id = afterEquals(this.CONSUME(t.DollarId))));
      const name = wordOf(this.CONSUME(t.Name, called('attribute')));
      names.push({ id, name });
    });
    this.CONSUME(t.RightBrace);
    return { kind: 'attributes', names };
  });

  /** `to VALUE ...` or `to { VALUE ... }` */
  readonly recipient: Rules<Recipient> = this.RULE('recipient', (): Recipient => {
    const start = startOf(this.CONSUME(t.To));
    return this.OR<Recipient>([
      {
        ALT: () => {
          this.CONSUME(t.LeftBrace);
          const inner = this.SUBRULE(this.recipientBody);
          this.CONSUME(t.RightBrace);
          return { ...inner, hasBraces: true, start, end: this.last() };
        },
      },
      { ALT: () => ({ ...this.SUBRULE1(this.recipientBody), start }) },
    ]);
  });

  readonly recipientBody: Rules<Recipient> = this.RULE('recipientBody', (): Recipient => {
    const start = this.here();
    let id: Word | undefined;
    this.OPTION(() => (id = afterEquals(this.CONSUME(t.DollarId))));
    const value = wordOf(this.CONSUME(t.Text, called('recipient')));
    const description = this.SUBRULE(this.description);
    const sets: AttributeSet[] = [];
    this.MANY(() => {
      sets.push(this.OR<AttributeSet>([{ ALT: () => this.SUBRULE(this.attributesSection) }, { ALT: () => this.SUBRULE(this.metaSection) }]));
    });
    return { kind: 'to', id, value, hasBraces: false, description, sets, start, end: this.last() };
  });

  /** `monitor RSC[:ROLE] INTERVAL[:TIMEOUT]` */
  readonly monitor: Rules<MonitorStatement> = this.RULE('monitor', (): MonitorStatement => {
    const keyword = wordOf(this.CONSUME(t.MonitorKeyword));
    const target = wordOf(this.CONSUME(t.Name, called('resource')));
    const times = wordOf(this.CONSUME(t.Text, called('interval[:timeout]')));
    return { kind: 'monitor', keyword, target, times, start: keyword.start, end: this.last() };
  });

  /** `xml <ELEMENT ...>` */
  readonly xml: Rules<XmlStatement> = this.RULE('xml', (): XmlStatement => {
    const keyword = wordOf(this.CONSUME(t.XmlKeyword));
    const token = this.CONSUME(t.XmlText);
    const xml = { text: decodeLiteral(token.image), start: startOf(token), end: startOf(token) + token.image.length };
    return { kind: 'xml', keyword, xml, start: keyword.start, end: this.last() };
  });
}

interface ContainerTail {
  readonly description: Word | undefined;
  readonly sections: readonly Section[];
}
