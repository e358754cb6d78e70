import { useSyncExternalStore } from 'react';

/** What the page knows of the way to the gateway. Times are `performance.now()`. */
export interface LiveState {
  readonly gateway: 'up' | 'down';
  readonly runner: 'up' | 'down';
  /** When anything last came from the server, heartbeats included. */
  readonly heardAt: number;
}

let state: LiveState = { gateway: 'up', runner: 'up', heardAt: performance.now() };
const listeners = new Set<() => void>();

export function setLiveState(change: Partial<LiveState>): void {
  state = { ...state, ...change };
  for (const listener of listeners) listener();
}

export function liveState(): LiveState {
  return state;
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(subscribe, liveState);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
