import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { FaultName } from '#brokers/kis/simulator/host/fault-table.ts';
import { date, ids, instruments } from '../../tests/support/day-parts.ts';
import { SimulatedDay, type LogLine } from '../../tests/support/simulated-day.ts';

const priceTrId = 'FHKST01010100';
/** Answers that nobody should believe, whatever they are answers to. */
const ofAnswers: readonly FaultName[] = [
  'truncated-body',
  'malformed-json',
  'huge-body',
  'wrong-charset',
  'numbers-as-words',
  'duplicate-keys',
  'redirect',
];
const ofPrices: readonly FaultName[] = ['zero-price', 'negative-price', 'odd-tick'];
/** What cannot be read is one thing; a word where the broker's code belongs is a code that nobody knows, another one. */
const told = ['unreadable-answer', 'unmapped-code'];
/** As often as a read is tried, so that no good answer hides the bad one. */
const tries = 3;

describe('a running gateway and input from the broker that nobody should believe', () => {
  let day: SimulatedDay;
  before(async () => {
    day = await SimulatedDay.open({ seed: 'bad input', market: 'busy', isSecure: false });
    await day.reach('10:00');
  });
  after(async () => {
    await day.stop();
    day.remove();
  });

  const [first] = instruments;
  assert.ok(first !== undefined);
  const { id } = first;
  /** What the log says of calls or frames with `trId`, a line a word. */
  const toldOf = (trId: string): readonly string[] => {
    const isAbout = ({ incident, error }: LogLine): boolean =>
      incident?.trId === trId || error?.includes(trId) === true;
    return day.log().flatMap((line) => (isAbout(line) ? [line.incident?.kind ?? line.code ?? ''] : []));
  };

  /** Asks once under each fault, and once more without one. */
  const play = async (faults: readonly FaultName[], trId: string, ask: () => Promise<unknown>): Promise<void> => {
    for (const fault of faults) {
      await day.on(fault, trId, tries);
      await ask().catch(() => undefined);
      assert.ok((await day.struck(fault)) > 0, `${fault} struck`);
      await day.off();
      // The host is given a rest after five failures in a row; a person would wait, too.
      await day.until(
        () =>
          day.gateway.broker.price(id).then(
            () => true,
            () => false,
          ),
        'a good answer',
      );
    }
  };
  const arePricesSound = (): void => {
    for (const quote of day.gateway.feed.quotes.views()) {
      for (const price of [quote.price, quote.basePrice, quote.upperLimit, quote.lowerLimit]) assert.ok(price > 0);
    }
    const guard = day.gateway.guardState(day.gateway.state);
    for (const { id } of instruments) {
      assert.ok((guard.lastTrade(id)?.price ?? 1) > 0 && (guard.basePrice(id) ?? 1) > 0);
    }
  };

  test('a price is never one of nonsense, and the log says so once', async () => {
    await play([...ofAnswers, ...ofPrices], priceTrId, async () => {
      day.gateway.feed.quotes.onSnapshot(await day.gateway.broker.price(id));
    });

    arePricesSound();
    assert.deepEqual(toldOf(priceTrId), told);
  });

  test('a balance is never one of nonsense: the books stand, and the log says so once', async () => {
    const before = day.gateway.state.books;

    await play(ofAnswers, ids.balance, () => day.gateway.books.compare());

    assert.deepEqual(day.gateway.state.books, before);
    assert.deepEqual(toldOf(ids.balance), told);
  });

  test('a list of orders is incomplete and not empty, and the log says so once', async () => {
    const kinds: string[] = [];

    await play(ofAnswers, ids.list, async () => {
      kinds.push((await day.gateway.broker.orders(date)).kind);
    });

    assert.deepEqual([...new Set(kinds)], ['incomplete']);
    assert.deepEqual(toldOf(ids.list), told);
  });

  test('the stream brings no trade of nonsense, and the log says so once', async () => {
    for (const fault of ofPrices) {
      await day.on(fault, ids.trades, tries);
      await day.until(async () => {
        await day.step(1);
        return (await day.struck(fault)) >= tries;
      }, fault);
      await day.off();
    }

    arePricesSound();
    assert.deepEqual(toldOf(ids.trades), ['unreadable-frame']);
    assert.equal(day.gateway.state.halted, null, 'nobody had to stop anything');
  });
});
