// SPDX-License-Identifier: GPL-2.0-or-later
/** `cibadmin --show-access`: the CIB with what a user may read and write. */
import { isSimpleXPath, loadXPath, permissionXPaths, renderAccess, type AccessStyle, type XmlElement } from '../../cib/index.ts';
import { EXIT } from '../exit/codes.ts';
import { ToolFailure, type ToolRun } from '../run.ts';
import { printed } from './index.ts';

export async function showAccess(run: ToolRun, cib: XmlElement): Promise<number> {
  const { options, context } = run;
  const user = options.value('user');
  if (user === undefined) throw new ToolFailure(EXIT.usage, '-U/--user is required with -S/--show-access');
  if (permissionXPaths(cib).some((xpath) => !isSimpleXPath(xpath))) await loadXPath();
  return printed(run, renderAccess(cib, { name: user }, styleOf(options.value('show-access'), context.terminal.isOutput)));
}

function styleOf(word: string | undefined, isTerminal: boolean): AccessStyle {
  switch (word ?? 'auto') {
    case 'auto':
      return isTerminal ? 'color' : 'text';
    case 'color':
      return 'color';
    case 'text':
      return 'text';
    case 'namespace':
      return 'namespace';
    default:
      throw new ToolFailure(EXIT.usage, `Invalid value '${word}' for option '--show-access'`);
  }
}
