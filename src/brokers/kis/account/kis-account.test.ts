import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ManualClock } from '#domain/clock.ts';
import type { OrderRequest } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { approve } from '#guard/approved.ts';

import { fixtureOptions, fixtureRequest } from '../fixtures/fixture-broker.ts';
import { answerJson, openScriptedHost } from '../fixtures/scripted-host.ts';
import { playTranscript } from '../fixtures/transcript-host.ts';
import { createKisBroker, type KisBroker, type KisBrokerOptions } from '../index.ts';

const nowhere = { rest: 'http://127.0.0.1:9', webSocket: 'ws://127.0.0.1:9' };
const real = { environment: 'real', simulated: true } as const;

/** A clock that begins at a wall clock in Seoul; real milliseconds go by as they do. */
class EveningClock extends ManualClock {
  constructor(time: string) {
    super(Temporal.PlainDateTime.from(time).toZonedDateTime('Asia/Seoul').toInstant());
  }

  override elapsedMs(): number {
    return performance.now() + super.elapsedMs();
  }
}

function aBroker(host: typeof nowhere, changes: Partial<KisBrokerOptions> = {}): KisBroker {
  return createKisBroker(fixtureOptions(host, { ...real, clock: new EveningClock('2026-11-20T16:10:00'), ...changes }));
}

test('createKisAccount() speaks an evening of questions and reservations to the letter', async (context) => {
  const host = await playTranscript('real-account');
  context.after(() => host.close());
  const broker = aBroker(host);
  const { account } = broker;
  const period = { from: Temporal.PlainDate.from('2026-11-01'), to: Temporal.PlainDate.from('2026-11-20') };

  const buyable = await account.buyableFor(fixtureRequest({ type: 'market', price: won(0) }));
  const sellable = await account.sellable('KRX:005930');
  const other = await account.sellable('KRX:000660');
  const balance = await account.realisedBalance();
  const byDay = await account.profitByDay(period);
  const byTrade = await account.profitByTrade(period, 'KRX:005930');
  const assets = await account.assets();
  const reserved = await account.reserve(approve(fixtureRequest()));
  const lost = await account.reserve(
    approve(fixtureRequest({ side: 'sell', type: 'market', price: won(0), session: 'pre-hours-close' })),
    Temporal.PlainDate.from('2026-12-20'),
  );
  const reservations = await account.reservations({
    from: Temporal.PlainDate.from('2026-11-20'),
    to: Temporal.PlainDate.from('2026-11-23'),
  });
  assert.ok(reservations.kind === 'complete');
  const [first, second] = reservations.rows;
  assert.ok(first !== undefined && second !== undefined);
  const smaller = approve(fixtureRequest({ quantity: quantity(1), price: won(69_900) }));
  const amended = await account.amendReservation(first, smaller);
  const cancelled = await account.cancelReservation(first);
  await broker.close();

  assert.deepEqual(host.differences(), []);
  assert.deepEqual(buyable, { cash: 1_000_000, quantity: 10 });
  assert.deepEqual(sellable, {
    instrument: 'KRX:005930',
    held: 15,
    sellable: 12,
    costAverage: 70_080,
    price: 72_300,
  });
  assert.equal(other.sellable, 1);
  assert.deepEqual(balance, {
    cash: 5_000_000,
    settledCash: 4_859_700,
    equity: 5_944_200,
    positions: [{ instrument: 'KRX:005930', quantity: 15, cost: 1_051_200 }],
    realised: -12_340,
    realisedPercent: -1.17394,
    unrealised: 33_300,
    unrealisedPercent: null,
  });
  assert.deepEqual(
    byDay.rows.map((row) => [row.date.toString(), row.bought, row.sold, row.realised, row.fee, row.tax]),
    [
      ['2026-11-19', 10, 0, 0, 98, 0],
      ['2026-11-20', 0, 3, -12_340, 30, 434],
    ],
  );
  assert.deepEqual([byDay.realised, byDay.fee, byDay.tax], [-12_340, 128, 434]);
  assert.deepEqual(
    byTrade.rows.map((row) => [row.instrument, row.name, row.held, row.costAverage, row.sellPriceAverage]),
    [['KRX:005930', '삼성전자', 15, 76_300, 72_334]],
  );
  assert.deepEqual([assets.total, assets.net, assets.cash, assets.loans], [5_944_200, 5_944_200, 4_859_700, 0]);
  assert.deepEqual(
    assets.classes.map(({ percent }) => percent),
    [18.24, null],
  );
  assert.ok(reserved.kind === 'accepted');
  assert.equal(reserved.brokerOrderId, '88793');
  assert.equal(lost.kind, 'unknown', 'an acceptance without a number is not believed');
  assert.deepEqual(
    reservations.rows.map((row) => [row.id, row.orderedOn.toString(), row.type, row.until?.toString() ?? null]),
    [
      ['88793', '2026-11-23', 'limit', null],
      ['88794', '2026-11-23', null, '2026-12-20'],
    ],
  );
  assert.deepEqual(
    [second.cancelledOn?.toString(), second.brokerOrderId, second.refusal],
    ['2026-11-20', '0000000123', '주문가능금액 초과'],
  );
  assert.equal(amended.kind, 'accepted');
  assert.equal(cancelled.kind, 'unknown', 'a code of no table proves nothing');
});

test('reserve() sends nothing outside of its hours, on paper, too far ahead, or for a kind that cannot be reserved', async () => {
  const causeOf = async (broker: KisBroker, change: Partial<OrderRequest> = {}, until?: string): Promise<string> => {
    const day = until === undefined ? undefined : Temporal.PlainDate.from(until);
    const result = await broker.account.reserve(approve(fixtureRequest(change)), day);
    return result.kind === 'not-sent' ? result.cause : result.kind;
  };
  const at = (time: string) => aBroker(nowhere, { clock: new EveningClock(time) });
  const evening = at('2026-11-20T16:10:00');

  assert.match(await causeOf(at('2026-11-20T10:00:00')), /from 15:40 to 07:30/);
  assert.match(await causeOf(at('2026-11-20T23:45:00')), /from 15:40 to 07:30/);
  assert.match(await causeOf(aBroker(nowhere, { environment: 'paper' })), /paper trading takes no reservations/);
  assert.match(await causeOf(evening, { venue: 'NXT' }), /no reservation of this kind: limit day on NXT/);
  assert.match(await causeOf(evening, { timeInForce: 'ioc' }), /no reservation of this kind: limit ioc/);
  assert.match(await causeOf(evening, { session: 'after-market' }), /no reservation of this kind/);
  assert.match(await causeOf(evening, {}, '2026-12-21'), /1 to 30 days, not for 31/);
  assert.match(await causeOf(evening, {}, '2026-11-20'), /1 to 30 days, not for 0/);
  assert.equal(await causeOf(evening, {}, '2026-12-20'), 'ECONNREFUSED');
  assert.equal(await causeOf(evening), 'ECONNREFUSED');
  const unapproved = fixtureRequest() as ReturnType<typeof approve>;
  await assert.rejects(evening.account.reserve(unapproved), /without the guard/);
});

test('reserve() answers unknown to a lost connection, and sends once', async (context) => {
  const host = await openScriptedHost((_call, response) => response.destroy());
  context.after(() => host.close());
  const broker = aBroker(host);

  const result = await broker.account.reserve(approve(fixtureRequest()));
  await broker.close();

  assert.equal(result.kind, 'unknown');
  assert.equal(host.calls.length, 1);
});

test('filledOrders() asks for what is older than three months under its own TR, and puts both parts together', async (context) => {
  const host = await openScriptedHost((call, response) => {
    const date = call.query.get('INQR_STRT_DT') ?? '';
    const rows = [
      { ...aRow, ord_dt: date, odno: '0000000001' },
      { ...aRow, ord_dt: call.query.get('INQR_END_DT'), odno: '0000000002', tot_ccld_qty: '0' },
    ];
    const keys = { ctx_area_fk100: ' '.repeat(100), ctx_area_nk100: ' '.repeat(100) };
    answerJson(response, 200, { ...keys, output1: rows, output2: {}, rt_cd: '0', msg_cd: 'KIOK0460', msg1: '' }, 'D');
  });
  context.after(() => host.close());
  const broker = aBroker(host);
  const asked = async (from: string, to: string): Promise<readonly string[]> => {
    const before = host.calls.length;
    const period = { from: Temporal.PlainDate.from(from), to: Temporal.PlainDate.from(to) };
    const answer = await broker.account.filledOrders(period);
    assert.equal(answer.kind === 'complete' && answer.rows.length, host.calls.length - before);
    return host.calls
      .slice(before)
      .map(({ trId, query }) => `${trId} ${query.get('INQR_STRT_DT')}-${query.get('INQR_END_DT')}`);
  };

  assert.deepEqual(await asked('2026-08-20', '2026-11-20'), ['TTTC0081R 20260820-20261120']);
  assert.deepEqual(await asked('2026-07-01', '2026-08-19'), ['CTSC9215R 20260701-20260819']);
  assert.deepEqual(await asked('2026-08-19', '2026-08-20'), [
    'CTSC9215R 20260819-20260819',
    'TTTC0081R 20260820-20260820',
  ]);
  await broker.close();
});

test('sellable() reads either name of the block, also beside an empty one, and believes nothing about another stock', async (context) => {
  const row = { pdno: '005930', cblc_qty: '5', ord_psbl_qty: '3', pchs_avg_pric: '70000.0000', now_pric: '0' };
  let blocks: object = {};
  const host = await openScriptedHost((_call, response) =>
    answerJson(response, 200, { ...blocks, rt_cd: '0', msg_cd: 'KIOK0420', msg1: '' }),
  );
  context.after(() => host.close());
  const broker = aBroker(host);
  const shares = async (answer: object): Promise<number | string> => {
    blocks = answer;
    return broker.account.sellable('KRX:005930').then(
      ({ sellable }) => sellable,
      (error: { code?: string }) => error.code ?? 'none',
    );
  };

  assert.equal(await shares({ output: row, output1: row }), 3);
  assert.equal(await shares({ output: {}, output1: [row] }), 3);
  assert.equal(await shares({ output: [], output1: row }), 3);
  assert.equal(await shares({ output: [row], output1: [] }), 3);
  for (const bad of [
    {},
    { output: {} },
    { output: { ...row, pdno: '000660' } },
    { output: { ...row, ord_psbl_qty: '' } },
  ]) {
    assert.equal(await shares(bad), 'kis.unreadable-answer', JSON.stringify(bad));
  }
  await broker.close();
});

test('workingOrders() on paper is the unfilled part of the daily list, without cancels and refusals', async (context) => {
  const rows = [
    { ...aRow, odno: '0000000001', tot_ccld_qty: '1', rmn_qty: '1' },
    { ...aRow, odno: '0000000002', rmn_qty: '0' },
    { ...aRow, odno: '0000000003', rmn_qty: '2', cncl_yn: 'Y' },
    { ...aRow, odno: '0000000004', rmn_qty: '2', rjct_qty: '2' },
  ];
  const host = await openScriptedHost((_call, response) => {
    const keys = { ctx_area_fk100: ' '.repeat(100), ctx_area_nk100: ' '.repeat(100) };
    answerJson(response, 200, { ...keys, output1: rows, output2: {}, rt_cd: '0', msg_cd: '20310000', msg1: '' }, 'D');
  });
  context.after(() => host.close());
  const broker = aBroker(host, { environment: 'paper' });

  const working = await broker.account.workingOrders();
  await broker.close();

  assert.deepEqual(
    host.calls.map(({ trId, query }) => [trId, query.get('CCLD_DVSN'), query.get('EXCG_ID_DVSN_CD')]),
    [['VTTC0081R', '02', 'KRX']],
  );
  assert.ok(working.kind === 'complete');
  assert.deepEqual(
    working.rows.map((row) => [row.brokerOrderId, row.cancellable]),
    [['0000000001', 1]],
  );
});

test('what KIS offers on the real host only is refused on paper before a byte leaves', async () => {
  const { account } = aBroker(nowhere, { environment: 'paper' });

  for (const ask of [() => account.sellable('KRX:005930'), () => account.realisedBalance(), () => account.assets()]) {
    await assert.rejects(ask(), { code: 'kis.not-on-paper' });
  }
  const day = Temporal.PlainDate.from('2026-11-20');
  assert.equal((await account.reservations({ from: day, to: day })).kind, 'incomplete');
  await assert.rejects(account.buyableFor({ ...fixtureRequest({ type: 'mid', price: won(0) }), venue: 'SOR' }), {
    code: 'kis.order-kind',
  });
});

/** A row of the daily list with the fields we read. */
const aRow = {
  ord_dt: '20261120',
  ord_tmd: '100000',
  odno: '0000117057',
  orgn_odno: '',
  ord_gno_brno: '91252',
  sll_buy_dvsn_cd: '02',
  pdno: '005930',
  ord_qty: '2',
  ord_unpr: '70000',
  tot_ccld_qty: '2',
  rmn_qty: '0',
  rjct_qty: '0',
  cncl_yn: 'N',
  avg_prvs: '70000.0000',
};
