import { z } from 'zod';

import { SnowballError } from '#domain/errors.ts';

import { runKisTestbed } from './kis-command.ts';
import { kisTestbedOptions } from './kis-options.ts';

/**
 * Process entry of `snowball testbed kis`: options as one JSON line on standard input (keys are no business of an
 * argument list), one JSON line on standard output when ready. Ends on SIGTERM and SIGINT, and within two seconds of the
 * end of the process that started it.
 */
async function main(): Promise<void> {
  const line = await firstLine();
  const options = kisTestbedOptions.parse(line.trim() === '' ? {} : JSON.parse(line));
  const { simulator, ready } = await runKisTestbed(options);
  const end = (): void => {
    simulator.close().then(() => process.exit(0), fail);
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  // An orphan is given a new parent; nothing else tells a child that its own was killed.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && end(), 2000).unref();
  process.stdout.write(`${JSON.stringify(ready)}\n`);
}

async function firstLine(): Promise<string> {
  return await new Promise((resolve) => {
    let text = '';
    const take = (chunk: Buffer): void => {
      text += chunk.toString('utf8');
      const end = text.indexOf('\n');
      if (end === -1) return;
      process.stdin.off('data', take).pause();
      resolve(text.slice(0, end));
    };
    process.stdin.on('data', take);
    process.stdin.once('end', () => resolve(text));
  });
}

function fail(cause: unknown): never {
  process.stderr.write(`${messageOf(cause)}\n`);
  process.exit(1);
}

function messageOf(cause: unknown): string {
  if (cause instanceof SnowballError) return cause.message;
  if (cause instanceof z.ZodError) return `Cannot start the simulated KIS: ${z.prettifyError(cause)}`;
  return cause instanceof Error ? cause.message : String(cause);
}

main().catch(fail);
