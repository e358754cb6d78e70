import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ko } from '../../web/strings.ko.ts';
import { drawdowns } from '../../web/charts/drawdown.ts';
import { growthScale } from '../../web/charts/growth-scale.ts';
import { movingAverage } from '../../web/charts/moving-average.ts';
import { ageText } from '../../web/words/age.ts';
import { initialsOf, matchRank, typedOf } from '../../web/words/find.ts';
import { guardNumber } from '../../web/words/guard-words.ts';
import { monthReturns } from '../../web/words/month-returns.ts';
import { grouped, signed, signedPercent } from '../../web/words/number.ts';
import { parseOverrides } from '../../web/words/overrides.ts';
import { roundTrips } from '../../web/words/round-trips.ts';
import { clock, exactClock, minuteOfDay } from '../../web/words/seoul.ts';
import { tickSizeOf } from '../../web/words/tick-size.ts';

const samsung = { name: '삼성전자', code: '005930' };

describe('words', () => {
  it('grouped() and signed() use thousands separators and the minus of typographers', () => {
    assert.equal(grouped(12_482_297), '12,482,297');
    assert.equal(signed(84_297), '+84,297');
    assert.equal(signed(-5_200), '−5,200');
    assert.equal(signed(0), '0');
  });

  it('signedPercent() never shows a signed zero', () => {
    assert.equal(signedPercent(0.0068), '+0.68%');
    assert.equal(signedPercent(-0.0044), '−0.44%');
    assert.equal(signedPercent(-0.000_01), '0.00%');
  });

  it('signedPercent() groups thousands of percent', () => {
    assert.equal(signedPercent(64.437), '+6,443.70%');
    assert.equal(signedPercent(-12.345, 0), '−1,235%');
  });

  it('clock() is Seoul time, whatever the machine says', () => {
    assert.equal(clock('2026-11-20T05:32:07.118Z'), '14:32:07');
    assert.equal(exactClock('2026-11-20T05:32:07.118Z'), '14:32:07.118');
    assert.equal(minuteOfDay('2026-11-20T00:00:00Z'), 540);
  });

  it('ageText() counts tenths, seconds, minutes, hours', () => {
    const ages = [100, 800, 12_000, 180_000, 3 * 3_600_000].map((ms) => ageText(ko, ms));

    assert.deepEqual(ages, ['방금', '0.8초\u00A0전', '12초\u00A0전', '3분\u00A0전', '3시간\u00A0전']);
  });

  it('matchRank() finds by code, name, initial consonants and the wrong keyboard, and nothing else', () => {
    assert.equal(matchRank('0059', samsung), 0);
    assert.equal(matchRank('삼성', samsung), 1);
    assert.equal(matchRank('전자', samsung), 2);
    assert.equal(matchRank('ㅅㅅㅈㅈ', samsung), 3);
    assert.equal(matchRank('tkatjd', samsung), 4);
    assert.equal(matchRank('현대', samsung), null);
  });

  it('initialsOf() and typedOf() take compound vowels and finals apart', () => {
    assert.equal(initialsOf('KB금융'), 'KBㄱㅇ');
    assert.equal(typedOf('괜찮아'), 'rhoscksgdk');
  });

  it('guardNumber() writes each unit, and a question mark for what is missing', () => {
    assert.equal(guardNumber(ko, 1_000_000, 'won'), '1,000,000원');
    assert.equal(guardNumber(ko, 5_000, 'milliseconds'), '5초');
    assert.equal(guardNumber(ko, 60_000, 'milliseconds'), '1분');
    assert.equal(guardNumber(ko, null, 'won'), '?');
  });

  it('tickSizeOf() changes at the borders of the table', () => {
    assert.deepEqual(
      [1_999, 2_000, 4_999, 5_000, 19_999, 20_000, 49_999, 50_000, 199_999, 200_000, 499_999, 500_000].map((price) =>
        tickSizeOf(price),
      ),
      [1, 5, 5, 10, 10, 50, 50, 100, 100, 500, 500, 1_000],
    );
  });

  it('parseOverrides() reads names with numbers and names the first wrong line', () => {
    assert.deepEqual(parseOverrides('ma_short: 3\n\nstop_loss = 0.05'), {
      kind: 'read',
      values: { ma_short: 3, stop_loss: 0.05 },
    });
    assert.deepEqual(parseOverrides('ma_short: 3\nfast'), { kind: 'wrong', line: 'fast' });
  });

  it('movingAverage() is null until the period is full', () => {
    assert.deepEqual(movingAverage([1, 2, 3, 4], 3), [null, null, 2, 3]);
  });

  it('drawdowns() are 0 at a peak and negative below it', () => {
    const values = drawdowns([100, 120, 90, 130].map((value, date) => ({ date, value })));

    assert.deepEqual(
      values.map(({ value }) => value),
      [0, 0, -0.25, 0],
    );
  });

  it('drawdowns() count from the money at the start when it was never more', () => {
    const values = drawdowns([{ date: 1, value: 90 }], 100);

    assert.ok(Math.abs((values[0]?.value ?? 0) + 0.1) < 1e-9);
  });

  it('growthScale() is logarithmic from a tenfold growth on, and plain for what lost everything', () => {
    const { isLog, y } = growthScale([0, 15], [100, 0]);

    assert.equal(isLog, true);
    assert.ok(Math.abs(y(3) - 50) < 1e-9, 'fourfold is half way to sixteenfold');
    assert.equal(growthScale([-1, 15], [100, 0]).isLog, false);
    assert.equal(growthScale([0, 0.4], [100, 0]).y(0.1), 75);
  });

  it('monthReturns() chains months to the year, with null where nothing traded', () => {
    const points = [
      { date: 20_230_131, value: 110 },
      { date: 20_230_331, value: 99 },
    ];

    const [year] = monthReturns(points, 100);

    assert.equal(year?.year, 2_023);
    assert.ok(Math.abs((year?.months[0] ?? 0) - 0.1) < 1e-12);
    assert.equal(year?.months[1], null);
    assert.ok(Math.abs((year?.months[2] ?? 0) + 0.1) < 1e-12);
    assert.ok(Math.abs((year?.whole ?? 0) + 0.01) < 1e-12);
  });

  it('roundTrips() pairs a sale with the mean price of what was bought', () => {
    const trade = { symbol: '005930', fee: 0, tax: 0, reason: '익절', profit: 0 };
    const trips = roundTrips([
      { ...trade, side: 'buy', date: 20_230_102, price: 100, quantity: 10 },
      { ...trade, side: 'buy', date: 20_230_103, price: 110, quantity: 10 },
      { ...trade, side: 'sell', date: 20_230_110, price: 120, quantity: 20, profit: 300 },
    ]);

    assert.equal(trips.length, 1);
    assert.equal(trips[0]?.boughtAt, 105);
    assert.equal(trips[0]?.boughtOn, 20_230_102);
    assert.ok(Math.abs((trips[0]?.rate ?? 0) - 300 / 2_100) < 1e-12);
  });
});
