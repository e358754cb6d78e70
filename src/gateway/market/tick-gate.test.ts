import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Tick } from '#domain/market-data.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';

import { MinuteBars } from './minute-bars.ts';
import { TickGate } from './tick-gate.ts';

function aTick(time: string, volumeOfDay: number, day = '2026-11-23'): Tick {
  const at = Temporal.Instant.from(`${day}T${time}+09:00`);
  return { instrument: 'KRX:005930', at, price: won(70_000), quantity: quantity(10), volumeOfDay };
}

test('TickGate lets every trade that raises the volume of the day through once', () => {
  const gate = new TickGate();

  const news = [
    aTick('10:00:00', 100),
    aTick('10:00:00', 110),
    aTick('10:00:00', 110),
    aTick('10:00:00', 100),
    aTick('10:00:01', 120),
    aTick('10:00:00', 130),
  ].map((tick) => gate.judge(tick));

  assert.deepEqual(news, ['new', 'new', 'same', 'old', 'new', 'old']);
});

test('TickGate begins again with a new day, whose volume begins at 0', () => {
  const gate = new TickGate();
  gate.judge(aTick('15:30:00', 5_000_000));

  assert.equal(gate.judge(aTick('09:00:00', 10, '2026-11-24')), 'new');
});

test('A stream that sends its last trades again after a new registration leaves the volume of the bar as it was', () => {
  const gate = new TickGate();
  const bars = new MinuteBars();
  const ticks = [aTick('10:00:00', 100), aTick('10:00:10', 110), aTick('10:00:20', 120)];

  for (const tick of [...ticks, ...ticks]) if (gate.judge(tick) === 'new') bars.onTick(tick);

  assert.equal(bars.last('KRX:005930', 1)[0]?.volume, 30);
});
