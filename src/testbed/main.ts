import { join } from 'node:path';

import { startKisSimulator, type KisSimulator } from '#brokers/kis/simulator/start.ts';
import { SnowballError } from '#domain/errors.ts';
import { seoulDate } from '#domain/trading-date.ts';

import { readBootLine, type TestbedBoot } from './boot-line.ts';
import { clockFile } from './clock-file.ts';
import { announceConsole } from './console-file.ts';
import { openParentLine, type ParentLine } from './parent-line.ts';
import { seedBars } from './seed-bars.ts';
import { syntheticMarket } from './synthetic-market.ts';
import { regularHours, trialStart, VirtualClock } from './virtual-clock.ts';

/** Cash of a trial account. */
const trialCash = 10_000_000;

/** Process entry of the trial mode's broker: boot line in and ready line out on descriptor 3. */
async function main(): Promise<void> {
  const parent = await openParentLine();
  const boot = readBootLine(parent.line, seoulDate(Temporal.Now.instant()));
  const home = join(boot.home, 'testbed');
  const clock = new VirtualClock({
    start: trialStart(boot.date),
    hoursOf: regularHours,
    speed: boot.speed,
    file: clockFile(home),
  });
  seedBars(boot.home, boot.seed, seoulDate(clock.now()));
  const simulator = await startSimulator(boot, home, clock);
  const { rest, restReal, webSocket, webSocketReal, console } = simulator.hosts;
  const announced = announceConsole(home, console);
  endWith(parent, simulator, () => (announced.withdraw(), clock.close()));
  parent.write(JSON.stringify({ ready: { rest, restReal, webSocket, webSocketReal, console } }));
}

async function startSimulator(boot: TestbedBoot, home: string, clock: VirtualClock): Promise<KisSimulator> {
  return await startKisSimulator({
    ...boot.ports,
    profile: '2026-09',
    permissive: false,
    limits: boot.limits,
    session: 'clock',
    home,
    market: syntheticMarket({ seed: boot.seed }),
    clock,
    cash: trialCash,
    onFailure: fail,
  });
}

/** Ends cleanly on SIGTERM and SIGINT, and when the parent is gone. */
function endWith(parent: ParentLine, simulator: KisSimulator, last: () => void): void {
  let isEnding = false;
  const end = (): void => {
    if (isEnding) return;
    isEnding = true;
    parent.end();
    simulator
      .close()
      .then(last)
      .then(() => process.exit(0), fail);
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  parent.onClosed(end);
}

function fail(cause: unknown): never {
  process.stderr.write(`${cause instanceof SnowballError ? `${cause.code}: ${cause.message}` : String(cause)}\n`);
  process.exit(1);
}

main().catch(fail);
