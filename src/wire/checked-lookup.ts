import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { BlockList, type LookupFunction } from 'node:net';

import { FixConfiguration } from '#domain/errors.ts';

/** How a name becomes addresses; the system's way when not said. */
export type Resolve = (
  hostname: string,
  options: { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Loopback, as the kernel routes it. */
const loopback = blockListOf([
  ['127.0.0.0', 8, 'ipv4'],
  ['::1', 128, 'ipv6'],
]);

/** IPv4 nets that are not of the public Internet. @see IANA special-purpose address registry, RFC 6890 */
const innerNets = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const;

/** The same in IPv6, and what a translator (RFC 6052) or a mapped address would lead to. */
const notPublic = blockListOf([
  ...innerNets.map(([net, prefix]) => [net, prefix, 'ipv4'] as const),
  ...innerNets.map(([net, prefix]) => [`64:ff9b::${net}`, 96 + prefix, 'ipv6'] as const),
  ['::', 96, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
]);

/**
 * Name resolution for a list of allowed hosts: a name on that list says who may be spoken to, and whoever answers for
 * the name must not make it mean another. A public name that leads to this machine or its network, in either address
 * family and be it one of many addresses, is refused with `wire.address-not-allowed` before anything is opened;
 * `localhost` must lead to loopback. Addresses written as such are not resolved and pass by here.
 */
export function checkedLookup(resolve: Resolve = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null || first === undefined) {
        callback(error ?? refusal(hostname, 'none'), '', 0);
        return;
      }
      const strange = addresses.find(({ address }) => !fits(hostname, address));
      if (strange !== undefined) callback(refusal(hostname, strange.address), '', 0);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function fits(hostname: string, address: string): boolean {
  const family = address.includes(':') ? 'ipv6' : 'ipv4';
  const isLocalName = hostname === 'localhost' || hostname.endsWith('.localhost');
  return isLocalName ? loopback.check(address, family) : !notPublic.check(address, family);
}

function refusal(hostname: string, found: string): FixConfiguration {
  return new FixConfiguration(
    'wire.address-not-allowed',
    `Cannot connect to "${hostname}": its address is ${found}, wanted a public one for a public name, loopback for localhost`,
  );
}

function blockListOf(nets: readonly (readonly [net: string, prefix: number, family: 'ipv4' | 'ipv6'])[]): BlockList {
  const list = new BlockList();
  for (const [net, prefix, family] of nets) list.addSubnet(net, prefix, family);
  return list;
}
