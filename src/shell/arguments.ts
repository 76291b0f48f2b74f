// SPDX-License-Identifier: GPL-2.0-or-later
/** The command line of `crm`: options first, then levels and a command (shell.md, section 1). */

export interface ShellArguments {
  readonly words: readonly string[];
  readonly file: string | undefined;
  readonly shadow: string | undefined;
  readonly display: string | undefined;
  readonly history: string | undefined;
  /** File for the profile of this run. */
  readonly profile: string | undefined;
  readonly force: boolean;
  readonly no: boolean;
  readonly wait: boolean;
  readonly debug: boolean;
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly strict: boolean;
  readonly stripPrompts: boolean;
  readonly regression: boolean;
  readonly help: boolean;
  readonly version: boolean;
  /** `SECTION.NAME=VALUE` of `-o`. */
  readonly options: readonly string[];
  /** Codes of `--allow`, as given. */
  readonly allow: readonly string[];
  readonly scriptDirectories: readonly string[];
  /** Cursor and line of `--complete`. */
  readonly complete: { readonly point: number; readonly line: string } | undefined;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Flag = 'force' | 'no' | 'wait' | 'debug' | 'json' | 'dryRun' | 'strict' | 'stripPrompts' | 'regression' | 'help' | 'version';
type Valued = 'file' | 'shadow' | 'display' | 'history' | 'option' | 'allow' | 'scriptdir' | 'profile';

const FLAGS: ReadonlyMap<string, Flag> = new Map([
  ['-F', 'force'],
  ['--force', 'force'],
  ['-n', 'no'],
  ['--no', 'no'],
  ['-w', 'wait'],
  ['--wait', 'wait'],
  ['-d', 'debug'],
  ['--debug', 'debug'],
  ['--json', 'json'],
  ['--dry-run', 'dryRun'],
  ['--strict', 'strict'],
  ['--strip-prompts', 'stripPrompts'],
  ['-R', 'regression'],
  ['--regression-tests', 'regression'],
  ['-h', 'help'],
  ['--help', 'help'],
  ['--version', 'version'],
]);

const VALUED: ReadonlyMap<string, Valued> = new Map([
  ['-f', 'file'],
  ['--file', 'file'],
  ['-c', 'shadow'],
  ['--cib', 'shadow'],
  ['-D', 'display'],
  ['--display', 'display'],
  ['-H', 'history'],
  ['--history', 'history'],
  ['-o', 'option'],
  ['--opt', 'option'],
  ['--allow', 'allow'],
  ['--scriptdir', 'scriptdir'],
  ['-X', 'profile'],
  ['--profile', 'profile'],
]);

export type ParsedArguments = { readonly ok: true; readonly value: ShellArguments } | { readonly ok: false; readonly message: string };

export function parseArguments(argv: readonly string[]): ParsedArguments {
  const value = initial();
  const options: string[] = [];
  const allow: string[] = [];
  const directories: string[] = [];
  let at = 0;
  for (; at < argv.length; at++) {
    const word = argv[at]!;
    if (word === '--') {
      at++;
      break;
    }
    if (!word.startsWith('-') || word === '-') break;
    if (word === '--complete' || word === '--compgen') return { ok: true, value: { ...value, complete: { point: Number(argv[at + 1] ?? '0'), line: argv[at + 2] ?? '' } } };
    const flag = FLAGS.get(word);
    if (flag !== undefined) {
      value[flag] = true;
      continue;
    }
    const [name, attached] = splitValue(word);
    const valued = VALUED.get(name);
    if (valued === undefined) return { ok: false, message: `unknown option ${word} (crm --help lists them)` };
    const given = attached ?? argv[++at];
    if (given === undefined) return { ok: false, message: `option ${name} needs a value` };
    if (valued === 'option') options.push(given);
    else if (valued === 'allow') allow.push(given);
    else if (valued === 'scriptdir') directories.push(...given.split(';'));
    else value[valued] = given;
  }
  return { ok: true, value: { ...value, options, allow, scriptDirectories: directories, words: argv.slice(at) } };
}

function splitValue(word: string): readonly [string, string | undefined] {
  const equals = word.indexOf('=');
  if (word.startsWith('--') && equals > 0) return [word.slice(0, equals), word.slice(equals + 1)];
  return [word, undefined];
}

function initial(): Mutable<ShellArguments> {
  return {
    words: [],
    file: undefined,
    shadow: undefined,
    display: undefined,
    history: undefined,
    profile: undefined,
    force: false,
    no: false,
    wait: false,
    debug: false,
    json: false,
    dryRun: false,
    strict: false,
    stripPrompts: false,
    regression: false,
    help: false,
    version: false,
    options: [],
    allow: [],
    scriptDirectories: [],
    complete: undefined,
  };
}

export const USAGE = `usage: crm [OPTIONS] [LEVEL ...] [COMMAND ARGUMENTS ...]

Without a command crm reads commands: from a terminal with a prompt, else from standard input.

  -f, --file FILE          read commands from FILE (- is standard input)
  -c, --cib NAME           work on the shadow CIB NAME
  -D, --display STYLE      plain, color, color-always, uppercase
  -F, --force              yes to every question; go on despite errors
  -n, --no                 no to every question
  -w, --wait               after each change wait until the cluster has settled
      --json               print results as JSON
      --dry-run            show what a commit would do and do not commit
      --allow CODES        accept these findings (AGT101 ...) in this run
      --strict             fail on warnings, too
      --strip-prompts      take the commands out of a pasted dialogue
  -H, --history SOURCE     source of the history level
  -o, --opt NAME=VALUE     set an option for this run
      --scriptdir DIR      more directories with cluster scripts
  -d, --debug              debug messages
  -X, --profile FILE       sample where the time of this run goes, into FILE
  -R, --regression-tests   echo input lines
      --version            print the version
  -h, --help               this text

crm help lists levels and commands; crm LEVEL COMMAND --help explains one.
`;
