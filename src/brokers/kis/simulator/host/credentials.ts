import { randomBytes, randomInt } from 'node:crypto';

import { z } from 'zod';

import type { BrokerEnvironment } from '#domain/environment.ts';

/** Keys and account of one environment; worth nothing outside the simulator. */
export interface HostCredentials {
  /** 36 characters. */
  readonly appKey: string;
  /** 180 characters. */
  readonly appSecret: string;
  /** 8-digit account number and 2-digit product. */
  readonly account: string;
}

export interface SimulatorCredentials {
  readonly htsId: string;
  readonly paper: HostCredentials;
  readonly real: HostCredentials;
}

/** Parts a person chose; the rest is made at random. */
export interface ChosenCredentials {
  readonly htsId?: string | undefined;
  readonly paper?: Partial<HostCredentials> | undefined;
  readonly real?: Partial<HostCredentials> | undefined;
}

const host = z.object({ appKey: z.string(), appSecret: z.string(), account: z.string() });
const stored = z.object({ htsId: z.string(), paper: host, real: host });

/** @throws {ZodError} when the log holds something else */
export function readCredentials(json: string): SimulatorCredentials {
  return stored.parse(JSON.parse(json));
}

/** What was chosen, over what an earlier start kept, over fresh random values. */
export function makeCredentials(chosen: ChosenCredentials, kept: SimulatorCredentials | null): SimulatorCredentials {
  return {
    htsId: chosen.htsId ?? kept?.htsId ?? `snow${randomInt(1000, 10_000)}`,
    paper: hostOf('paper', chosen.paper, kept),
    real: hostOf('real', chosen.real, kept),
  };
}

function hostOf(
  environment: BrokerEnvironment,
  chosen: Partial<HostCredentials> | undefined,
  kept: SimulatorCredentials | null,
): HostCredentials {
  const before = kept?.[environment];
  return {
    appKey: chosen?.appKey ?? before?.appKey ?? `PS${letters(34)}`,
    appSecret: chosen?.appSecret ?? before?.appSecret ?? randomBytes(135).toString('base64'),
    account: chosen?.account ?? before?.account ?? `${randomInt(50_000_000, 60_000_000)}01`,
  };
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function letters(count: number): string {
  let text = '';
  for (let index = 0; index < count; index += 1) text += alphabet.charAt(randomInt(alphabet.length));
  return text;
}
