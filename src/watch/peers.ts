/** What the watchdog does about the silence of a process. */
export interface PeerRule {
  /** Milliseconds of silence from which it counts as lost. */
  readonly lostAfterMs: number;
  /**
   * `sweep`: it is the gateway, so the cancel-only process withdraws what is open, and the gateway is halted when it is
   * back. `halt`: the gateway halts and withdraws. `report`: written down and no more.
   */
  readonly onLost: 'sweep' | 'halt' | 'report';
}

export type PeerName = 'gateway' | 'runner' | 'server' | 'standby';

/** Two seconds from the stop of a process to the empty list at the broker leave this much for noticing it. */
export const heartbeatEveryMs = 100;

/**
 * A runner that hangs leaves orders that nobody manages. A server that hangs leaves a page that does not answer: it
 * manages no order, and stopping by command line and by file goes on without it.
 */
export const peerRules: Readonly<Record<PeerName, PeerRule>> = {
  gateway: { lostAfterMs: 800, onLost: 'sweep' },
  runner: { lostAfterMs: 1_000, onLost: 'halt' },
  server: { lostAfterMs: 3_000, onLost: 'report' },
  standby: { lostAfterMs: 3_000, onLost: 'report' },
};

/** While the gateway stays away the broker is asked again so often: an order may have been on its way. */
export const sweepAgainMs = 2_000;

/** Data of a continuous market that is silent for so long is dead; orders that stand on it are withdrawn (threat-model §5). */
export const dataAgeMaxMs = 15_000;
