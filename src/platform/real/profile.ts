// SPDX-License-Identifier: GPL-2.0-or-later
/** Where the time of this process goes, as V8 samples it. */

/** Samples until the result is called, which gives the profile as the text of a `.cpuprofile` file. */
export async function startProfile(): Promise<() => Promise<string>> {
  // Few runs are watched, so the inspector is loaded for those alone.
  const { Session } = await import('node:inspector/promises');
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  return async () => {
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    return JSON.stringify(profile);
  };
}
