import assert from 'node:assert/strict';
import { test } from 'node:test';
import { denialText } from './denial-text.ts';
import type { Denial, DenialCode } from './denial.ts';
import { rules } from './rules.ts';

const codes = Object.keys(rules) as DenialCode[];
const yesOrNo: readonly DenialCode[] = ['order-type', 'order-session', 'order-venue', 'universe', 'designation'];

function aDenial(change: Partial<Denial>): Denial {
  return { code: 'order-value', actual: 1_024_800, limit: 1_000_000, unit: 'won', ...change };
}

test('G42 denialText() says the limit and the value as the screens do', () => {
  assert.equal(denialText(aDenial({}), 'ko'), '한 번에 1,000,000원까지인데 1,024,800원이에요.');
  assert.equal(denialText(aDenial({}), 'en'), 'The limit is 1,000,000 won an order; this is 1,024,800 won.');
});

for (const code of codes) {
  test(`G42 denialText() has one finished sentence for ${code} in both languages, with its numbers`, () => {
    for (const language of ['ko', 'en'] as const) {
      const text = denialText(aDenial({ code, actual: 7_654, limit: 3_210, unit: 'orders' }), language);

      assert.match(text, language === 'ko' ? /[가-힣].*[요]\.$/ : /^[A-Z0-9].*\.$/);
      assert.doesNotMatch(text, /[{}]|NaN|undefined/);
      assert.equal(text.includes('7,654'), !yesOrNo.includes(code));
      assert.equal(text.includes('3,210'), !yesOrNo.includes(code) && code !== 'session');
    }
  });

  test(`G42 denialText() never prints a missing number of ${code}`, () => {
    for (const language of ['ko', 'en'] as const) {
      const text = denialText({ code, actual: Number.NaN, limit: Number.NaN, unit: 'none' }, language);

      assert.doesNotMatch(text, /[{}]|NaN|undefined/);
    }
  });
}

test('G42 denialText() writes durations exactly, so that a miss by one millisecond shows', () => {
  const stale = (actual: number) => aDenial({ code: 'price-stale', actual, limit: 5_000, unit: 'milliseconds' });
  const window = aDenial({ code: 'entry-window', actual: 299_999, limit: 300_000, unit: 'milliseconds' });

  assert.equal(denialText(stale(5_001), 'ko'), '마지막 체결이 5초 안이어야 하는데 5.001초 차이가 나요.');
  assert.equal(denialText(window, 'ko'), '마감까지 5분보다 더 남아야 사는데 4분 59.999초 남았어요.');
  assert.equal(denialText(window, 'en'), 'Buying needs more than 5 min before the close; 4 min 59.999 s is left.');
});

test('G42 denialText() writes one share and one order in the singular, every unit, and a time of nothing', () => {
  const text = (code: DenialCode, unit: Denial['unit'], actual: number, language: 'ko' | 'en') =>
    denialText({ code, actual, limit: 1, unit }, language);

  assert.match(text('holding', 'shares', 2, 'en'), /1 share to sell; this order sells 2 shares/);
  assert.match(text('orders-per-day', 'orders', 2, 'en'), /1 order a day; this would make 2 orders/);
  assert.match(text('cancel-fill-ratio', 'ratio', 2, 'ko'), /1건까지인데 오늘은 2건/);
  assert.match(text('cancel-fill-ratio', 'ratio', 2, 'en'), /1 cancels .* 2\./);
  assert.match(text('position-count', 'none', 2, 'en'), /Up to 1 stocks .* 2\./);
  assert.match(text('price-collar', 'percent', 2, 'ko'), /1%까지 .* 2% /);
  assert.match(text('price-collar', 'percent', 2, 'en'), /1% away .* 2% away/);
  assert.match(denialText({ code: 'clock-error', actual: 0, limit: 1, unit: 'milliseconds' }, 'en'), /is 0 s away/);
  assert.match(
    denialText({ code: 'clock-error', actual: 60_000, limit: 1, unit: 'milliseconds' }, 'ko'),
    / 1분 어긋나/,
  );
});

test('G42 denialText() says the number that is known beside one that is not', () => {
  const noTick = aDenial({ code: 'tick-size', actual: 70_050, limit: Number.NaN });
  const noLimit = aDenial({ code: 'order-value', limit: Number.NaN });
  const noPrice = { ...noTick, actual: Number.NaN };

  assert.equal(denialText(noTick, 'ko'), '호가 단위를 알 수 없어서 70,050원 주문은 나가지 않아요.');
  assert.equal(denialText(noTick, 'en'), 'The tick size for 70,050 won is not known, so the order does not go out.');
  assert.equal(denialText(noPrice, 'ko'), '호가 단위를 알 수 없어서 알 수 없는 값 주문은 나가지 않아요.');
  assert.equal(
    denialText(noPrice, 'en'),
    'The tick size for an unknown value is not known, so the order does not go out.',
  );
  assert.equal(denialText(noLimit, 'ko'), '확인에 필요한 값을 알 수 없어서 이 주문은 나가지 않아요.');
  assert.equal(denialText({ ...noLimit, actual: Number.NaN, limit: 1 }, 'ko'), denialText(noLimit, 'ko'));
});

test('G42 denialText() writes hours, minutes and seconds, two decimals of a ratio, and a true minus', () => {
  const said = (actual: number) =>
    /silent for (.*), at most/.exec(
      denialText({ code: 'watchdog-lost', actual, limit: 1, unit: 'milliseconds' }, 'en'),
    )?.[1];
  const ratio = denialText({ code: 'cancel-fill-ratio', actual: 10.056, limit: 10, unit: 'ratio' }, 'ko');

  assert.deepEqual([1, 500, 60_000, 3_600_000, 3_660_000, 25 * 3_600_000, 7_199_999, -1_500].map(said), [
    '0.001 s',
    '0.5 s',
    '1 min',
    '1 h',
    '1 h 1 min',
    '25 h',
    '1 h 59 min 59.999 s',
    '1.5 s',
  ]);
  assert.match(ratio, /10\.06건/);
  assert.match(denialText(aDenial({ code: 'daily-loss', actual: -1_234 }), 'en'), /−1,234 won/);
});

test('G42 denialText() has a word for every unit in both languages', () => {
  const said = (unit: Denial['unit'], language: 'ko' | 'en') =>
    denialText({ code: 'order-value', actual: 2, limit: 2, unit }, language);
  const units = ['won', 'shares', 'orders', 'percent', 'ratio', 'none', 'milliseconds'] as const;

  assert.deepEqual(
    units.map((unit) => / 한 번에 (.*)까지인데/.exec(` ${said(unit, 'ko')}`)?.[1]),
    ['2원', '2주', '2건', '2%', '2건', '2', '0.002초'],
  );
  assert.deepEqual(
    units.map((unit) => /this is (.*)\.$/.exec(said(unit, 'en'))?.[1]),
    ['2 won', '2 shares', '2 orders', '2%', '2', '2', '0.002 s'],
  );
});
