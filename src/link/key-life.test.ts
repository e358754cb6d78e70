import assert from 'node:assert/strict';
import { test } from 'node:test';

import { keyLife, keyLifeView, keyUse, type KeyUse } from './key-life.ts';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

function aUse(changes: Partial<KeyUse> = {}): KeyUse {
  return {
    broker: 'kis',
    environment: 'real',
    issuedOn: '2026-01-31',
    firstUsedOn: '2026-02-02',
    lastUsedOn: '2026-11-30',
    termMonths: 12,
    inactivityMonths: 3,
    ...changes,
  };
}

test('keyLife() ends the term a year after the issue and the use three months after the last one', () => {
  const lives = keyLife(aUse(), day('2026-12-01'));

  assert.deepEqual(
    lives.map(({ kind, endsOn, daysLeft, reminder }) => [kind, endsOn, daysLeft, reminder]),
    [
      ['term', '2027-01-31', 61, null],
      ['inactivity', '2027-02-28', 89, null],
    ],
  );
});

for (const [today, reminder] of [
  ['2026-12-31', null],
  ['2027-01-01', 30],
  ['2027-01-23', 30],
  ['2027-01-24', 7],
  ['2027-01-29', 7],
  ['2027-01-30', 1],
  ['2027-01-31', 0],
  ['2027-03-01', 0],
] as const) {
  test(`keyLife() reminds with ${String(reminder)} on ${today}`, () => {
    assert.equal(keyLife(aUse(), day(today))[0]?.reminder, reminder);
  });
}

test('keyLife() counts from the first use when nobody said when the key was issued, and says so', () => {
  const [term] = keyLife(aUse({ issuedOn: null }), day('2027-01-25'));

  assert.equal(term?.endsOn, '2027-02-02');
  assert.match(term?.ko ?? '', /발급일을 몰라/);
  assert.match(term?.en ?? '', /not known/);
});

test('keyLife() says that it is soon over from the first reminder on, and not before', () => {
  const [early] = keyLife(aUse(), day('2026-12-31'));
  const [due] = keyLife(aUse(), day('2027-01-01'));

  assert.doesNotMatch(`${early?.ko} ${early?.en}`, /얼마 안 남았어요|Soon over/);
  assert.match(`${due?.ko} ${due?.en}`, /^얼마 안 남았어요\. .*Soon over\. /);
});

test('keyLife() makes what a status can carry, with a sentence in both languages', () => {
  assert.ok(keyUse.safeParse(aUse()).success);
  for (const today of ['2026-12-01', '2027-05-01']) {
    for (const life of keyLife(aUse(), day(today))) {
      assert.ok(keyLifeView.safeParse(life).success);
      assert.match(life.ko, /[가-힣].*요[.(]/);
      assert.match(life.en, /app key/);
    }
  }
});
