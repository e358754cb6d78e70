import type { z } from 'zod';

/**
 * Who is at the other end of a connection; proven by a per-boot token (threat-model §6). `cli` is the command line's ops:
 * orders, tightening, halts; `admin` is the command line where it loosens or lets something in, and cannot order.
 */
export type Role = 'supervisor' | 'gateway' | 'runner' | 'server' | 'cli' | 'admin' | 'watchdog';

/** One method: what goes in, what comes out, and who may call it. Everyone else is refused. */
export interface Method {
  readonly params: z.ZodType;
  readonly result: z.ZodType;
  readonly roles: readonly Role[];
  /**
   * Of a method that changes something. `memory`: the call needs a key, and a repeat hears the first answer as long as this
   * process lives. `durable`: the handler itself knows a repeat by its request id, also after a restart. Unsaid for reads,
   * and for what may be said twice without harm.
   */
  readonly repeats?: 'memory' | 'durable';
}

/** Methods a process answers and events it pushes to subscribers. */
export interface Api {
  readonly methods: Readonly<Record<string, Method>>;
  readonly events: Readonly<Record<string, z.ZodType>>;
}

export type Params<A extends Api, M extends keyof A['methods']> = z.infer<A['methods'][M]['params']>;
export type Result<A extends Api, M extends keyof A['methods']> = z.infer<A['methods'][M]['result']>;
export type EventData<A extends Api, E extends keyof A['events']> = z.infer<A['events'][E]>;
