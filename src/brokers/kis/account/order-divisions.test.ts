import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { OrderSession, OrderType, OrderVenue, TimeInForce } from '#domain/order.ts';

import { divisionRows, orderDivision, orderKind } from './order-divisions.ts';

const eve = Temporal.PlainDate.from('2026-09-11');
const reform = Temporal.PlainDate.from('2026-09-14');
const types: readonly OrderType[] = ['limit', 'market', 'conditional-limit', 'best', 'priority', 'mid', 'stop-limit'];
const forces: readonly TimeInForce[] = ['day', 'ioc', 'fok'];

/** `type force` of every order that exists, with its code, in the order of the codes. */
function codesOf(venue: OrderVenue, session: OrderSession, date = reform): string {
  const found = types.flatMap((type) =>
    forces.flatMap((timeInForce) => {
      const code = orderDivision({ venue, session, type, timeInForce }, date);
      return code === null ? [] : [`${code} ${type} ${timeInForce}`];
    }),
  );
  return found.sort().join(' · ');
}

/** Spec §5.2, read by hand a second time. */
const wanted: readonly (readonly [OrderVenue, OrderSession, string])[] = [
  [
    'KRX',
    'regular',
    '00 limit day · 01 market day · 02 conditional-limit day · 03 best day · 04 priority day · 11 limit ioc · 12 limit fok · 13 market ioc · 14 market fok · 15 best ioc · 16 best fok · 21 mid day · 22 stop-limit day · 23 mid ioc · 24 mid fok',
  ],
  [
    'NXT',
    'regular',
    '00 limit day · 03 best day · 04 priority day · 11 limit ioc · 12 limit fok · 13 market ioc · 14 market fok · 15 best ioc · 16 best fok · 21 mid day · 22 stop-limit day · 23 mid ioc · 24 mid fok',
  ],
  [
    'SOR',
    'regular',
    '00 limit day · 01 market day · 03 best day · 04 priority day · 11 limit ioc · 12 limit fok · 13 market ioc · 14 market fok · 15 best ioc · 16 best fok',
  ],
  ['KRX', 'pre-hours-close', '05 market day'],
  ['KRX', 'after-hours-close', '06 market day'],
  [
    'KRX',
    'after-market',
    '41 limit day · 42 limit ioc · 43 limit fok · 44 best day · 45 best ioc · 46 best fok · 47 priority day',
  ],
  ['NXT', 'pre-market', '27 limit day · 28 best day · 29 priority day'],
  [
    'NXT',
    'after-market',
    '00 limit day · 03 best day · 04 priority day · 11 limit ioc · 12 limit fok · 15 best ioc · 16 best fok',
  ],
  ['KRX', 'pre-market', ''],
  ['NXT', 'pre-hours-close', ''],
  ['NXT', 'after-hours-close', ''],
  ['SOR', 'pre-hours-close', ''],
  ['SOR', 'after-hours-close', ''],
  ['SOR', 'after-market', ''],
  ['SOR', 'pre-market', ''],
];

for (const [venue, session, codes] of wanted) {
  test(`orderDivision() on ${venue} in the session ${session}: ${codes === '' ? 'nothing' : codes}`, () => {
    assert.equal(codesOf(venue, session), codes);
  });
}

test('orderDivision() knows the after-market of KRX and the codes of the NXT pre-market from 2026-09-14', () => {
  assert.equal(codesOf('KRX', 'after-market', eve), '');
  assert.equal(codesOf('NXT', 'pre-market', eve), '');
  assert.equal(codesOf('KRX', 'regular', eve), codesOf('KRX', 'regular'));
});

test('orderDivision() takes a plain request as one for KRX in the regular session', () => {
  assert.equal(orderDivision({ type: 'limit', timeInForce: 'day' }, reform), '00');
});

test('orderKind() reads back what orderDivision() writes, and has no word for abolished and wholesale codes', () => {
  for (const { code, type, timeInForce } of divisionRows) {
    assert.deepEqual([orderKind(code)?.type, orderKind(code)?.timeInForce], [type, timeInForce], code);
  }
  for (const code of ['07', '51', '52', '62', '63', '67', '69', '72', '77', '79', '80', '']) {
    assert.equal(orderKind(code), null, code);
  }
});
