// SPDX-License-Identifier: GPL-2.0-or-later
/** `crm verify`: the configuration as the scheduler reads it; fails when it has anything to say. */
import type { Session } from '../session.ts';

export async function verifyCluster(withScores: boolean, session: Session): Promise<number> {
  if (session.flags.json) {
    const checked = await session.toolData('crm_verify', '--live-check', '-V');
    const simulated = withScores ? await session.toolData('crm_simulate', '--live-check', '--show-scores') : undefined;
    session.present({ data: { verify: checked.data, ...(simulated === undefined ? {} : { simulation: simulated.data }) }, text: () => '' });
    return checked.code === 0 && (simulated?.code ?? 0) === 0 ? 0 : 1;
  }
  const code = await session.tool('crm_verify', '--live-check', '-V');
  if (!withScores) return code === 0 ? 0 : 1;
  const simulated = await session.tool('crm_simulate', '--live-check', '--show-scores');
  return code === 0 && simulated === 0 ? 0 : 1;
}
