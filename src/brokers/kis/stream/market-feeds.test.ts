import assert from 'node:assert/strict';
import { test } from 'node:test';

import { index, usNotice, usTrade } from '../fixtures/stream-samples.ts';
import { expectedOf, indexOf, marketOperationOf } from './market-records.ts';
import { overseasBookOf, overseasNoticeOf, overseasTickOf } from './overseas-records.ts';
import { orderBookOf, noticeOf } from './stream-records.ts';

const today = Temporal.PlainDate.from('2026-11-20');
const account = '1234567801';

/** The sample of the specification, §7.7: ten fields, no `EXCH_CLS_CODE`. */
const operation = '100840^N^(null)^AB1^112^^^55^N^';

const expected =
  '005930^085930^71900^5^-100^-0.14^0^0^0^0^71900^71800^1234^0^0^0^0^0^0^0^0^3^0^0^0^5^0^0^5^0^0^5^0^20261120^11^N^' +
  '65945^216924^1118750^2199206^0^0^0^B^1';

function changed(record: string, changes: Readonly<Record<number, string>>): string[] {
  return record.split('^').map((field, index) => changes[index] ?? field);
}

/** Every record that has one more field somewhere in the middle. */
function shifted(record: string, inserted: string): string[][] {
  const fields = record.split('^');
  return fields.map((_field, index) => fields.toSpliced(index, 0, inserted));
}

test('marketOperationOf() reads the sample of the specification, whose code is in no table', () => {
  assert.deepEqual(marketOperationOf(operation.split('^'), 'KRX'), {
    instrument: 'KRX:100840',
    venue: 'KRX',
    phase: 'unknown',
    expectedPhase: 'open',
    code: 'AB1',
    expectedCode: '112',
    isHalted: false,
    haltReason: '',
    isInterrupted: false,
  });
});

for (const [code, phase] of [
  ['110', 'opening-auction'],
  ['129', 'close'],
  ['164', 'temporary-halt'],
  ['174', 'circuit-breaker-on'],
  ['185', 'circuit-breaker-off'],
  ['387', 'sidecar-sell-on'],
  ['398', 'sidecar-buy-off'],
  ['F06', 'open-soon'],
  ['P17', 'close-soon'],
  ['', 'none'],
  ['toString', 'unknown'],
] as const) {
  test(`marketOperationOf() calls the code "${code}" ${phase}`, () => {
    assert.equal(marketOperationOf(changed(operation, { 3: code }), 'NXT')?.phase, phase);
  });
}

test('marketOperationOf() tells halts and interruptions, and refuses flags that are none', () => {
  const halted = marketOperationOf(changed(`${operation}^1`, { 1: 'Y', 2: '공시', 8: 'Y' }), 'unified');

  assert.deepEqual([halted?.isHalted, halted?.haltReason, halted?.isInterrupted], [true, '공시', true]);
  assert.equal(marketOperationOf(changed(operation, { 1: '1' }), 'KRX'), null);
  assert.equal(marketOperationOf(changed(operation, { 8: '55' }), 'KRX'), null);
});

test('expectedOf() reads the price an auction would print, null while there is none', () => {
  const read = expectedOf(expected.split('^'), 'KRX');

  assert.deepEqual([read?.price, read?.quantity, read?.at.toString()], [71_900, 1_234, '2026-11-19T23:59:30Z']);
  assert.equal(expectedOf(changed(expected, { 2: '0', 12: '0' }), 'KRX')?.price, null);
  for (const fields of shifted(expected, '1').slice(0, 34)) assert.equal(expectedOf(fields, 'KRX'), null);
});

test('indexOf() reads hundredths of a point, and no value from a shifted record', () => {
  assert.deepEqual(indexOf(index.split('^'), today), {
    code: '0001',
    at: Temporal.Instant.from('2026-11-20T01:00:00Z'),
    value: 271_214,
    change: 1_234,
    open: 270_100,
    high: 271_520,
    low: 269_980,
    risers: 512,
    unchanged: 61,
    fallers: 340,
  });
  assert.equal(indexOf(changed(index, { 3: '5', 4: '-12.34' }), today)?.change, -1_234);
  assert.equal(indexOf(changed(index, { 2: '0.00' }), today), null);
  for (const fields of shifted(index, '1').slice(0, 13)) assert.equal(indexOf(fields, today), null);
});

test('overseasTickOf() reads dollars as whole 1/10,000, with the prefixed symbol first on the wire', () => {
  assert.deepEqual(overseasTickOf(usTrade.split('^')), {
    instrument: 'NASDAQ:AAPL',
    at: Temporal.Instant.from('2026-11-19T15:00:05Z'),
    price: 2_281_300,
    quantity: 50,
    volumeOfDay: 1_234_567,
  });
});

test('overseasTickOf() makes no price where the decimals are not certain, or of a shifted record', () => {
  assert.equal(overseasTickOf(changed(usTrade, { 9: '2295000', 10: '2279000', 11: '2281300' })), null);
  assert.equal(overseasTickOf(changed(usTrade, { 11: '228.13005' })), null);
  assert.equal(overseasTickOf(usTrade.split('^').slice(1)), null, 'without the first field');
  for (const fields of shifted(usTrade, '1').slice(0, 18)) assert.equal(overseasTickOf(fields), null);
  const whole = overseasTickOf(changed(usTrade, { 2: '0', 9: '229', 10: '227', 11: '228' }));
  assert.equal(whole?.price, 2_280_000);
});

test('overseasBookOf() reads one level of 17 fields and ten of 71', () => {
  const head = 'DNASAAPL^AAPL^4^20261119^100005^20261120^000005^100^200^0^0';
  const level = (index: number): string => `228.${50 - index}00^228.${60 + index}00^${100 + index}^${200 + index}^0^0`;
  const ten = Array.from({ length: 10 }, (_, index) => level(index)).join('^');

  const one = overseasBookOf(`${head}^${level(0)}`.split('^'));
  const all = overseasBookOf(`${head}^${ten}`.split('^'));

  assert.deepEqual(one?.bids, [{ price: 2_285_000, quantity: 100 }]);
  assert.deepEqual(one?.asks, [{ price: 2_286_000, quantity: 200 }]);
  assert.equal(`${head}^${ten}`.split('^').length, 71);
  assert.equal(all?.asks.length, 10);
  assert.equal(overseasBookOf(`${head}^1^${level(0)}`.split('^')), null);
});

test('overseasNoticeOf() reads the implied decimals of a fill and leaves other accounts and countries out', () => {
  const read = overseasNoticeOf(usNotice.split('^'), account, today);

  assert.deepEqual(read, {
    kind: 'filled',
    brokerOrderId: '0000117057',
    originalId: null,
    instrument: 'NASDAQ:AAPL',
    side: 'buy',
    price: 2_281_300,
    quantity: 3,
    at: Temporal.Instant.from('2026-11-20T14:05:11Z'),
  });
  assert.equal(overseasNoticeOf(changed(usNotice, { 1: '9999999901' }), account, today), 'foreign');
  assert.equal(overseasNoticeOf(changed(usNotice, { 18: 'D' }), account, today), 'foreign');
  assert.equal(overseasNoticeOf(changed(usNotice, { 18: '' }), account, today), null);
  const accepted = overseasNoticeOf(changed(usNotice, { 12: '1', 13: '1' }), account, today);
  assert.ok(typeof accepted === 'object' && accepted?.kind === 'accepted');
});

test('noticeOf() and overseasNoticeOf() make no fill of a shifted receipt', () => {
  const filled =
    'HTSID^1234567801^0000117057^^02^0^00^0^005930^0000000002^000070000^121053^0^2^2^91252^000000002^홍길동^0^1^Y^^10^^삼성전자^000070000';
  const receipt = changed(filled, { 13: '1', 14: '1' }).join('^');
  const usReceipt = changed(usNotice, { 12: '1', 13: '1' }).join('^');

  for (const inserted of ['', '0', '1', '2', '00', '10']) {
    for (const fields of shifted(receipt, inserted)) {
      const read = noticeOf(fields, account, today);
      assert.ok(typeof read !== 'object' || read?.kind !== 'filled', `"${inserted}" in ${fields.join('^')}`);
    }
    for (const fields of shifted(usReceipt, inserted)) {
      const read = overseasNoticeOf(fields, account, today);
      assert.ok(typeof read !== 'object' || read?.kind !== 'filled', `"${inserted}" in ${fields.join('^')}`);
    }
  }
});

test('orderBookOf() refuses a gap between levels and more shares than their total', () => {
  const book = (changes: Readonly<Record<number, string>>): string[] => {
    const used = {
      0: '005930',
      1: '100000',
      3: '101',
      4: '102',
      13: '100',
      23: '5',
      24: '6',
      33: '7',
      43: '11',
      44: '7',
    };
    return Array.from({ length: 59 }, (_, index) => changes[index] ?? (used as Record<number, string>)[index] ?? '0');
  };

  assert.equal(orderBookOf(book({}), today)?.asks.length, 2);
  assert.equal(orderBookOf(book({}), today, 'NXT')?.venue, 'NXT');
  assert.equal(orderBookOf(book({ 3: '0' }), today), null);
  assert.equal(orderBookOf(book({ 43: '10' }), today), null);
  assert.equal(orderBookOf(book({ 43: '' }), today), null);
});
