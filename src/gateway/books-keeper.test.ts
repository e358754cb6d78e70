import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Balance } from '#brokers/broker.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { BooksKeeper } from './books-keeper.ts';
import { handle } from './desk/desk.ts';
import type { DeskEvent } from './desk/events.ts';
import { emptyDesk, type DeskState } from './desk/state.ts';

const now = Temporal.Instant.from('2026-03-03T01:00:00Z');

test('BooksKeeper opens the books of the day with the broker´s balance, once nothing is in doubt', async () => {
  const { keeper, desk } = aKeeper();
  await keeper.compare();
  assert.equal(desk.state.books?.date, undefined, 'the start is not resolved yet');

  desk.resolve();
  await keeper.compare();

  assert.deepEqual([desk.state.books?.date, desk.state.books?.cash], [20260303, 10_000_000]);
  assert.equal(keeper.confirmedAt, now.toString());
});

test('BooksKeeper takes over the broker´s holdings when they differ in three looks, and says so', async () => {
  const { keeper, desk, broker } = aKeeper();
  desk.resolve();
  await keeper.compare();
  broker.held = 3;

  await keeper.compare();
  await keeper.compare();
  assert.equal(desk.state.books?.positions.size, 0, 'a push may still come');
  assert.equal(broker.inquiries, 2, 'missed fills are looked for first');
  await keeper.compare();

  assert.equal(desk.state.books?.positions.get('KRX:005930')?.quantity, 3);
  assert.equal(desk.state.incidents.at(-1)?.code, 'books-differ');
  assert.equal(desk.state.halted?.by, 'rule reconcile', 'until a person has looked');
});

test('BooksKeeper begins anew when a fill came in while it looked', async () => {
  const { keeper, desk, broker } = aKeeper();
  desk.resolve();
  await keeper.compare();
  broker.held = 3;
  for (let look = 0; look < 5; look += 1) {
    const looking = keeper.compare();
    keeper.onFill();
    await looking;
  }

  assert.deepEqual(desk.state.incidents, []);
});

test('BooksKeeper calls cash that moved by more than 10,000 won without a fill a difference, and less an estimate', async () => {
  const { keeper, desk, broker } = aKeeper();
  desk.resolve();
  await keeper.compare();

  broker.cash = 9_990_000;
  for (let look = 0; look < 3; look += 1) await keeper.compare();
  assert.deepEqual(desk.state.incidents, []);
  broker.cash = 9_989_999;
  for (let look = 0; look < 3; look += 1) await keeper.compare();

  assert.equal(desk.state.incidents.length, 1);
  assert.equal(desk.state.books?.cash, 9_989_999);
});

test('BooksKeeper lets the broker´s cash take the place of our estimates once, when the day is over', async () => {
  const { keeper, desk, broker } = aKeeper();
  desk.resolve();
  await keeper.compare();
  broker.cash = 9_999_993;
  await keeper.compare();
  assert.equal(desk.state.books?.cash, 10_000_000, 'an estimate holds while orders may still fill');

  desk.now = Temporal.Instant.from('2026-03-03T07:00:00Z');
  await keeper.compare();
  assert.equal(desk.state.books?.cash, 9_999_993);
  broker.cash = 9_999_000;
  await keeper.compare();

  assert.equal(desk.state.books?.cash, 9_999_993, 'once a day');
  assert.deepEqual([desk.state.incidents, desk.state.halted], [[], null]);
});

function aKeeper() {
  const desk = new TinyDesk();
  const broker = { held: 0, cash: 10_000_000, inquiries: 0 };
  const balance = async (): Promise<Balance> => {
    const instrument = 'KRX:005930';
    const position = { instrument, quantity: quantity(broker.held), cost: won(broker.held * 70_000) } as const;
    const settledCash = won(broker.cash);
    return { cash: settledCash, settledCash, positions: broker.held === 0 ? [] : [position], equity: settledCash };
  };
  const keeper = new BooksKeeper({
    broker: { balance },
    clock: { now: () => desk.now },
    state: () => desk.state,
    record: async (event) => desk.tell(event),
    inquire: async () => {
      broker.inquiries += 1;
    },
    onFault: (error) => assert.fail(String(error)),
    onConfirmed: () => undefined,
  });
  return { keeper, desk, broker };
}

class TinyDesk {
  state: DeskState = emptyDesk;
  now = now;

  tell(event: DeskEvent): void {
    const settings = { quietWindowMs: 30_000, speed: 1 };
    this.state = handle(this.state, event, { at: now.toString(), elapsedMs: 1 }, settings).state;
  }

  resolve(): void {
    const inquiry = { kind: 'complete', rows: [] } as const;
    this.tell({ kind: 'inquired', date: 20260303, inquiry, sentElapsedMs: 1, isDayOver: false, isWhole: true });
  }
}
