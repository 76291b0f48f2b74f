// SPDX-License-Identifier: GPL-2.0-or-later
/** Syntax trees of every kind of statement, as fast-check arbitraries: what a program may build and the printer must be able to say. */
import fc from 'fast-check';
import {
  attributeSet, optionalWord, pair, word, type AclRight, type AlertSelect, type AttributeSet, type BundlePart, type Expression, type NvItem, type NvPair, type Recipient, type ResourceGroup, type Rule, type Section, type SetKeyword, type SetMember, type Statement, type Term, type TopologyItem, type Word,
} from '../../src/language/index.ts';

const NOWHERE = { start: -1, end: -1 } as const;
/** Every word that means something somewhere must be able to be a plain name. */
const KEYWORDS = ['op', 'rule', 'date', 'and', 'or', 'defined', 'to', 'select', 'network', 'storage', 'primitive', 'docker', 'read', 'attributes', 'utilization', 'operations', 'op_meta', 'in', 'spec', 'lt', 'nodes', 'xml', 'group', '_rsc_set_', 'rsc_expression'];

const plainId = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,6}$/).filter((text) => !/^(?:params|meta)$/i.test(text));
const id = fc.oneof({ weight: 5, arbitrary: plainId }, { weight: 1, arbitrary: fc.constantFrom(...KEYWORDS, 'ü', 'größe.1') }).map(word);
const maybe = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(some, { nil: undefined });
const value = fc.oneof(
  fc.stringMatching(/^[a-z0-9/:=.,-]{0,10}$/),
  fc.constantFrom('', ' ', 'a b', "it's", 'say "so"', 'back\\slash', 'end\\', 'a=b', '{x}', '(', ')', '#x', '\u201Dq\u201D', 'x:', '@x', '$x', '\t'),
  fc.string({ unit: 'grapheme', maxLength: 10 }).filter((text) => !/[\n\r\u2028\u2029]/.test(text)),
);
const text = value.filter((one) => one !== '');
const name = fc.oneof(plainId, fc.constantFrom(...KEYWORDS, 'my param', 'a"b', '(', '{', '-x', '100%'));
const score = fc.constantFrom('100', '-5', 'inf', '-inf', '+3', 'my-attr');
const role = fc.constantFrom('Started', 'Stopped', 'Promoted', 'Unpromoted').map(word);

const nvPair: fc.Arbitrary<NvPair> = fc.tuple(name, value, maybe(plainId)).map(([own, given, nvid]) => pair(own, given, nvid !== undefined && /^[\w.-]+$/.test(own) ? nvid : undefined));
const nvReference: fc.Arbitrary<NvItem> = fc.tuple(plainId, maybe(plainId)).map(([target, own]) => ({ kind: 'reference', target: word(target), name: optionalWord(own), ...NOWHERE }));
const bareName: fc.Arbitrary<NvItem> = plainId.map((own) => pair(own, undefined));
const items = fc.array(fc.oneof({ weight: 5, arbitrary: nvPair as fc.Arbitrary<NvItem> }, { weight: 1, arbitrary: nvReference }, { weight: 1, arbitrary: bareName }), { minLength: 1, maxLength: 3 });

const datePart = fc.tuple(fc.constantFrom('hours', 'minutes', 'monthdays', 'weekdays', 'years', 'weeks'), text).map(([own, given]) => pair(own, given));
const bareTerm = fc.oneof(
  fc.tuple(text, fc.constantFrom('eq', 'ne', 'lt', 'gte', 'number:lt', 'version:gt'), text).map(([attribute, operator, given]) => ({ kind: 'comparison' as const, attribute: word(attribute), operator: word(operator), value: word(given) })),
  fc.tuple(fc.constantFrom('defined', 'not_defined'), text).map(([operator, attribute]) => ({ kind: 'defined' as const, operator: word(operator), attribute: word(attribute) })),
  fc.tuple(fc.constantFrom('lt', 'gt'), text).map(([operator, time]) => ({ kind: 'date' as const, operator: word(operator), time: word(time), partsId: undefined, parts: [] })),
  fc.tuple(text, text).map(([start, end]) => ({ kind: 'date' as const, operator: word('in'), time: undefined, partsId: undefined, parts: [pair('start', start), pair('end', end)] })),
  fc.tuple(maybe(plainId), fc.array(datePart, { minLength: 1, maxLength: 3 })).map(([own, parts]) => ({ kind: 'date' as const, operator: word('spec'), time: undefined, partsId: optionalWord(own), parts })),
  fc.tuple(fc.constantFrom('ocf', '*'), fc.constantFrom('heartbeat', '*'), fc.constantFrom('IPaddr2', '*')).map((parts) => ({ kind: 'agent' as const, agent: word(parts.join(':')) })),
  fc.tuple(plainId, maybe(fc.constantFrom('10s', '0', 'PT1M'))).map(([own, interval]) => ({ kind: 'operation' as const, operation: word(interval === undefined ? own : `${own}:${interval}`) })),
);

const expression: fc.Arbitrary<Expression> = fc.letrec<{ expression: Expression; term: Term }>((tie) => ({
  expression: fc.tuple(fc.constantFrom('and', 'or'), fc.array(tie('term'), { minLength: 1, maxLength: 3, depthIdentifier: 'rule' })).map(([operator, terms]) => ({ terms, operators: terms.slice(1).map(() => word(operator)), ...NOWHERE })),
  term: fc.oneof(
    { depthSize: 'small', depthIdentifier: 'rule' },
    fc.tuple(bareTerm, maybe(plainId)).map(([term, own]) => ({ ...term, id: optionalWord(own), ...NOWHERE })),
    plainId.map((target) => ({ kind: 'reference' as const, id: undefined, target: word(target), ...NOWHERE })),
    fc.tuple(tie('expression'), maybe(role), maybe(score)).map(([inner, own, points]) => ({ kind: 'nested' as const, id: undefined, role: own, score: optionalWord(points), expression: inner, ...NOWHERE })),
  ),
})).expression;

const rule: fc.Arbitrary<Rule> = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(maybe(plainId), maybe(role), maybe(fc.oneof(score, fc.constant('score=none'))), expression).map(([own, on, points, inner]) => {
    // An id in front of the first term would be the id of the rule.
    const hasOwnId = own !== undefined || inner.terms[0]!.id === undefined;
    return { kind: 'rule' as const, id: optionalWord(hasOwnId ? own : 'r'), reference: undefined, role: on, score: optionalWord(points), expression: inner, ...NOWHERE };
  }) },
  { weight: 1, arbitrary: plainId.map((target) => ({ kind: 'rule' as const, id: undefined, reference: word(target), role: undefined, score: undefined, expression: undefined, ...NOWHERE })) },
);

/** Rules stand before pairs or between them. */
const before = fc.nat({ max: 3 }).map((count) => (rules: readonly Rule[], pairs: readonly NvItem[]): number => (rules.length === 0 ? 0 : Math.min(count, pairs.length)));
const set = (...kinds: SetKeyword[]): fc.Arbitrary<AttributeSet> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.tuple(fc.constantFrom(...kinds), maybe(plainId), maybe(score), fc.array(rule, { maxLength: 2 }), items, before).map(([section, own, points, rules, pairs, share]) => attributeSet(section, { id: optionalWord(own), score: optionalWord(points), rules, items: pairs, itemsBeforeRules: share(rules, pairs) })) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...kinds), plainId).map(([section, target]) => attributeSet(section, { reference: word(target) })) },
  );

const operation: fc.Arbitrary<Section> = fc.tuple(fc.constantFrom('monitor', 'start', 'promote'), maybe(fc.constantFrom('10s', '0')), maybe(text), fc.array(set('op_params', 'op_meta'), { maxLength: 2 }))
  .map(([own, interval, timeout, sets]) => ({ kind: 'op', name: word(own), items: [...(interval === undefined ? [] : [pair('interval', interval)]), ...(timeout === undefined ? [] : [pair('timeout', timeout)])], sets, ...NOWHERE }));
const head: fc.Arbitrary<Section> = fc.tuple(plainId, plainId, fc.constantFrom('id', 'reference', 'both')).map(([own, target, has]) => ({ kind: 'operations', id: has === 'reference' ? undefined : word(own), reference: has === 'id' ? undefined : word(target), ...NOWHERE }));
const description = maybe(text.map(word));
const keyword = <K extends string>(kind: K): { kind: K; keyword: Word } & typeof NOWHERE => ({ kind, keyword: word(kind), ...NOWHERE });

const node: fc.Arbitrary<Statement> = fc.tuple(maybe(fc.oneof(fc.constantFrom('1', '1084752'), text)), plainId, fc.constantFrom('', ':remote', ':member'), maybe(fc.constantFrom('score=100', 'score=-inf')), description, fc.array(set('attributes', 'utilization'), { maxLength: 2 }))
  .map(([own, uname, type, points, about, sections]) => ({ ...keyword('node'), id: optionalWord(own), name: word(`${uname}${type}`), score: optionalWord(points), description: about, sections }));
const primitive: fc.Arbitrary<Statement> = fc.tuple(fc.constantFrom('primitive' as const, 'rsc_template' as const), id, fc.constantFrom('ocf:heartbeat:Dummy', 'stonith:fence_x', 'Dummy'), description, fc.array(fc.oneof(set('params', 'meta', 'utilization') as fc.Arbitrary<Section>, operation, head), { maxLength: 3 }))
  .map(([kind, own, agent, about, sections]) => ({ ...keyword(kind), id: own, agent: word(agent), description: about, sections }));
const fromTemplate: fc.Arbitrary<Statement> = fc.tuple(id, plainId, fc.array(operation, { maxLength: 2 })).map(([own, template, sections]) => ({ ...keyword('primitive'), id: own, agent: word(`@${template}`), description: undefined, sections }));
const container: fc.Arbitrary<Statement> = fc.tuple(fc.constantFrom('group' as const, 'clone' as const, 'ms' as const), id, fc.uniqueArray(id, { minLength: 1, maxLength: 3, selector: (one) => one.text }), description, fc.array(set('params', 'meta'), { maxLength: 2 }))
  .map(([kind, own, members, about, sections]) => ({ ...keyword(kind), id: own, members: kind === 'group' ? members : members.slice(0, 1), description: about, sections }));

const pairs = fc.array(fc.tuple(plainId, value).map(([own, given]) => pair(own, given)), { minLength: 1, maxLength: 3 });
const mapping = <K extends 'port-mapping' | 'storage-mapping'>(kind: K): fc.Arbitrary<{ kind: K; keyword: Word; pairs: NvPair[] }[]> => fc.array(pairs.map((list) => ({ kind, keyword: word(kind), pairs: list })), { maxLength: 2 });
const bundlePart: fc.Arbitrary<BundlePart> = fc.oneof(
  fc.tuple(fc.constantFrom('docker' as const, 'podman' as const, 'rkt' as const), pairs).map(([kind, list]) => ({ kind, keyword: word(kind), pairs: list, mappings: [] })) as fc.Arbitrary<BundlePart>,
  fc.tuple(pairs, mapping('port-mapping')).map(([list, mappings]) => ({ kind: 'network' as const, keyword: word('network'), pairs: list, mappings })),
  mapping('storage-mapping').map((mappings) => ({ kind: 'storage' as const, keyword: word('storage'), pairs: [], mappings })),
  plainId.map((own) => ({ kind: 'primitive' as const, keyword: word('primitive'), words: [word(own)] })),
  set('params', 'meta'),
);
const bundle: fc.Arbitrary<Statement> = fc.tuple(id, description, fc.array(bundlePart, { minLength: 1, maxLength: 4 })).map(([own, about, parts]) => ({ ...keyword('bundle'), id: own, description: about, parts }));

const members = (qualifiers: readonly string[]): fc.Arbitrary<SetMember[]> => fc.array(fc.tuple(plainId, maybe(fc.constantFrom(...qualifiers))).map(([own, qualifier]) => ({ kind: 'resource' as const, word: word(qualifier === undefined ? own : `${own}:${qualifier}`) })), { minLength: 1, maxLength: 3 });
const setOption: fc.Arbitrary<SetMember[]> = fc.array(fc.constantFrom(pair('sequential', 'true'), pair('require-all', 'false'), pair('score', '5'), pair('kind', 'Optional')).map((one) => ({ kind: 'option' as const, pair: one })), { maxLength: 1 });
/** Two lists without brackets side by side would be one. */
const groups = (qualifiers: readonly string[], minimum = 1): fc.Arbitrary<ResourceGroup[]> => fc.array(fc.tuple(fc.constantFrom('' as const, '(' as const, '[' as const), maybe(plainId), members(qualifiers), setOption, maybe(plainId)), { minLength: minimum, maxLength: 3 })
  .map((list) => list.map(([drawn, own, inner, options, elsewhere], i) => {
    const bracket = i > 0 && list[i - 1]![0] === '' && drawn === '' ? '(' as const : drawn;
    const reference = bracket === '' && elsewhere !== undefined ? [{ kind: 'reference' as const, word: word(elsewhere) }] : [];
    return { bracket, members: [...reference, ...(own === undefined ? [] : [{ kind: 'id' as const, word: word(own) }]), ...inner, ...options], ...NOWHERE };
  }))
  .map((list) => list.filter((group, i) => i === 0 || group.bracket !== '' || list[i - 1]!.bracket !== ''));
const lifetimes = fc.oneof({ weight: 3, arbitrary: fc.constant<Rule[]>([]) }, { weight: 1, arbitrary: fc.array(rule, { minLength: 1, maxLength: 2 }) });
const ROLE_NAMES = ['Started', 'Promoted', 'Unpromoted'];
const location: fc.Arbitrary<Statement> = fc.tuple(id, fc.oneof(plainId.map((one) => ({ target: word(one), sets: undefined })), fc.constantFrom('/a.*/', '/a b/', "/it's/").map((one) => ({ target: word(one), sets: undefined })), groups(ROLE_NAMES).map((sets) => ({ target: undefined, sets }))),
  fc.array(fc.constantFrom(pair('role', 'Started'), pair('resource-discovery', 'never')), { maxLength: 1 }), fc.oneof(fc.tuple(score, plainId).map(([points, on]) => ({ score: word(points), node: word(on), rules: [] })), fc.array(rule, { minLength: 1, maxLength: 2 }).map((rules) => ({ score: undefined, node: undefined, rules }))), lifetimes)
  .map(([own, what, options, where, lifetime]) => ({ ...keyword('location'), id: own, ...what, options, ...where, lifetime }));
const constraint: fc.Arbitrary<Statement> = fc.oneof(
  fc.tuple(id, fc.oneof(score, fc.constant('score=none')), fc.boolean(), groups([...ROLE_NAMES, '0']), fc.array(fc.tuple(fc.constantFrom('node-attribute', 'influence', 'score-attribute-mangle'), text).map(([own, given]) => pair(own, given)), { maxLength: 1 }), lifetimes).map(([own, label, isMarked, sets, options, lifetime]) => ({ ...keyword('colocation'), id: own, label: word(label), isMarked, sets, options, lifetime })),
  fc.tuple(id, maybe(fc.constantFrom('Mandatory', 'Optional', 'Serialize', 'score=100', 'score=-inf')), fc.boolean(), groups(['start', 'promote']), fc.array(fc.constantFrom(pair('symmetrical', 'false'), pair('require-all', 'true')), { maxLength: 2 }), lifetimes).map(([own, label, isMarked, sets, options, lifetime]) => ({ ...keyword('order'), id: own, label: optionalWord(label), isMarked, sets, options, lifetime })),
  fc.tuple(id, plainId, fc.boolean(), groups(ROLE_NAMES), fc.array(fc.constant(pair('loss-policy', 'fence')), { maxLength: 1 })).map(([own, ticket, isMarked, sets, options]) => ({ ...keyword('rsc_ticket'), id: own, label: word(ticket), isMarked, sets, options, lifetime: [] })),
);
const tag: fc.Arbitrary<Statement> = fc.tuple(id, fc.array(plainId.map(word), { minLength: 1, maxLength: 3 })).map(([own, list]) => ({ ...keyword('tag'), id: own, members: list }));
const property: fc.Arbitrary<Statement> = fc.tuple(fc.constantFrom('property' as const, 'rsc_defaults' as const, 'op_defaults' as const), plainId, maybe(score), fc.array(rule, { maxLength: 2 }), items, before)
  .map(([kind, own, points, rules, list, share]) => ({ ...keyword(kind), id: word(own), reference: undefined, score: optionalWord(points), rules, items: list, itemsBeforeRules: share(rules, list) }));

const level: fc.Arbitrary<TopologyItem> = fc.tuple(maybe(plainId), maybe(fc.constantFrom('1', '9')), fc.array(plainId, { minLength: 1, maxLength: 2 })).map(([own, index, devices]) => ({ kind: 'level', id: optionalWord(own), index: optionalWord(index), devices: word(devices.join(',')) }));
const target: fc.Arbitrary<TopologyItem> = fc.oneof(
  plainId.map((own) => ({ kind: 'node' as const, word: word(own) })) as fc.Arbitrary<TopologyItem>,
  fc.tuple(plainId, text).map(([own, given]) => ({ kind: 'attribute' as const, name: word(own), value: word(given) })),
  text.map((pattern) => ({ kind: 'pattern' as const, word: word(pattern) })),
);
const topology: fc.Arbitrary<Statement> = fc.array(fc.oneof(target, level), { minLength: 1, maxLength: 5 }).map((list) => ({ ...keyword('fencing_topology'), items: list }));

const aclTarget = fc.oneof(text.map((path) => `xpath:${path}`), plainId.map((own) => `ref:${own}`), plainId.map((own) => `type:${own}`), plainId.map((own) => `meta:${own}`), fc.constantFrom('cib', 'status', 'node')).map(word);
const right: fc.Arbitrary<AclRight> = fc.tuple(fc.constantFrom('read', 'write', 'deny'), maybe(plainId), description, fc.array(aclTarget, { minLength: 1, maxLength: 2 })).map(([verb, own, about, targets]) => ({ right: word(verb), id: optionalWord(own), description: about, targets, ...NOWHERE }));
const acl: fc.Arbitrary<Statement> = fc.oneof(
  fc.tuple(id, description, fc.array(right, { maxLength: 3 })).map(([own, about, rights]) => ({ ...keyword('role'), id: own, description: about, roles: rights.length === 0 ? [word('none')] : [], rights })),
  fc.tuple(id, fc.array(plainId.map((one) => word(`role:${one}`)), { minLength: 1, maxLength: 2 }), fc.array(right, { maxLength: 1 })).map(([own, roles, rights]) => ({ ...keyword('user'), id: own, description: undefined, roles, rights })),
  fc.tuple(fc.constantFrom('acl_target' as const, 'acl_group' as const), id, maybe(text), fc.array(plainId.map(word), { maxLength: 2 })).map(([kind, own, called, roles]) => ({ ...keyword(kind), id: own, options: called === undefined ? [] : [pair('name', called)], roles })),
);
const recipient: fc.Arbitrary<Recipient> = fc.tuple(maybe(plainId), value, description, fc.array(set('attributes', 'meta'), { maxLength: 1 })).map(([own, given, about, sets]) => ({ kind: 'to', id: optionalWord(own), value: word(given), hasBraces: false, description: about, sets, ...NOWHERE }));
const select: fc.Arbitrary<AlertSelect> = fc.array(fc.oneof(
  fc.constantFrom('nodes' as const, 'fencing' as const, 'resources' as const).map((kind) => ({ kind, names: [] })),
  fc.array(fc.tuple(maybe(plainId), plainId).map(([own, attribute]) => ({ id: optionalWord(own), name: word(attribute) })), { maxLength: 2 }).map((names) => ({ kind: 'attributes' as const, names })),
), { minLength: 1, maxLength: 2 }).map((parts) => ({ kind: 'select', parts, ...NOWHERE }));
const alert: fc.Arbitrary<Statement> = fc.tuple(id, text, description, fc.array(fc.oneof(set('attributes', 'meta') as fc.Arbitrary<AttributeSet | AlertSelect | Recipient>, select, recipient), { maxLength: 3 })).map(([own, path, about, parts]) => ({ ...keyword('alert'), id: own, path: word(path), description: about, parts }));
const monitor: fc.Arbitrary<Statement> = fc.tuple(plainId, maybe(role), fc.constantFrom('10s', '10s:30s', ':5')).map(([own, on, times]) => ({ ...keyword('monitor'), target: word(on === undefined ? own : `${own}:${on.text}`), times: word(times) }));
const xml: fc.Arbitrary<Statement> = fc.constantFrom('<primitive id="a" class="ocf" provider="p" type="t"/>', "<tag id='t'><obj_ref id=\"a b\"/></tag>", '<a x="\\"/>').map((one) => ({ ...keyword('xml'), xml: word(one) }));

export const STATEMENTS = { node, primitive, fromTemplate, container, bundle, location, constraint, tag, property, topology, acl, alert, monitor, xml } as const;
