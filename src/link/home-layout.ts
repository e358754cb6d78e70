import { join } from 'node:path';

/** Where everything of one installation lives. Each folder belongs to the process it is named after, 0700. */
export interface HomeLayout {
  readonly home: string;
  /** Sockets, the supervisor's lock and the command line's token file. */
  readonly run: string;
  readonly supervisor: string;
  /** Vault, journal, log. */
  readonly gateway: string;
  /** The heads of the journal, away from it; better still on another disk. */
  readonly anchor: string;
  readonly runner: string;
  readonly server: string;
  readonly testbed: string;
  /** What the watchdog did. */
  readonly watch: string;
  /** What the cancel-only process did. */
  readonly standby: string;
  /** Bars, instruments and settings: the column store. */
  readonly store: string;
  /** What the person writes: snowball.yaml, strategies. */
  readonly config: string;
}

/** Paths only; nothing is made. */
export function homeLayout(home: string): HomeLayout {
  return {
    home,
    run: join(home, 'run'),
    supervisor: join(home, 'supervisor'),
    gateway: join(home, 'gateway'),
    anchor: join(home, 'anchor'),
    runner: join(home, 'runner'),
    server: join(home, 'server'),
    testbed: join(home, 'testbed'),
    watch: join(home, 'watch'),
    standby: join(home, 'standby'),
    store: join(home, 'store'),
    config: join(home, 'config'),
  };
}
