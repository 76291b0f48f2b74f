// SPDX-License-Identifier: GPL-2.0-or-later
/** Addresses of a bundle's replicas, counted up from the start of its range. */

/** One address for each replica; undefined where the range cannot be counted on. */
export function replicaAddresses(rangeStart: string | undefined, replicas: number): readonly (string | undefined)[] {
  const addresses: (string | undefined)[] = [];
  let last: string | undefined;
  for (let i = 0; i < replicas; i++) {
    last = rangeStart === undefined ? undefined : last === undefined ? rangeStart : nextAddress(last);
    addresses.push(last);
  }
  return addresses;
}

function nextAddress(address: string): string | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)/.exec(address);
  if (match === null) return undefined;
  const [a, b, c, d] = match.slice(1).map(Number) as [number, number, number, number];
  if (c > 253) return undefined;
  return d > 253 ? `${a}.${b}.${c + 1}.1` : `${a}.${b}.${c}.${d + 1}`;
}
