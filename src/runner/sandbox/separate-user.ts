import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Numbers of a user of the operating system who owns nothing and is nobody's login. */
export interface StrategyUser {
  readonly uid: number;
  readonly gid: number;
}

/** Where folders of strategies lie, and for which group to read. */
export interface StrategyPlace {
  readonly gid: number;
  /** The folder in the place of `wanted`; the same for the same one, and another for another. */
  folder(wanted: string): string;
}

/** Why B cannot be had: nobody to change to, no right to change, or that user cannot start Node where it lies. */
export type MissingForB = 'not-linux' | 'no-user' | 'no-right' | 'no-node';

/** Grade B, or why it cannot be had. `command` stands before Node's. */
export type SeparateUser =
  | { readonly kind: 'works'; readonly command: readonly string[]; readonly place: StrategyPlace }
  | { readonly kind: 'missing'; readonly missing: MissingForB };

/** Made by `useradd --system --no-create-home --shell /usr/sbin/nologin snowball-strategy`. */
const strategyUserName = 'snowball-strategy';
const setpriv = '/usr/bin/setpriv';
const passwd = '/etc/passwd';

/**
 * Threat-model §3, grade B: strategies run as another user, in no other group, with no capability and no way to any, and
 * end with their runner. That user reads neither our data nor our sockets, sees into none of our processes and signals
 * none, all by the kernel's own rules; it has the network, which Node's flags alone keep from it.
 *
 * @param works tries whether Node starts behind a command
 */
export function separateUser(user: StrategyUser | null, works: (command: readonly string[]) => boolean): SeparateUser {
  if (process.platform !== 'linux') return { kind: 'missing', missing: 'not-linux' };
  if (user === null || user.uid === 0 || user.uid === process.getuid?.())
    return { kind: 'missing', missing: 'no-user' };
  const command = commandFor(user);
  if (works(command)) return { kind: 'works', command, place: { gid: user.gid, folder: folderFor } };
  return { kind: 'missing', missing: mayChangeUser() ? 'no-node' : 'no-right' };
}

/** The user of that name, as the machine's own list has it; null when there is none. */
export function strategyUser(file: string = passwd): StrategyUser | null {
  if (!existsSync(file)) return null;
  const line = readFileSync(file, 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${strategyUserName}:`));
  const [, , uid, gid] = (line ?? '').split(':').map(Number);
  return Number.isSafeInteger(uid) && Number.isSafeInteger(gid) ? { uid: Number(uid), gid: Number(gid) } : null;
}

function commandFor({ uid, gid }: StrategyUser): readonly string[] {
  return [
    setpriv,
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    '--inh-caps=-all',
    '--bounding-set=-all',
    '--no-new-privs',
    '--pdeathsig=KILL',
    '--',
  ];
}

/** CAP_SETGID and CAP_SETUID, the 6th and 7th of the effective capabilities: those of root, or of a unit that was given them. */
function mayChangeUser(): boolean {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return (BigInt(`0x${effective}`) & 0xc0n) === 0xc0n;
}

function folderFor(wanted: string): string {
  return join(placeOfStrategies(), createHash('sha256').update(wanted).digest('hex').slice(0, 16));
}

/**
 * Our data lies in folders that let nobody through, so these lie beside: a folder that is ours, that others may pass and not
 * list. Somebody who had taken its name before us gets nothing into it.
 *
 * @throws {Error} the name is taken by another user, or by something that is no folder
 */
function placeOfStrategies(): string {
  const place = join(tmpdir(), `snowball-strategies-${process.getuid?.() ?? 0}`);
  mkdirSync(place, { recursive: true, mode: 0o711 });
  const found = lstatSync(place);
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    throw new Error(`Cannot use "${place}" for strategies: it is not ours, wanted a folder of our own`);
  }
  chmodSync(place, 0o711);
  return place;
}
