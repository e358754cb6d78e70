/**
 * Rules of KRX for six years, written from the exchange's published tables once more, so that the engine can be held
 * against something it does not share a line with.
 */

/** What is traded here: a board's stock or a fund. */
export type HandKind = 'KOSPI' | 'KOSDAQ' | 'ETF';

/** Weekdays on which KRX was closed, mmdd. */
const closures: Readonly<Record<number, string>> = {
  2005: '0208 0209 0210 0301 0405 0505 0606 0815 0919 1003 1230',
  2010: '0101 0215 0301 0505 0521 0602 0921 0922 0923 1231',
  2015: '0101 0218 0219 0220 0501 0505 0525 0814 0928 0929 1009 1225 1231',
  2019: '0101 0204 0205 0206 0301 0501 0506 0606 0815 0912 0913 1003 1009 1225 1231',
  2023: '0123 0124 0301 0501 0505 0529 0606 0815 0928 0929 1002 1003 1009 1225 1229',
  2026: '0101 0216 0217 0218 0302 0501 0505 0525 0603 0717 0817 0924 0925 1005 1009 1225 1231',
};

export const handYears: readonly number[] = Object.keys(closures).map(Number);

/** Sessions of a year, yyyymmdd. */
export function handSessions(year: number): readonly number[] {
  const closed = new Set((closures[year] ?? '').split(' ').map((text) => year * 10_000 + Number(text)));
  const days: number[] = [];
  for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += 86_400_000) {
    const day = new Date(at);
    const date = year * 10_000 + (day.getUTCMonth() + 1) * 100 + day.getUTCDate();
    if (day.getUTCDay() % 6 !== 0 && !closed.has(date)) days.push(date);
  }
  return days;
}

/** Ascending bounds, and the tick below each. */
function ticksOn(kind: HandKind, date: number): readonly (readonly [number, number])[] {
  if (kind === 'ETF')
    return date >= 20231218
      ? [
          [2_000, 1],
          [Infinity, 5],
        ]
      : [[Infinity, 5]];
  if (date >= 20230125) {
    return [
      [2_000, 1],
      [5_000, 5],
      [20_000, 10],
      [50_000, 50],
      [200_000, 100],
      [500_000, 500],
      [Infinity, 1_000],
    ];
  }
  const low: readonly (readonly [number, number])[] = date >= 20101004 ? [[1_000, 1]] : [];
  const middle = [
    [5_000, 5],
    [10_000, 10],
    [50_000, 50],
  ] as const;
  if (kind === 'KOSDAQ') return [...low, ...middle, [Infinity, 100]];
  return [...low, ...middle, [100_000, 100], [500_000, 500], [Infinity, 1_000]];
}

export function handTick(kind: HandKind, date: number, price: number): number {
  return ticksOn(kind, date).find(([bound]) => price < bound)![1];
}

export function toTick(kind: HandKind, date: number, price: number, way: 'down' | 'up'): number {
  const tick = handTick(kind, date, price);
  return (way === 'down' ? Math.floor(price / tick) : Math.ceil(price / tick)) * tick;
}

/** Lower and upper limit: 15 %, on KOSDAQ 12 % until 27 March 2005, from 2015-06-15 30 %. */
export function handLimits(kind: HandKind, date: number, base: number): readonly [lower: number, upper: number] {
  const tick = handTick(kind, date, base);
  const isYoung = kind === 'KOSDAQ' && date < 20050328;
  const percent = date >= 20150615 ? 30 : isYoung ? 12 : 15;
  const width = Math.max(tick, Math.floor((base * percent) / 100 / tick) * tick);
  return [toTick(kind, date, Math.max(1, base - width), 'up'), toTick(kind, date, base + width, 'down')];
}

/** Parts of the sell tax in hundredths of a percent, by the day of settlement. */
function taxOn(kind: HandKind, settles: number): readonly number[] {
  if (kind === 'ETF') return [];
  const rows: readonly (readonly [number, readonly number[], readonly number[]])[] = [
    [20260101, [5, 15], [20]],
    [20230101, [5, 15], [20]],
    [20190603, [10, 15], [25]],
    [0, [15, 15], [30]],
  ];
  const row = rows.find(([from]) => settles >= from)!;
  return kind === 'KOSPI' ? row[1] : row[2];
}

export function handTax(kind: HandKind, settles: number, value: number): number {
  return taxOn(kind, settles).reduce((sum, rate) => sum + Math.floor((value * rate) / 10_000), 0);
}

/** 0.0140527 %, of funds 0.0146527 %, in whole numbers. */
export function handFee(kind: HandKind, value: number): number {
  return Number((BigInt(value) * (kind === 'ETF' ? 146_527n : 140_527n)) / 1_000_000_000n);
}
