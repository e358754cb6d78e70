import { z } from 'zod';
import { FixConfiguration, RetryLater } from '#domain/errors.ts';
import {
  activeFault,
  drillClock,
  knownFault,
  type ActiveFault,
  type DrillClock,
  type DrillView,
  type drillClockChange,
  type drillFault,
} from './drill-view.ts';

/** The few commands of the simulated broker's console that a page may give. */
export interface TestbedConsole {
  view(): Promise<DrillView>;
  addFault(fault: z.infer<typeof drillFault>): Promise<readonly ActiveFault[]>;
  /** One fault by its number, or all of them. */
  clearFaults(id: number | null): Promise<readonly ActiveFault[]>;
  changeClock(change: z.infer<typeof drillClockChange>): Promise<DrillClock>;
}

const patienceMs = 3_000;
const active = z.array(activeFault);
const refusal = z.object({ error: z.string() });

/**
 * Speaks to the testbed's console at `origin`, which must be this machine's: the address comes with the boot line and
 * in trial mode only. Everything else of the console, its keys and its ledger, is not asked for here.
 *
 * @throws FixConfiguration `server.testbed-refused` with the console's reason, RetryLater `server.testbed` without one
 */
export function testbedConsole(origin: string): TestbedConsole {
  const { hostname, protocol } = new URL(origin);
  if (protocol !== 'http:' || hostname !== '127.0.0.1') throw elsewhere(origin);
  const ask = async <Schema extends z.ZodType>(
    command: readonly [method: 'GET' | 'POST' | 'DELETE', path: string],
    schema: Schema,
    body?: unknown,
  ): Promise<z.infer<Schema>> => {
    const [method, path] = command;
    const init = { method, redirect: 'error', signal: AbortSignal.timeout(patienceMs) } as const;
    const answer = await fetch(
      new URL(path, origin),
      body === undefined ? init : { ...init, body: JSON.stringify(body) },
    ).catch((cause: unknown) => {
      throw silent(cause);
    });
    const value: unknown = await answer.json().catch(() => null);
    const read = schema.safeParse(value);
    if (answer.ok && read.success) return read.data;
    throw answer.ok ? silent(read.error) : refused(value);
  };
  return {
    async view() {
      const [clock, known, faults] = await Promise.all([
        ask(['GET', '/clock'], drillClock),
        ask(['GET', '/faults/known'], z.array(knownFault)),
        ask(['GET', '/faults'], active),
      ]);
      return { state: 'ready', clock, known, active: faults };
    },
    addFault: (fault) => ask(['POST', '/faults'], active, fault),
    clearFaults: (id) => ask(['DELETE', id === null ? '/faults' : `/faults?id=${id}`], active),
    changeClock: (change) => ask(['POST', '/clock'], drillClock, change),
  };
}

function refused(value: unknown): FixConfiguration {
  const { data } = refusal.safeParse(value);
  const reason = (data?.error ?? 'no reason given').replaceAll(/\s+/g, ' ').slice(0, 200);
  return new FixConfiguration('server.testbed-refused', `Cannot change the simulated broker: ${reason}`);
}

function silent(cause: unknown): RetryLater {
  return new RetryLater('server.testbed', 'Cannot reach the simulated broker: its console gave no good answer', {
    cause,
  });
}

function elsewhere(origin: string): FixConfiguration {
  return new FixConfiguration(
    'server.testbed-refused',
    `Cannot use the console at "${origin}": it is not on this machine, wanted http://127.0.0.1`,
  );
}
