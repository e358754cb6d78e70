import type { LoadMemory } from './load-memory.ts';
import type { LoadPlan } from './load-plan.ts';

/** A load that two threads share: each takes the next part that nobody has until there is none. */
export interface LoadJob {
  /** The store. */
  readonly file: string;
  readonly plan: LoadPlan;
  readonly memory: LoadMemory;
  /** `nextPart` and `helperState`. */
  readonly control: Int32Array;
  /** For each part whether it is decoded: 0 or 1. */
  readonly done: Uint8Array;
}

/** Places in `control`. */
export const nextPart = 0;
export const helperState = 1;

/**
 * What the helper is at. It writes into the memory only while it is `working`, which it may become only when it is
 * `called`: the caller makes that `unneeded` when nothing is left to do, so that a helper that comes late leaves again.
 */
export const helperStates = { called: 0, working: 1, ended: 2, unneeded: 3 } as const;

export function loadJob(file: string, plan: LoadPlan, memory: LoadMemory): LoadJob {
  const parts = plan.partStarts.length - 1;
  return {
    file,
    plan,
    memory,
    control: new Int32Array(new SharedArrayBuffer(8)),
    done: new Uint8Array(new SharedArrayBuffer(parts)),
  };
}

/** Decodes parts until all are taken. @param decode throws when a part cannot be */
export function takeParts({ control, done }: LoadJob, decode: (part: number) => void): void {
  for (let part = Atomics.add(control, nextPart, 1); part < done.length; part = Atomics.add(control, nextPart, 1)) {
    decode(part);
    Atomics.store(done, part, 1);
  }
}

/** Leaves nothing to take for anybody. */
export function takeRest({ control, done }: LoadJob): void {
  Atomics.store(control, nextPart, done.length);
}
