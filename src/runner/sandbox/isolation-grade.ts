import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { IsolationGrade } from '#link/isolation-grade.ts';
import {
  separateUser,
  strategyUser,
  type MissingForB,
  type StrategyPlace,
  type StrategyUser,
} from './separate-user.ts';

/** Why A cannot be had. */
export type MissingForA = 'not-linux' | 'no-bubblewrap' | 'no-namespaces';

/** How strategies are shut in on this machine: what stands before `node` in the command, and what that is worth. */
export interface Isolation {
  readonly grade: IsolationGrade;
  /** Why it is not A; null for A. */
  readonly missing: MissingForA | null;
  /** Why it is not B; null for A and B. */
  readonly missingForB: MissingForB | null;
  /** Command and arguments to put before Node's; may be empty for grade C. */
  launcher(folder: string): readonly string[];
  /** Grade B: where strategies lie instead of where their runner wants them, because their user must get there. */
  readonly place?: StrategyPlace;
}

/** What a test chooses; everything else is looked for on the machine. */
export interface IsolationSearch {
  /** Who runs strategies at grade B; `strategyUser()` if not said. */
  readonly user?: StrategyUser | null;
  /** False leaves bubblewrap out. */
  readonly withBubblewrap?: boolean;
}

const bubblewrap = '/usr/bin/bwrap';
const tied = ['/usr/bin/setpriv', '--no-new-privs', '--pdeathsig', 'KILL'] as const;
const nice = '/usr/bin/nice';
const probeTimeoutMs = 5_000;

/**
 * Finds the strongest isolation that works here by trying it: bubblewrap (grade A), else the user `snowball-strategy`
 * where we may change to it (B), else none but Node's flags (C).
 */
export function detectIsolation(search: IsolationSearch = {}): Isolation {
  const missing = search.withBubblewrap === false ? 'no-bubblewrap' : whatIsMissing();
  if (missing === null) {
    return {
      grade: 'A',
      missing,
      missingForB: null,
      launcher: (folder) => [...polite(), ...bubblewrapCommand(folder)],
    };
  }
  const user = search.user === undefined ? strategyUser() : search.user;
  const apart = separateUser(user, works);
  if (apart.kind === 'works') {
    return {
      grade: 'B',
      missing,
      missingForB: null,
      launcher: () => [...polite(), ...apart.command],
      place: apart.place,
    };
  }
  // No boundary, but a child that hangs does not outlive a runner that was killed.
  const isTied = process.platform === 'linux' && existsSync(tied[0]) && works(tied);
  return { grade: 'C', missing, missingForB: apart.missing, launcher: () => [...polite(), ...(isTied ? tied : [])] };
}

/** So that a strategy which spins takes the processor from nobody who wants it: about a tenth of an ordinary process's share. */
function polite(): readonly string[] {
  return existsSync(nice) ? [nice, '-n', '10'] : [];
}

/** A kernel may forbid namespaces to ordinary users, so bubblewrap being there is not enough. */
function whatIsMissing(): Isolation['missing'] {
  if (process.platform !== 'linux') return 'not-linux';
  if (!existsSync(bubblewrap)) return 'no-bubblewrap';
  return works(bubblewrapCommand(import.meta.dirname)) ? null : 'no-namespaces';
}

/** No network, no other processes, no devices; reads the system's libraries, Node and the folder; writes nothing. */
function bubblewrapCommand(folder: string): readonly string[] {
  const readable = ['/usr', '/lib', '/lib64', '/bin', '/etc/ld.so.cache', dirname(process.execPath), folder];
  return [
    bubblewrap,
    '--unshare-all',
    '--die-with-parent',
    '--new-session',
    '--cap-drop',
    'ALL',
    '--clearenv',
    ...readable.flatMap((path) => ['--ro-bind-try', path, path]),
    '--proc',
    '/proc',
    '--dev',
    '/dev',
    '--chdir',
    folder,
    '--',
  ];
}

function works(command: readonly string[]): boolean {
  const [file = '', ...rest] = command;
  const probe = spawnSync(file, [...rest, process.execPath, '--version'], { env: {}, timeout: probeTimeoutMs });
  return probe.status === 0;
}
