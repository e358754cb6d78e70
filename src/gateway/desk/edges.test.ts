import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrokerOrderId, OrderId } from '#domain/order.ts';
import { instrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { accepted, aRow, DeskInHand, lost, openedAt, rejected } from '../../../tests/support/desk-in-hand.ts';

for (const [apartMs, isHalted] of [
  [600_000, true],
  [600_001, false],
] as const) {
  test(`N07 two lost answers ${apartMs} ms apart ${isHalted ? 'halt' : 'do not halt'}`, () => {
    const desk = new DeskInHand().at(1_000).submit('a').placed('a', lost);

    desk
      .at(1_000 + apartMs)
      .submit('b', other)
      .placed('b', lost);

    assert.equal(desk.state.halted !== null, isHalted);
  });

  test(`N07 five rejections within ${apartMs} ms ${isHalted ? 'halt' : 'do not halt'}`, () => {
    const desk = new DeskInHand().at(1_000).submit('0').placed('0', rejected);
    desk.at(1_000 + apartMs);
    for (const id of ['1', '2', '3']) desk.submit(id).placed(id, rejected);
    assert.equal(desk.state.halted, null, 'not at four');

    desk.submit('4').placed('4', rejected);

    assert.equal(desk.state.halted !== null, isHalted);
  });
}

test('N07 a halted desk is halted once', () => {
  const desk = new DeskInHand().submit('a').submit('b', other).tell({ kind: 'halt', by: 'web', reason: '' });

  desk.placed('a', lost).placed('b', lost);

  assert.deepEqual(desk.recordKinds, ['order.unknown']);
});

test('N07 an accepted order ends a row of rejections', () => {
  const desk = new DeskInHand();
  for (const id of ['1', '2', '3', '4']) desk.submit(id).placed(id, rejected);

  desk.acked('5').submit('6').placed('6', rejected);

  assert.equal(desk.state.halted, null);
});

for (const [spanMs, state] of [
  [29_999, 'unknown'],
  [30_000, 'confirmed-absent'],
] as const) {
  test(`INV-06 an order is ${state} when its inquiries span ${spanMs} of 30,000 ms`, () => {
    const desk = new DeskInHand().submit('a').at(10_000).placed('a', lost);

    desk.at(11_000).inquire([]).at(12_000).inquire([]);
    desk.at(90_000).inquire([], 11_000 + spanMs);

    assert.equal(desk.order('a').state, state);
  });
}

test('an order that is found refused is rejected by what was found, and never acknowledged', () => {
  const desk = new DeskInHand().submit('a').placed('a', lost).at(1_000);

  desk.inquire([aRow('7', { isRejected: true })]);

  assert.deepEqual(desk.recordKinds, ['order.rejected']);
  assert.partialDeepStrictEqual(desk.records[0]?.body, { code: 'found', brokerOrderId: '7' });
});

test('INV-06 a list asked for in the millisecond of the lost answer proves nothing, one later counts', () => {
  const desk = new DeskInHand().submit('a').at(10_000).placed('a', lost);

  desk.at(10_500).inquire([], 10_000);
  assert.deepEqual(desk.order('a').doubt?.inquiries, 0);
  desk.inquire([], 10_001);
  assert.deepEqual(desk.order('a').doubt?.inquiries, 1);
});

const windows: readonly (readonly [string, number, number, boolean])[] = [
  ['2.999 s before it was sent, cut off to that second', 1, -2_999, true],
  ['3 s before it was sent', 1, -3_000, false],
  ['30 s after its answer was lost', 1, 40_000, true],
  ['30.001 s after its answer was lost', 1, 40_001, false],
  ['ten times as long before, in a market ten times as fast', 10, -20_999, true],
  ['longer than that before', 10, -21_000, false],
  ['ten times as long after', 10, 310_000, true],
  ['longer than that after', 10, 310_001, false],
];
for (const [name, speed, orderedMs, isFound] of windows) {
  test(`§8 an order stamped ${name} is ${isFound ? 'found' : 'not ours'}`, () => {
    const desk = new DeskInHand(speed).submit('a').at(10_000).placed('a', lost);

    desk.at(500_000).inquire([aRow('7', { orderedAt: openedAt.add({ milliseconds: orderedMs }) })]);

    assert.equal(desk.order('a').state, isFound ? 'acked' : 'unknown');
  });
}

for (const [orderedMs, isFound] of [
  [60_000, true],
  [60_001, false],
] as const) {
  test(`§8 after a crash an order stamped ${orderedMs} ms after its sending is ${isFound ? 'found' : 'not ours'}`, () => {
    const desk = new DeskInHand().submit('a');
    desk.at(3_600_000).tell({ kind: 'started', build: '', environment: 'paper' });

    desk.inquire([aRow('7', { orderedAt: openedAt.add({ milliseconds: orderedMs }) })]);

    assert.equal(desk.order('a').state, isFound ? 'acked' : 'unknown');
  });
}

test('an order that was found asks for the next list at once, and its fills are read from it', () => {
  const desk = new DeskInHand().submit('a').at(10_000).placed('a', lost);

  desk.at(11_000).inquire([aRow('7', { filled: quantity(4) })]);

  assert.equal(desk.order('a').state, 'acked');
  assert.deepEqual(desk.effectKinds, ['inquire']);
  desk.at(12_000).inquire([aRow('7', { filled: quantity(4) })]);
  assert.equal(desk.order('a').filled, 4);
});

test('a list as old as the acknowledgement need not show the order, a later one must', () => {
  const desk = new DeskInHand().submit('a').at(1_000).placed('a', accepted('1'));

  desk.at(2_000).inquire([], 1_000);
  assert.equal(desk.order('a').doubt, null);
  desk.inquire([], 1_001);
  assert.equal(desk.order('a').doubt?.about, 'row');
  desk.inquire([aRow('1')]);
  assert.equal(desk.order('a').doubt, null);
  assert.deepEqual(desk.recordKinds, ['order.seen']);
});

for (const [sentMs, isAsked] of [
  [5_000, false],
  [5_001, true],
] as const) {
  test(`a cancel without effect is ${isAsked ? '' : 'not '}asked for again by a list of ${sentMs - 2_000} ms after its answer`, () => {
    const desk = aCancelled();

    desk.at(9_000).inquire([aRow('a')], sentMs);

    assert.deepEqual(desk.effectKinds, isAsked ? ['cancel'] : []);
    assert.equal(desk.order('a').cancel?.attempts, isAsked ? 2 : 1);
  });
}

test('a cancel is asked for five times and then told once', () => {
  const desk = aCancelled();
  for (let nowMs = 10_000; nowMs < 100_000; nowMs += 10_000) {
    desk.at(nowMs).inquire([aRow('a')]);
    if (desk.effectKinds.includes('cancel')) {
      desk.tell({ kind: 'cancel-answered', orderId: 'a' as OrderId, result: accepted('c') });
    }
  }

  assert.equal(desk.order('a').cancel?.attempts, 5);
  assert.deepEqual(desk.incidentCodes, ['cancel-failed']);
  assert.equal(desk.state.incidents[0]?.detail, 'Order a is still working after 5 cancels');
});

for (const [sentMs, codes] of [
  [6_000, []],
  [6_001, ['fill-missing']],
] as const) {
  test(`fewer shares in a list of ${sentMs - 1_000} ms after the push are ${codes.length === 0 ? 'waited for' : 'told, once'}`, () => {
    const desk = new DeskInHand().acked('a').at(1_000).tell(aPush(3, 1_000));

    desk
      .at(20_000)
      .inquire([aRow('a')], sentMs)
      .inquire([aRow('a')], sentMs);

    assert.deepEqual(desk.incidentCodes, codes);
    assert.equal(desk.order('a').filled, 3, 'what a push told is not taken back');
  });
}

test('INV-07 fewer shares in the list than by push halt a desk that trades, and no halted one a second time', () => {
  const found = (desk: DeskInHand) => desk.at(20_000).inquire([aRow('a')]).recordKinds;
  const pushed = () => new DeskInHand().acked('a').at(1_000).tell(aPush(3, 1_000));

  assert.deepEqual(found(pushed()).toSorted(), ['halt', 'incident', 'order.cancel-requested']);
  assert.deepEqual(found(pushed().tell({ kind: 'halt', by: 'web', reason: '' })), ['incident']);
});

test('INV-07 a push for the last share counts, one for a share more does not', () => {
  const desk = new DeskInHand().acked('a').tell(aPush(9, 1_000)).tell(aPush(2, 2_000));
  assert.equal(desk.order('a').filled, 9);
  assert.deepEqual(desk.incidentCodes, ['fill-excess']);
  assert.equal(desk.state.incidents[0]?.detail, 'A push reports 2 shares where 1 were left');
  assert.deepEqual(desk.effectKinds, ['inquire'], 'and has the list asked for');

  desk.tell(aPush(1, 3_000));
  assert.equal(desk.order('a').state, 'filled');
});

test('INV-07 a list with more shares than were ordered halts, and counts what was ordered', () => {
  const desk = new DeskInHand().acked('a');

  desk.at(1_000).inquire([aRow('a', { filled: quantity(11), remaining: quantity(0) })]);

  assert.equal(desk.state.halted?.by, 'rule INV-07');
  assert.equal(desk.order('a').filled, 10);
  assert.ok(desk.incidentCodes.includes('fill-excess'));
  assert.partialDeepStrictEqual(desk.records.find((record) => record.kind === 'order.filled')?.body, { noticed: 0 });
  desk.inquire([aRow('a', { filled: quantity(11), remaining: quantity(0) })]);
  assert.ok(!desk.recordKinds.includes('halt'), 'once');
});

test('shares of a list are worth its average times their number less what was counted, and never nothing', () => {
  const desk = new DeskInHand().acked('a').tell(aPush(4, 1_000));

  desk.at(2_000).inquire([aRow('a', { filled: quantity(7), fillPriceAverage: won(70_010) })]);
  assert.equal(desk.order('a').filledValue, 7 * 70_010);

  desk.at(3_000).inquire([aRow('a', { filled: quantity(8), fillPriceAverage: won(60_000) })]);
  assert.equal(desk.order('a').filledValue, 7 * 70_010 + 60_000);

  desk.at(4_000).inquire([aRow('a', { filled: quantity(10), fillPriceAverage: won(50_000) })]);
  assert.equal(desk.order('a').filledValue, 7 * 70_010 + 60_000 + 2 * 50_000);

  const even = new DeskInHand().acked('a').tell(aPush(4, 1_000));
  even.at(2_000).inquire([aRow('a', { filled: quantity(5), fillPriceAverage: won(56_000) })]);
  assert.equal(even.order('a').filledValue, 4 * 70_000 + 56_000);

  const one = new DeskInHand().acked('a').inquire([aRow('a', { filled: quantity(1), fillPriceAverage: won(69_999) })]);
  one.at(2_000).inquire([aRow('a', { filled: quantity(2), fillPriceAverage: won(35_000) })]);
  assert.equal(one.order('a').filledValue, 70_000, 'a rest of one won is that one won');
});

const other = { instrument: instrumentId('000660') } as const;

/** Acknowledged, and its cancel answered at moment 2,000. */
function aCancelled(): DeskInHand {
  const orderId = 'a' as OrderId;
  return new DeskInHand()
    .acked('a')
    .at(1_000)
    .tell({ kind: 'cancel', orderId, by: 'web' })
    .at(2_000)
    .tell({ kind: 'cancel-answered', orderId, result: accepted('c') });
}

function aPush(shares: number, atMs: number) {
  const fill = { brokerOrderId: 'a' as BrokerOrderId, instrument: instrumentId('005930'), side: 'buy' } as const;
  const at = openedAt.add({ milliseconds: atMs });
  const filled = { ...fill, price: won(70_000), quantity: quantity(shares), at };
  return { kind: 'notice', notice: { kind: 'filled', fill: filled } } as const;
}
