import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { seoulInstant } from '#domain/trading-date.ts';
import { VirtualClock } from '#testbed/virtual-clock.ts';
import { CountingFront } from '../../../tests/support/counting-front.ts';
import { daySimulator } from '../../../tests/support/day-parts.ts';
import { makeHouse, RotatingHouse } from '../../../tests/support/rotating-house.ts';

/** Market time of whole days that stands still until it is moved. */
function clockOfDays(start: Temporal.Instant, elapsedMs: () => number): VirtualClock {
  const midnight = (date: Temporal.PlainDate): Temporal.Instant => seoulInstant(date, Temporal.PlainTime.from('00:00'));
  const hoursOf = (date: Temporal.PlainDate) => ({ from: midnight(date), to: midnight(date.add({ days: 1 })) });
  const clock = new VirtualClock({ start, hoursOf, speed: 1, file: null, elapsedMs });
  clock.setPaused(true);
  return clock;
}

function seoul(day: string, time: string): Temporal.Instant {
  return seoulInstant(Temporal.PlainDate.from(day), Temporal.PlainTime.from(time));
}

test('N01 T26 over Christmas and a weekend nothing leaves the gateway, its token is revoked and another one fetched', async (context) => {
  let skippedMs = 0;
  const clock = clockOfDays(seoul('2026-12-24', '15:00'), () => performance.now() + skippedMs);
  const simulator = await daySimulator('night', clock, 'calm');
  const front = await CountingFront.open(simulator.hosts.rest);
  const home = mkdtempSync(join(tmpdir(), 'sn-'));
  await makeHouse(home, simulator);
  const outside: string[] = [];
  const house = await RotatingHouse.open({
    home,
    hosts: { rest: front.address, webSocket: simulator.hosts.webSocket },
    clock,
    graceMs: 600_000,
    onOutside: (what) => void outside.push(what),
  });
  context.after(async () => {
    await house.stop();
    await front.close();
    await simulator.close();
    rmSync(home, { recursive: true });
  });
  const goTo = (day: string, time: string): void => {
    const milliseconds = seoul(day, time).epochMilliseconds - clock.now().epochMilliseconds;
    clock.step(milliseconds);
    skippedMs += milliseconds;
  };
  const tokens = (): number => front.asked.filter((path) => path === '/oauth2/tokenP').length;

  await house.resolved();
  assert.equal(house.stateOf(await house.order()), 'acked');
  const firstTokens = tokens();
  goTo('2026-12-24', '16:01');
  await house.until(() => front.asked.at(-1) === '/oauth2/revokeP', 'the token to go with the window');

  const atClose = front.asked.length;
  for (const [day, time] of [
    ['2026-12-24', '23:00'],
    ['2026-12-25', '10:00'],
    ['2026-12-27', '12:00'],
    ['2026-12-28', '08:09'],
  ] as const) {
    goTo(day, time);
    const late = house.stateOf(await house.order());
    assert.equal(late, 'not-sent', `an order on ${day} at ${time}`);
  }
  assert.deepEqual(front.asked.slice(atClose), [], 'what left the gateway between the sessions');
  assert.ok(outside.filter((what) => what === 'send the order').length >= 4, outside.join());

  // Processes keep the minute between two issues among themselves by the machine's time, of which seconds have passed.
  for (const name of readdirSync(join(home, 'tokens'))) rmSync(join(home, 'tokens', name));
  goTo('2026-12-28', '09:05');
  await house.until(() => tokens() === firstTokens + 1, 'a token for the new day');
  assert.equal(house.stateOf(await house.order()), 'acked');
  assert.equal(tokens(), firstTokens + 1, 'one new token for the new day');
});
