import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { RetryLater } from '#domain/errors.ts';
import type { Designation } from '#domain/instrument.ts';
import { readInstrumentList, type ListedInstrument } from '#markets/instrument-list.ts';
import { daySimulator, dayClient, standingClock } from '../../../tests/support/day-parts.ts';
import { InstrumentListKeeper } from './instrument-list.ts';
import { NxtTrading } from './nxt-trading.ts';

let folder = '';
before(() => (folder = mkdtempSync(join(tmpdir(), 'list-'))));
after(() => rmSync(folder, { recursive: true }));

const friday = Temporal.PlainDate.from('2026-11-20');

test('InstrumentListKeeper keeps the list of the day for the guard and for the next start', async () => {
  const { keeper, file } = aKeeper('kept', { designation: 'managed' });
  assert.equal(keeper.designation('KRX:005930'), null, 'nothing is known before the first read');

  await read(keeper);
  const next = aKeeper('kept', { designation: 'none' }).keeper;

  assert.equal(keeper.designation('KRX:005930'), 'managed');
  assert.equal(keeper.designation('KRX:000660'), null, 'what is not listed is not known');
  assert.equal(next.designation('KRX:005930'), 'managed', 'from the file');
  assert.equal(readInstrumentList(readFileSync(file, 'utf8'))?.date.toString(), '2026-11-20');
});

test('InstrumentListKeeper makes do with the last list for three days when the broker gives none, and then says no', async () => {
  const { keeper, world } = aKeeper('old', { designation: 'none' });
  await read(keeper);
  world.failure = new RetryLater('kis.master-unavailable', 'Cannot read the KOSPI list of instruments: HTTP 500');

  const known = [];
  for (let days = 1; days <= 4; days += 1) {
    world.today = friday.add({ days });
    await read(keeper);
    known.push([keeper.ageDays, keeper.designation('KRX:005930')]);
  }

  assert.deepEqual(known, [
    [1, 'none'],
    [2, 'none'],
    [3, 'none'],
    [4, null],
  ]);
  assert.equal(world.faults, 4);
});

test('InstrumentListKeeper takes a list of nothing for no list', async () => {
  const { keeper, world } = aKeeper('empty', { designation: 'none' });
  await read(keeper);
  world.list = [];
  world.today = friday.add({ days: 1 });

  await read(keeper);

  assert.deepEqual([keeper.ageDays, keeper.designation('KRX:005930')], [1, 'none']);
});

test('the list of instruments of a simulated KIS is read over its own host', async () => {
  const clock = standingClock('10:00');
  const simulator = await daySimulator('list', clock, 'calm');
  const broker = dayClient({ simulator, clock, isSecure: false, onIncident: () => undefined });
  try {
    const list = (await broker.instruments?.()) ?? [];

    assert.equal(list.find(({ symbol }) => symbol === '005930')?.name, '삼성전자');
  } finally {
    await broker.close();
    await simulator.close();
  }
});

test('NxtTrading asks once a day, and does not know before the answer', async () => {
  let today = 20261120;
  let asked = 0;
  const answers = { read: async () => (asked += 1) > 0, today: () => today, onFault: () => assert.fail() };
  const nxt = new NxtTrading(answers);

  const before = [nxt.isTraded('KRX:005930'), nxt.isTraded('KRX:005930')];
  await Promise.resolve();
  await Promise.resolve();
  const then = nxt.isTraded('KRX:005930');
  today = 20261123;

  assert.deepEqual([before, then, asked], [[null, null], true, 1]);
  assert.equal(nxt.isTraded('KRX:005930'), null);
});

function aKeeper(name: string, { designation }: { readonly designation: Designation }) {
  const instrument: ListedInstrument = {
    id: 'KRX:005930',
    symbol: '005930',
    name: '삼성전자',
    market: 'KOSPI',
    kind: 'stock',
    designation,
  };
  const world = { today: friday, list: [instrument], failure: null as RetryLater | null, faults: 0 };
  const file = join(folder, `${name}.json`);
  const keeper = new InstrumentListKeeper({
    file,
    read: async () => {
      if (world.failure !== null) throw world.failure;
      return world.list;
    },
    today: () => world.today,
    onFault: () => (world.faults += 1),
  });
  return { keeper, world, file };
}

/** One look, as the timer has it. */
async function read(keeper: InstrumentListKeeper): Promise<void> {
  keeper.start();
  await keeper.settled();
  keeper.stop();
}
