import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import { decisionLine, noteSentence } from './decision-log.ts';

const instrument = instrumentId('005930');
const barMs = Temporal.Instant.from('2026-11-17T00:31:00Z').epochMilliseconds;

test('decisionLine() names the bar, the code and the decision on one line', () => {
  const submit = {
    kind: 'submit',
    instrument,
    side: 'buy',
    quantity: 14,
    price: 71_400,
    reason: '골든크로스:\n5봉',
  } as const;

  assert.equal(decisionLine(barMs, submit), '2026-11-17T00:31:00Z 005930 submit buy 14 @ 71400 골든크로스: 5봉');
  assert.equal(
    decisionLine(barMs, { kind: 'cancel', instrument, side: 'sell' }),
    '2026-11-17T00:31:00Z 005930 cancel sell',
  );
  assert.equal(
    decisionLine(barMs, { kind: 'note', instrument, message: 'exit:stop 손절: …' }),
    '2026-11-17T00:31:00Z 005930 note exit:stop 손절: …',
  );
});

test('noteSentence() leaves the machine code out and keeps what has none', () => {
  assert.equal(noteSentence('skip:max-position 이미 5종목이에요.'), '이미 5종목이에요.');
  assert.equal(noteSentence('range is 300'), 'range is 300');
});

test('decisionLine() writes the start of a bar as Temporal does, whole seconds or not', () => {
  for (const ms of [0, 1_000, 1_704_326_400_000, 1_704_326_400_500, 951_782_400_000, -86_400_000]) {
    const line = decisionLine(ms, { kind: 'cancel', instrument: instrumentId('005930'), side: 'buy' });

    assert.equal(line.split(' ')[0], Temporal.Instant.fromEpochMilliseconds(ms).toString());
  }
});
