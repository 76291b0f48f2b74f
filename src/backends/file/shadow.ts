// SPDX-License-Identifier: GPL-2.0-or-later
/** Where shadow copies of the CIB lie. */

/** Directory of shadow files: as told, else the system's for the cluster's own users, else the user's. */
export function shadowDirectory(env: ReadonlyMap<string, string>, userName: string): string {
  const told = env.get('CIB_shadow_dir');
  if (told !== undefined && told !== '') return told;
  if (userName === 'root' || userName === 'hacluster') return '/var/lib/pacemaker/cib';
  return `${env.get('HOME') ?? `/home/${userName}`}/.cib`;
}

export function shadowPath(name: string, env: ReadonlyMap<string, string>, userName: string): string {
  return `${shadowDirectory(env, userName)}/shadow.${name}`;
}
