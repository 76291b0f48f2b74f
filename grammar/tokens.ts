// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Vocabulary of the configure language. What is a keyword depends on the statement, so each family of statements has a
 * lexer mode of its own. Keywords match in any letter case, and in quotes too: quotes only hold a word together.
 */
import { Lexer, type IMultiModeLexerDefinition, type ITokenConfig, type TokenType } from 'chevrotain';
import { tokenType } from './token-type.ts';
import { BLANKS, CONTINUATION, CURLY, wordPatterns } from './word.ts';

const PLAIN = wordPatterns();
const BRACKETED = wordPatterns('()\\[\\]');

/** Bucket hints for patterns that may begin with nearly any character; Chevrotain cannot derive them from `[^...]`. */
const ANY_START: number[] = [];
for (let code = 33; code < 0x10000; code += code < 256 ? 1 : 255) ANY_START.push(code);

function token(name: string, pattern: string | RegExp, more: Partial<ITokenConfig> = {}): TokenType {
  const made = typeof pattern === 'string' ? new RegExp(pattern) : pattern;
  return tokenType({ name, pattern: made, ...more });
}

function category(name: string, label: string, categories: TokenType[] = []): TokenType {
  return tokenType({ name, pattern: Lexer.NA, label, categories });
}

/** Any word at all. */
export const Text = category('Text', 'a word');
/** What names an agent: `class:provider:type` or `@template`. */
export const AgentSpec = category('AgentSpec', 'an agent');
/** Any word without `=` and without a colon at its end. */
export const Name = category('Name', 'a name', [Text, AgentSpec]);
/** A name that does not begin a section: what a bare parameter may be. */
export const Free = category('Free', 'a name', [Name]);
/** A name that may stand among the members of a group: all but `params` and `meta`. */
export const Member = category('Member', 'a member', [Name]);
/** `name=value`. */
export const PairLike = category('PairLike', 'name=value', [Text]);
/** What a right applies to. */
export const AclSpec = category('AclSpec', 'xpath:, ref:, type: or a shortcut');
export const Joiner = category('Joiner', 'and');
export const Comparator = category('Comparator', 'an operator: lt gt lte gte eq ne');
export const RangeWord = category('RangeWord', 'in or spec');
export const OpSet = category('OpSet', 'op_params or op_meta');
/** `name=value` after the members of a constraint. */
export const ConstraintOption = category('ConstraintOption', 'name=value', [PairLike]);

const wide = { start_chars_hint: ANY_START, line_breaks: true };
export const Word = token('Word', PLAIN.word, { ...wide, label: 'a name', categories: [Free, Member, AclSpec] });
export const SetWord = token('SetWord', BRACKETED.word, { ...wide, label: 'a resource', categories: [Free, Member] });
const Pair = token('Pair', `(?:${PLAIN.quotedPair}|${PLAIN.pairName}=${PLAIN.rest})`, { ...wide, label: 'name=value', categories: [ConstraintOption, AclSpec] });
/** `name=value` inside resource sets, where brackets end a word. */
const SetPair = token('SetPair', `(?:${BRACKETED.quotedPair}|${BRACKETED.pairName}=${BRACKETED.rest})`, { ...wide, label: 'name=value', categories: [ConstraintOption] });
export const Label = token('Label', PLAIN.label, { ...wide, label: 'a word ending in ":"', categories: [Text] });
export const SetLabel = token('SetLabel', BRACKETED.label, { ...wide, label: 'a word ending in ":"', categories: [Text] });

/**
 * Where Chevrotain is told with which characters a pattern may begin, it need not read the pattern. Every character
 * behind the start, a bar or a bracket is taken, so there may be more than needed, which is harmless.
 */
function firstLetters(pattern: string): string[] {
  const starts = [...pattern.matchAll(/(?:^|[|(:?])\\?([$@a-z])/g)].map((match) => match[1]!);
  return [...new Set(starts.flatMap((letter) => [letter, letter.toUpperCase()]))];
}

/** A word that begins with a fixed spelling, plain or with the whole of it in quotes; there `quoted` characters follow, any number or at least one. */
function beginning(name: string, prefix: string, label: string, categories: TokenType[], rest = PLAIN.rest, quoted: '*' | '+' = '*'): TokenType {
  const pattern = new RegExp(`(?:${prefix}${rest}|"${prefix}[^"\\n]${quoted}"|'${prefix}[^'\\n]${quoted}')`, 'i');
  return tokenType({ name, pattern, label, categories, line_breaks: true, start_chars_hint: ['"', "'", ...firstLetters(prefix)] });
}

/** `score=X:`, where a bare score would say something else: `score=none:` for a rule or colocation without one, `score=100:` for a node. */
export const ScoreLabel = tokenType({ name: 'ScoreLabel', pattern: new RegExp(`score=[^${BLANKS}\\n"'\\\\:=]+:(?=[${BLANKS}\\n]|(?![^]))`, 'i'), label: 'score=X:', categories: [Label, SetLabel], start_chars_hint: ['s', 'S'] });
export const DollarId = beginning('DollarId', '\\$id=', '$id=', [Text]);
export const DollarIdRef = beginning('DollarIdRef', '\\$id-ref=', '$id-ref=', [Text]);
export const Reference = beginning('Reference', '@', '@reference', [Text, AgentSpec]);
export const IdOption = beginning('IdOption', 'id=', 'id=', [PairLike]);
/** An empty `description=""` is an ordinary parameter of that name. */
export const Description = beginning('Description', `description=(?![${BLANKS}\\n]|(?:""|'')+(?:[${BLANKS}\\n]|(?![^]))|(?![^]))`, 'description=', [PairLike], PLAIN.rest, '+');
export const RoleOption = beginning('RoleOption', '\\$?role=', 'role=', [PairLike]);
export const DatePart = beginning('DatePart', '(?:start|end|seconds|minutes|hours|monthdays|weekdays|yearsdays|yeardays|days|months|weeks|years|weekyears|moon)=', 'a date part such as hours=9-17', [PairLike]);
export const SetOption = beginning('SetOption', '(?:sequential|require-all|ordering|action|role|score|kind)=', 'sequential=', [PairLike], BRACKETED.rest);

/** A keyword is a word of its own. */
const ALONE = `(?=[${BLANKS}\\n]|(?![^]))`;
/** Fixed words of the token types that have them, in the spelling the language prefers first. */
const spelled = new Map<TokenType, readonly string[]>();
const keywords: TokenType[] = [];
function keyword(name: string, words: string, categories: TokenType[] = [Member]): TokenType {
  const made = tokenType({ name, pattern: fixedWords(words), label: words.split('|')[0]!, categories, start_chars_hint: ['"', "'", ...firstLetters(words)] });
  keywords.push(made);
  return spell(made, words);
}

function fixedWords(words: string): RegExp {
  return new RegExp(`(?:${words}|"(?:${words})"|'(?:${words})')${ALONE}`, 'i');
}

function spell(type: TokenType, words: string): TokenType {
  spelled.set(type, words.split('|'));
  return type;
}

// Sections.
export const Params = keyword('Params', 'params', [Name]);
export const Meta = keyword('Meta', 'meta', [Name]);
export const Utilization = keyword('Utilization', 'utilization');
export const Attributes = keyword('Attributes', 'attributes');
export const Operations = keyword('Operations', 'operations');
const OpParams = keyword('OpParams', 'op_params', [Member, OpSet]);
const OpMeta = keyword('OpMeta', 'op_meta', [Member, OpSet]);
export const Op = keyword('Op', 'op');
export const RuleWord = keyword('RuleWord', 'rule');

// Words of rules; elsewhere they are names like any other.
const inRules = [Free, Member];
const And = keyword('And', 'and', [...inRules, Joiner]);
const Or = keyword('Or', 'or', [...inRules, Joiner]);
const OPERATORS = ['lt', 'gt', 'lte', 'gte', 'eq', 'ne'];
const TYPED = ['string', 'integer', 'number', 'version'].flatMap((type) => OPERATORS.map((operator) => `${type}:${operator}`));
const Comparison = keyword('Comparison', ['lte', 'gte', 'eq', 'ne', ...TYPED].join('|'), [...inRules, Comparator]);
export const Before = keyword('Before', 'lt|gt', [...inRules, Comparator]);
export const Defined = keyword('Defined', 'not_defined|defined', inRules);
const InRange = keyword('InRange', 'in_range|in', [...inRules, RangeWord]);
const DateSpec = keyword('DateSpec', 'date_spec|spec', [...inRules, RangeWord]);
export const DateWord = keyword('DateWord', 'date', inRules);
export const AgentExpression = keyword('AgentExpression', 'rsc_expression', inRules);
export const OperationExpression = keyword('OperationExpression', 'op_expression', inRules);
const NestedOpen = token('NestedOpen', `\\(${ALONE}`, { label: '(', start_chars_hint: ['('], categories: inRules });
const NestedClose = token('NestedClose', `\\)${ALONE}`, { label: ')', start_chars_hint: [')'], categories: [Member] });

// Words of bundles.
const inBundles = [Text];
export const Container = keyword('Container', 'docker|podman|rkt', inBundles);
export const Network = keyword('Network', 'network', inBundles);
export const PortMapping = keyword('PortMapping', 'port-mapping', inBundles);
export const StorageMapping = keyword('StorageMapping', 'storage-mapping', inBundles);
export const Storage = keyword('Storage', 'storage', inBundles);
export const BundlePrimitive = keyword('BundlePrimitive', 'primitive', inBundles);

// Words of alerts.
export const To = keyword('To', 'to', [Name]);
export const Select = keyword('Select', 'select', [Name]);
export const SelectKind = keyword('SelectKind', 'nodes|fencing|resources', inRules);
export const LeftBrace = token('LeftBrace', `\\{${ALONE}`, { label: '{', start_chars_hint: ['{'] });
export const RightBrace = token('RightBrace', `\\}${ALONE}`, { label: '}', start_chars_hint: ['}'] });

// Words of access control and fencing levels.
export const Right = keyword('Right', 'read|write|deny', [Text]);
export const TargetAttribute = beginning('TargetAttribute', `attr:[^${BLANKS}\\n"'\\\\=]+=`, 'attr:name=value', [Text]);
export const TargetPattern = beginning('TargetPattern', 'pattern:', 'pattern:regex', [Text]);
export const IndexOption = beginning('IndexOption', 'index=', 'index=', [PairLike]);

// Brackets of resource sets.
export const LeftParenthesis = token('LeftParenthesis', '\\(', { label: '(', start_chars_hint: ['('] });
export const RightParenthesis = token('RightParenthesis', '\\)', { label: ')', start_chars_hint: [')'] });
export const LeftBracket = token('LeftBracket', '\\[', { label: '[', start_chars_hint: ['['] });
export const RightBracket = token('RightBracket', '\\]', { label: ']', start_chars_hint: [']'] });
export const SetMarker = token('SetMarker', '_rsc_set_', { label: '_rsc_set_', start_chars_hint: ['_'], longer_alt: [SetWord], categories: [Name] });
const LocationOpen = token('LocationOpen', `\\{${ALONE}`, { label: '{', start_chars_hint: ['{'], pop_mode: true, push_mode: 'location-set' });
const LocationClose = token('LocationClose', '\\}', { label: '}', start_chars_hint: ['}'], pop_mode: true, push_mode: 'location' });
/** What follows are rules, also in constraints that have none else. The bare word alone is a name like any other, and so is the word in quotes. */
export const Lifetime = token('Lifetime', new RegExp(`lifetime(?=(?:[${BLANKS}]|\\\\+[${BLANKS}]*\\n)+rule${ALONE})`, 'i'), { label: 'lifetime', start_chars_hint: ['l', 'L'], categories: [Name], pop_mode: true, push_mode: 'location' });
export { LocationClose, LocationOpen, NestedClose, NestedOpen };

export const XmlText = token('XmlText', `(?:[^\\n\\\\]|\\\\+[${BLANKS}]*\\n|\\\\)+`, { ...wide, label: 'an XML element' });

// Lines.
const BLANK_STARTS = [9, 11, 12, 13, 32, 92, 0xa0, 0x1680, 0x2000, 0x2028, 0x205f, 0x3000, 0xfeff];
/** Between most words there is one blank: a pattern of one character is compared without a regular expression. */
const Space = token('Space', ' ', { start_chars_hint: [' '], group: Lexer.SKIPPED });
const Blank = token('Blank', `(?:[${BLANKS}]+|${CONTINUATION})`, { group: Lexer.SKIPPED, line_breaks: true, start_chars_hint: BLANK_STARTS });
export const Comment = token('Comment', /#[^\n]*/, { start_chars_hint: ['#'], label: 'a comment' });
export const LineEnd = token('LineEnd', /\n/, { start_chars_hint: ['\n'], pop_mode: true, line_breaks: true, label: 'the end of the line' });
const EmptyLine = token('EmptyLine', /\n/, { start_chars_hint: ['\n'], group: Lexer.SKIPPED, line_breaks: true });
/** A quote that is not closed on its line. */
export const OpenQuote = token('OpenQuote', /["'][^\n]*/, { start_chars_hint: ['"', "'"], label: 'a closed quote' });

/** A first word that begins no statement. */
export const UnknownKeyword = token('UnknownKeyword', PLAIN.word, { ...wide, push_mode: 'object', label: 'a statement keyword' });
type Mode = 'object' | 'bundle' | 'alert' | 'acl' | 'topology' | 'location' | 'constraint' | 'xml';
const statements: TokenType[] = [];
const modeWords = new Map<Mode, string>();
let modePatterns: ReadonlyMap<string, RegExp> | undefined;
function statement(name: string, words: string, mode: Mode): TokenType {
  modeWords.set(mode, modeWords.has(mode) ? `${modeWords.get(mode)}|${words}` : words);
  const made = tokenType({ name: `${name}Keyword`, pattern: fixedWords(words), push_mode: mode, label: words.split('|')[0]!, start_chars_hint: ['"', "'", ...firstLetters(words)] });
  statements.push(made);
  return spell(made, words);
}

export const NodeKeyword = statement('Node', 'node', 'object');
export const PrimitiveKeyword = statement('Primitive', 'primitive|rsc_template', 'object');
export const GroupKeyword = statement('Group', 'group', 'object');
export const CloneKeyword = statement('Clone', 'clone|master|ms', 'object');
export const TagKeyword = statement('Tag', 'tag', 'object');
export const PropertyKeyword = statement('Property', 'property|rsc_defaults|op_defaults', 'object');
export const AclTargetKeyword = statement('AclTarget', 'acl_target|acl_group', 'object');
export const MonitorKeyword = statement('Monitor', 'monitor', 'object');
export const BundleKeyword = statement('Bundle', 'bundle', 'bundle');
export const AlertKeyword = statement('Alert', 'alert', 'alert');
export const AclKeyword = statement('Acl', 'role|user', 'acl');
export const TopologyKeyword = statement('Topology', 'fencing_topology|fencing-topology', 'topology');
export const LocationKeyword = statement('Location', 'location', 'location');
// The rules of a lifetime are read in that mode, whatever constraint they belong to.
modeWords.set('location', 'location|lifetime');
export const ColocationKeyword = statement('Colocation', 'colocation|collocation', 'constraint');
export const OrderKeyword = statement('Order', 'order', 'constraint');
export const TicketKeyword = statement('Ticket', 'rsc_ticket', 'constraint');
export const XmlKeyword = statement('Xml', 'xml', 'xml');

const rules = [RuleWord, Comparison, And, Or, Before, Defined, InRange, DateSpec, DateWord, AgentExpression, OperationExpression];
const dollars = [DollarIdRef, DollarId, Reference];
const pairs = [ScoreLabel, IdOption, Description, RoleOption, DatePart];
/** The frequent one first: a fixed word stands alone, so that none hides another. */
const sections = [Op, Params, Meta, Utilization, Attributes, Operations, OpParams, OpMeta];
const first = [Space, Blank, LineEnd];
const last = [Word, OpenQuote];
const inSets = [Lifetime, ScoreLabel, LeftParenthesis, RightParenthesis, LeftBracket, RightBracket, ...dollars, IdOption, SetOption, SetPair, SetLabel, SetMarker, SetWord, OpenQuote];

export const lexerDefinition: IMultiModeLexerDefinition = {
  defaultMode: 'line',
  modes: {
    line: [Space, Blank, EmptyLine, Comment, ...statements, UnknownKeyword, OpenQuote],
    object: [...first, ...dollars, ...sections, ...pairs, Pair, Label, ...rules, NestedOpen, NestedClose, ...last],
    bundle: [...first, ...dollars, ...pairs, Pair, Label, Params, Meta, ...rules, NestedOpen, NestedClose, Container, Network, PortMapping, StorageMapping, Storage, BundlePrimitive, ...last],
    alert: [...first, ...dollars, ...pairs, Pair, Label, Attributes, Meta, ...rules, NestedOpen, NestedClose, To, Select, SelectKind, LeftBrace, RightBrace, ...last],
    acl: [...first, ...dollars, Description, Pair, Label, Right, ...last],
    topology: [...first, ...dollars, IndexOption, TargetAttribute, TargetPattern, Pair, Label, ...last],
    location: [...first, LocationOpen, Lifetime, ...dollars, ...pairs, Pair, Label, ...rules, NestedOpen, NestedClose, ...last],
    'location-set': [...first, LocationClose, ...inSets],
    constraint: [...first, ...inSets],
    xml: [...first, XmlText],
  },
};

/** Modes into which the words of a text may lead, in the order of the definition; perhaps some more. */
export function modesFor(text: string): string[] {
  modePatterns ??= new Map([...modeWords].map(([mode, words]) => [mode, new RegExp(words, 'i')]));
  const isBegun = (mode: string): boolean => mode === 'line' || mode === 'object' || modePatterns!.get(mode.replace('-set', ''))!.test(text);
  return Object.keys(lexerDefinition.modes).filter(isBegun);
}

let reserved: ReadonlySet<string> | undefined;

/** Whether a word has a meaning of its own somewhere, so that a plain name of that spelling needs a backslash in front. */
export function isReserved(word: string): boolean {
  reserved ??= new Set(['(', ')', '{', '}', '_rsc_set_', ...keywords.flatMap((type) => spellings(type))]);
  return reserved.has(word.toLowerCase());
}

/** Whether a word begins the sections of a group, and is no member of it. */
export function endsMembers(word: string): boolean {
  return [Params, Meta].some((type) => spellings(type).includes(word.toLowerCase()));
}

let reservedInside: ReadonlySet<string> | undefined;

/** Whether a word always begins a part of the bundle or access rule that it stands in, and is no name there. */
export function isReservedInside(word: string): boolean {
  reservedInside ??= new Set([Container, Network, PortMapping, StorageMapping, Storage, BundlePrimitive, Right].flatMap((type) => spellings(type)));
  return reservedInside.has(word.toLowerCase());
}

/** Words that begin a statement, in the spelling the language prefers first. */
export function statementWords(): string[] {
  return statements.flatMap((type) => spellings(type));
}

/** Whether a token is a fixed word. */
export function isKeyword(type: TokenType): boolean {
  return keywords.includes(type) || type === SetMarker || type === Lifetime;
}

/** The fixed words a token stands for; none for other kinds of words. */
export function spellings(type: TokenType): readonly string[] {
  return spelled.get(type) ?? [];
}

/** Words that begin a section or part of one, for suggestions. */
export function sectionWords(): string[] {
  return [...sections, RuleWord, Container, Network, PortMapping, StorageMapping, Storage, To, Select].flatMap((type) => spellings(type));
}

export const CURLY_QUOTES = new RegExp(`[${CURLY}]`);

/** Everything the parser must know: the tokens of all modes and the categories, which no text matches directly. */
export function vocabulary(): TokenType[] {
  const categories = [Text, AgentSpec, Name, Free, Member, PairLike, AclSpec, Joiner, Comparator, RangeWord, OpSet, ConstraintOption];
  return [...new Set([...Object.values(lexerDefinition.modes).flat(), ...categories])];
}
