import { Command } from 'commander';
import { z } from 'zod';
import { seoulDate, seoulTime } from '#domain/trading-date.ts';
import { say } from '#link/language.ts';
import { testbedConsole } from '../house/testbed-console.ts';
import { printJson } from '../terminal/json.ts';
import { withConsole } from './testbed-fault.ts';
import { wholeNumber } from './up.ts';

const clockView = z.object({ now: z.string(), speed: z.number(), paused: z.boolean() });

interface ClockOptions {
  readonly console?: string;
  readonly json?: boolean;
  readonly speed?: string;
  readonly pause?: boolean;
  readonly resume?: boolean;
  readonly step?: string;
}

/** `snowball testbed clock`: look at market time, change its speed, stop it, move it on by hand. */
export function clockCommand(): Command {
  const command = new Command('clock')
    .description(say('시장 시계를 보고 바꿔요.', 'Look at market time and change it.'))
    .option('--speed <times>', say('배속, 1에서 1000', 'market seconds per real second, 1 to 1000'))
    .option('--pause', say('멈춰요', 'stop it'))
    .option('--resume', say('다시 가요', 'let it run again'))
    .option('--step <seconds>', say('몇 초 앞으로', 'move it ahead by seconds, a day at most'));
  return withConsole(command).action(async (options: ClockOptions) => {
    const change = changeOf(options);
    const console = testbedConsole(options.console);
    const view = await (Object.keys(change).length === 0
      ? console.call('GET', '/clock', clockView)
      : console.call('POST', '/clock', clockView, change));
    if (options.json) return printJson(view);
    process.stdout.write(`${sentence(view)}\n`);
  });
}

function changeOf({ speed, pause, resume, step }: ClockOptions): Readonly<Record<string, unknown>> {
  return {
    ...(speed === undefined ? {} : { speed: wholeNumber('--speed', speed, 1, 1_000) }),
    ...(pause ? { pause: true } : resume ? { pause: false } : {}),
    ...(step === undefined ? {} : { step: wholeNumber('--step', step, 1, 86_400) }),
  };
}

function sentence({ now, speed, paused }: z.infer<typeof clockView>): string {
  const instant = Temporal.Instant.from(now);
  const time = `${seoulDate(instant).toString()} ${seoulTime(instant).toString({ smallestUnit: 'second' })} KST`;
  return paused ? say(`${time} · 멈춤`, `${time} · paused`) : `${time} · × ${speed}`;
}
