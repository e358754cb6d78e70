import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';

/** A: namespaces of the operating system. B: another user of the operating system. C: Node's flags alone. */
export type IsolationGrade = 'A' | 'B' | 'C';

/** How strategies are shut in on this machine: what stands before `node` in the command, and what that is worth. */
export interface Isolation {
  readonly grade: IsolationGrade;
  /** Why it is no better; null for grade A. */
  readonly missing: 'not-linux' | 'no-bubblewrap' | 'no-namespaces' | null;
  /** Command and arguments to put before Node's; may be empty for grade C. */
  launcher(folder: string): readonly string[];
}

const bubblewrap = '/usr/bin/bwrap';
const tied = ['/usr/bin/setpriv', '--no-new-privs', '--pdeathsig', 'KILL'] as const;
const probeTimeoutMs = 5_000;

/**
 * Finds the strongest isolation that works here by trying it: bubblewrap (grade A), else none but Node's flags (C).
 * B is reached by running the whole runner as a user of its own, which is the operator's to set up and not looked for.
 */
export function detectIsolation(): Isolation {
  const missing = whatIsMissing();
  if (missing === null) return { grade: 'A', missing, launcher: bubblewrapCommand };
  // No boundary, but a child that hangs does not outlive a runner that was killed.
  const isTied = process.platform === 'linux' && existsSync(tied[0]) && works(tied);
  return { grade: 'C', missing, launcher: () => (isTied ? tied : []) };
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
