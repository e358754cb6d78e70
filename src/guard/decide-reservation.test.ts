import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrderRequest } from '#domain/order.ts';
import { won } from '#domain/won.ts';
import { ago, allPermits, aRequest, aState, holding, stocks, tenOClock } from '../../tests/support/guard-makers.ts';
import type { DenialCode } from './denial.ts';
import { decideReservation, type ReservationInputs } from './decide-reservation.ts';
import type { GuardState } from './state.ts';

const window = { opensAtMs: ago(3_600_000), closesAtMs: ago(-32_400_000) };
const atClose: ReservationInputs = { window, close: won(70_000) };
/** The evening: the market is shut and its last trade hours old. */
const evening: Partial<GuardState> = {
  session: null,
  lastTrade: () => ({ price: won(60_000), atMs: ago(10_000_000) }),
  basePrice: () => won(60_000),
};

function denials(change: Partial<OrderRequest>, state: Partial<GuardState>, inputs = atClose): readonly DenialCode[] {
  const verdict = decideReservation(aRequest(change), aState({ ...evening, ...state }), inputs);
  return verdict.kind === 'denied' ? verdict.denials.map(({ code }) => code) : [];
}

test('G48 decideReservation() measures against the close, whatever the running market says', () => {
  assert.deepEqual(denials({}, {}), []);
  assert.deepEqual(denials({ price: won(72_100) }, {}), []);
  assert.deepEqual(denials({ price: won(72_200) }, {}), ['price-collar']);
});

test('G48 decideReservation() denies outside the hours of reservations, and when they or the close are not known', () => {
  assert.deepEqual(denials({}, {}, { ...atClose, window: null }), ['session', 'entry-window']);
  assert.deepEqual(denials({}, {}, { ...atClose, window: { opensAtMs: window.opensAtMs, closesAtMs: tenOClock } }), [
    'session',
    'entry-window',
  ]);
  assert.ok(denials({}, {}, { ...atClose, close: null }).includes('input-missing'));
});

test('G48 decideReservation() keeps every other limit, the halt and the permits', () => {
  assert.deepEqual(denials({}, { isHalted: true }), ['halted']);
  assert.deepEqual(denials({ type: 'market', price: won(0) }, {}), ['order-type']);
  assert.deepEqual(denials({}, { cash: won(1) }), ['cash']);
});

test('G48 decideReservation() values other holdings at their own last trades, and takes its hours for every session', () => {
  const other = stocks[1]!.id;
  const positions = holding(other, 10, 1_000);
  const asked: string[] = [];
  const lastTrade = (instrument: string) => {
    asked.push(instrument);
    return { price: won(1_000_000), atMs: ago(0) };
  };

  assert.deepEqual(denials({}, { positions, lastTrade, equity: won(20_000_000) }), ['exposure']);
  assert.deepEqual(new Set(asked), new Set([other]));
  assert.deepEqual(denials({ session: 'after-market' }, { permits: allPermits }), []);
});

test('INV-11 decideReservation() has no last trade of any age where the close is not known', () => {
  assert.ok(denials({}, {}, { ...atClose, close: null }).includes('price-stale'));
});
