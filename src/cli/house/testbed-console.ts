import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { FixConfiguration } from '#domain/errors.ts';
import { homeLayout } from '#link/home-layout.ts';
import { modeFolder } from './home.ts';
import { say } from '#link/language.ts';

/** The fault console of a testbed. */
export interface TestbedConsole {
  /**
   * One command, its answer read by `schema`.
   *
   * @throws FixConfiguration `cli.console` when nobody answers, `cli.console-refused` with the console's own reason
   */
  call<Schema extends z.ZodType>(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    schema: Schema,
    body?: Readonly<Record<string, unknown>>,
  ): Promise<z.infer<Schema>>;
}

/** Where the trial's testbed writes its console's address, for its owner alone. */
const addressFile = 'console-address';
const patienceMs = 5_000;
const refusal = z.object({ error: z.string() });

/**
 * The console at `url`, or that of the running trial.
 *
 * @throws FixConfiguration `cli.console` when no trial runs, or `url` leads out of this machine
 */
export function testbedConsole(url: string | undefined): TestbedConsole {
  const origin = consoleOrigin(url ?? runningConsole());
  return {
    async call(method, path, schema, body) {
      const answer = await fetch(`${origin}${path}`, {
        method,
        signal: AbortSignal.timeout(patienceMs),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }).catch((cause: unknown) => {
        throw noConsole(cause);
      });
      const value: unknown = await answer.json().catch(() => null);
      if (answer.ok) return schema.parse(value);
      const { data } = refusal.safeParse(value);
      throw refused(data?.error ?? `HTTP ${answer.status}`);
    },
  };
}

function runningConsole(): string {
  try {
    return readFileSync(join(homeLayout(modeFolder('trial')).testbed, addressFile), 'utf8').trim();
  } catch (cause) {
    throw noConsole(cause);
  }
}

function consoleOrigin(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol === 'http:' && (url.hostname === '127.0.0.1' || url.hostname === 'localhost')) return url.origin;
  throw noConsole(new Error(`"${text}" is no http address of this machine`));
}

function noConsole(cause: unknown): FixConfiguration {
  const korean =
    '고장 콘솔을 찾을 수 없어요. npm start로 체험을 먼저 켜거나, "testbed kis"가 알려 준 주소를 --console로 적어 주세요.';
  const english =
    'Cannot find a fault console: start the trial with npm start, or give the address that "testbed kis" printed with --console.';
  return new FixConfiguration('cli.console', say(korean, english), { cause });
}

function refused(reason: string): FixConfiguration {
  const line = reason.replaceAll(/\s*\n\s*/g, ' ');
  return new FixConfiguration(
    'cli.console-refused',
    say(`콘솔이 받지 않았어요: ${line}`, `The console did not take it: ${line}`),
  );
}
