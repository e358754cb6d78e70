import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';

import * as fc from 'fast-check';

import type { BrokerEnvironment } from '#domain/environment.ts';
import type { OverseasOrderRequest } from '#domain/overseas-order.ts';
import { quantity } from '#domain/quantity.ts';
import { Secret } from '#domain/secret.ts';
import { usdTick } from '#domain/usd.ts';
import { approveOverseas, type ApprovedOverseas } from '#guard/overseas-approved.ts';

import { answerJson, openScriptedHost, type Script } from '../fixtures/scripted-host.ts';
import { fixtureOptions } from '../fixtures/fixture-broker.ts';
import { createKisBroker } from '../index.ts';
import { machineClock } from '../simulator/venue/venue-clock.ts';
import type { KisOverseas } from './kis-overseas.ts';
import { tenThousandths, usdText } from './usd-text.ts';
import { aSimulator } from '../simulator/fixtures/wire-test-kit.ts';

function anOrder(changes: Partial<OverseasOrderRequest> = {}): ApprovedOverseas {
  return approveOverseas({
    requestId: 'request-1',
    requester: { kind: 'person', via: 'cli' },
    instrument: 'NASDAQ:AAPL',
    side: 'buy',
    type: 'limit',
    quantity: quantity(2),
    price: usdTick(100_000),
    reason: 'test',
    ...changes,
  });
}

/** US stocks over a simulator in which the market is always open. */
async function simulated(environment: BrokerEnvironment): Promise<{ us: KisOverseas; close: () => Promise<void> }> {
  const clock = machineClock();
  const simulator = await aSimulator({
    clock,
    tokenThrottleSeconds: 0,
  });
  const { hosts, credentials } = simulator;
  const { appKey, appSecret, account } = credentials[environment];
  const broker = createKisBroker({
    ...fixtureOptions({ rest: hosts.rest, webSocket: hosts.webSocket }),
    environment,
    rest: environment === 'paper' ? hosts.rest : hosts.restReal,
    webSocket: environment === 'paper' ? hosts.webSocket : hosts.webSocketReal,
    simulated: environment === 'real',
    clock,
    credentials: {
      appKey: () => new Secret(appKey),
      appSecret: () => new Secret(appSecret),
      account: () => new Secret(account),
      htsId: () => new Secret(credentials.htsId),
      loadToken: () => null,
      saveToken: () => undefined,
    },
  });
  return { us: broker.overseas, close: () => simulator.close() };
}

for (const environment of ['paper', 'real'] as const) {
  describe(`KisOverseas against the simulator, ${environment}`, () => {
    it('places, amends, cancels, fills and reads back what it did', async () => {
      const { us, close } = await simulated(environment);
      try {
        const price = await us.price('NASDAQ:AAPL');
        const today = Temporal.Now.plainDateISO('America/New_York');
        const before = await us.presentBalance();
        const placed = await us.place(anOrder());
        assert.ok(placed.kind === 'accepted', JSON.stringify(placed));
        const [working] = rowsOf(await us.workingOrders());
        assert.ok(working !== undefined);
        assert.deepEqual([working.brokerOrderId, working.remaining], [placed.brokerOrderId, 2]);
        const amended = await us.amend(working, anOrder({ price: usdTick(110_000) }));
        assert.ok(amended.kind === 'accepted', JSON.stringify(amended));
        const cancelled = await us.cancel({ ...working, brokerOrderId: amended.brokerOrderId });
        assert.equal(cancelled.kind, 'accepted');
        const again = await us.cancel({ ...working, brokerOrderId: amended.brokerOrderId });
        assert.deepEqual([again.kind, again.kind === 'rejected' && again.reason], ['rejected', 'nothing-left']);
        const filled = await us.place(anOrder({ price: usdTick(price.price * 2) }));
        assert.ok(filled.kind === 'accepted');

        const orders = rowsOf(await us.orders(today.subtract({ days: 1 }), today.add({ days: 1 })));
        assert.deepEqual(
          orders.map(({ change, filled: shares, remaining }) => [change, shares, remaining]),
          [
            ['none', 0, 0],
            ['amend', 0, 0],
            ['cancel', 0, 0],
            ['none', 2, 0],
          ],
        );
        const positions = await us.positions();
        assert.deepEqual(
          positions.map((position) => [position.instrument, position.quantity, position.sellable]),
          [['NASDAQ:AAPL', 2, 2]],
        );
        assert.equal(orders[3]?.fillPriceAverage, (positions[0]?.cost ?? 0) / 2);
        const after = await us.presentBalance();
        assert.equal(after.cash, before.cash, 'trades settle a day later');
        const buyable = await us.buyable('NASDAQ:AAPL', usdTick(1_000_000));
        assert.equal(buyable.rate, 14_000_000);
        assert.ok(buyable.cash < before.cash && buyable.quantity > 0);
      } finally {
        await close();
      }
    });

    it('pages bars back without a gap and without a row twice', async () => {
      const { us, close } = await simulated(environment);
      try {
        const to = Temporal.PlainDate.from('2026-10-30');
        const from = to.subtract({ days: 230 });
        const bars = await us.bars('NYSE:KO', 'day', from, to);

        assert.equal(bars.length, 231);
        assert.ok(bars.every((bar, index) => bar.date.equals(from.add({ days: index }))));
        assert.ok(bars.every((bar) => bar.low <= bar.open && bar.close <= bar.high && bar.low > 0));
        if (environment === 'paper') {
          await assert.rejects(us.minuteBars('NYSE:KO', 1, 5), { code: 'kis.not-on-paper' });
          return;
        }
        const minutes = await us.minuteBars('NYSE:KO', 1, 250);
        assert.equal(minutes.length, 250);
        assert.ok(
          minutes.every((bar, index) => {
            const next = minutes[index + 1]?.startsAt ?? null;
            return next === null || bar.startsAt?.until(next).total('minutes') === 1;
          }),
        );
        const book = await us.orderBook('NYSE:KO');
        assert.deepEqual([book.asks.length, book.bids.length], [10, 10]);
        assert.ok((book.asks[0]?.price ?? 0) > (book.bids[0]?.price ?? 0));
        assert.equal((await us.product('AMEX:SPY')).isin, 'US78462F1030');
        assert.ok((await us.priceDetail('AMEX:SPY')).high52Weeks > 0);
        assert.equal((await us.settlement(Temporal.PlainDate.from('2026-10-30'))).isTradingDay, true);
        assert.deepEqual(await us.profit(from, to), []);
      } finally {
        await close();
      }
    });
  });
}

test('KisOverseas.place() sends nothing that KIS does not take, and nothing without the guard', async (context) => {
  const host = await openScriptedHost((_call, response) => answerJson(response, 500, {}));
  context.after(() => host.close());
  const us = createKisBroker(fixtureOptions(host)).overseas;

  const onPaper = await us.place(anOrder({ type: 'limit-on-close' }));
  const noSuchKind = await us.place(anOrder({ type: 'market-on-open' }));

  assert.deepEqual([onPaper.kind, noSuchKind.kind], ['not-sent', 'not-sent']);
  await assert.rejects(us.place({ ...anOrder() }), { name: 'InvariantError' });
  const other = { ...anOrder(), brokerOrderId: '0000000001', remaining: quantity(1) } as never;
  await assert.rejects(us.amend(other, anOrder({ side: 'sell' })), { name: 'InvariantError' });
  assert.equal(host.calls.length, 0);
});

test('KisOverseas.place() calls an answer unknown unless it is a documented refusal or has a number', async (context) => {
  const answers: readonly (readonly [number, unknown, string])[] = [
    [200, { rt_cd: '0', msg_cd: '40600000', msg1: '', output: {} }, 'unknown'],
    [200, { rt_cd: '7', msg_cd: 'APBK1664', msg1: '' }, 'rejected'],
    [200, { rt_cd: '7', msg_cd: 'APBK9876', msg1: '' }, 'unknown'],
    [500, { rt_cd: '1', msg_cd: 'EGW00301', msg1: '' }, 'unknown'],
    [200, 'no json', 'unknown'],
  ];
  let next = 0;
  const host = await openScriptedHost((_call, response) => {
    const [status, body] = answers[next++] ?? [500, {}];
    answerJson(response, status, body);
  });
  context.after(() => host.close());
  const us = createKisBroker(fixtureOptions(host)).overseas;

  for (const [, , kind] of answers) assert.equal((await us.place(anOrder())).kind, kind);
  assert.equal(host.calls.length, answers.length, 'none was sent twice');
});

test('KisOverseas.positions() counts a stock once, however often three markets and their pages name it', async (context) => {
  let rows: readonly string[][] = [];
  const script: Script = ({ query }, response) => {
    const pages = rows;
    const page = Number(query.get('CTX_AREA_NK200')?.trim() || '0');
    const isLast = page >= pages.length - 1;
    const nk = isLast ? '' : String(page + 1);
    const body = {
      ctx_area_fk200: ' '.repeat(200),
      ctx_area_nk200: nk.padEnd(200),
      output1: (pages[page] ?? []).map((symbol) => holding(symbol, query.get('OVRS_EXCG_CD') ?? '')),
      output2: {},
      rt_cd: '0',
      msg_cd: '20310000',
      msg1: '',
    };
    answerJson(response, 200, body, isLast ? (page === 0 ? 'D' : 'E') : page === 0 ? 'F' : 'M');
  };
  const host = await openScriptedHost(script);
  context.after(() => host.close());
  const us = createKisBroker(fixtureOptions(host)).overseas;
  const symbol = fc.constantFrom('AAPL', 'KO', 'SPY', 'BRK/B');

  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(symbol, { maxLength: 4 }), { minLength: 1, maxLength: 4 }), async (pages) => {
      rows = pages;
      const named = (await us.positions()).map(({ instrument }) => instrument);

      assert.deepEqual(
        named,
        [...new Set(pages.flat())].map((one) => `NASDAQ:${one}`),
      );
    }),
    { numRuns: 25 },
  );
});

test('KisOverseas.orders() is incomplete, and never short, when a page says neither more nor end', async (context) => {
  const host = await openScriptedHost((_call, response) =>
    answerJson(response, 200, { output: [], rt_cd: '0', msg_cd: 'KIOK0510', msg1: '' }, ''),
  );
  context.after(() => host.close());
  const us = createKisBroker(fixtureOptions(host)).overseas;
  const day = Temporal.PlainDate.from('2026-11-20');

  assert.equal((await us.orders(day, day)).kind, 'incomplete');
  assert.equal((await us.workingOrders()).kind, 'incomplete');
});

test('usdText() writes every price so that tenThousandths() reads it back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000_000 }), (price) => {
      assert.equal(tenThousandths(usdText(usdTick(price))), price);
    }),
  );
  assert.deepEqual(['191.45', '191.450049', '191.45005', '-0.00005', '0', '', '1.', '1e3', 'NaN'].map(tenThousandths), [
    1_914_500,
    1_914_500,
    1_914_501,
    -1,
    0,
    null,
    null,
    null,
    null,
  ]);
});

function holding(ovrs_pdno: string, ovrs_excg_cd: string): Record<string, string> {
  return {
    ovrs_pdno,
    ovrs_item_name: '',
    ovrs_cblc_qty: '3',
    ord_psbl_qty: '3',
    frcr_pchs_amt1: '600.00000',
    now_pric2: '200.0000',
    ovrs_excg_cd,
  };
}

function rowsOf<Row>(
  inquiry: { kind: 'complete'; rows: readonly Row[] } | { kind: 'incomplete'; cause: string },
): readonly Row[] {
  assert.ok(inquiry.kind === 'complete', inquiry.kind === 'incomplete' ? inquiry.cause : '');
  return inquiry.rows;
}
