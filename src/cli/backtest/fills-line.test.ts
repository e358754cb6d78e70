import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ordinaryFills, type Slippage } from '#backtest/desk/fill-model.ts';
import { textWidth } from '../terminal/text-width.ts';
import { fillsLine } from './fills-line.ts';

const rows: readonly (readonly [slippage: Slippage, english: string, korean: string])[] = [
  [{ kind: 'none' }, 'no slippage', '미끄러짐 없음'],
  [{ kind: 'ticks', ticks: 1 }, 'slippage 1 tick', '미끄러짐 1호가'],
  [{ kind: 'ticks', ticks: 100 }, 'slippage 100 ticks', '미끄러짐 100호가'],
  [{ kind: 'bps', bps: 2.5 }, 'slippage 2.5 bps', '미끄러짐 2.5bp'],
  [
    { kind: 'spread', spreadBps: 1_000, shareBps: 1_234 },
    'slippage 12.34% of a 1000 bps spread',
    '미끄러짐 간격 1000bp의 12.34%',
  ],
  [{ kind: 'impact', bps: 1_000 }, 'slippage 1000 bps at all of the volume', '미끄러짐 전량일 때 1000bp'],
];

for (const [slippage, english, korean] of rows) {
  test(`fillsLine() says "${english}" in one line of 80 columns, with the cap and the lots`, () => {
    const fills = { ...ordinaryFills, slippage, volumeShareBps: 1_234, lots: 'market' } as const;
    const lines = ['en', 'ko'].map((language) => {
      process.env['SNOWBALL_LANGUAGE'] = language;
      return [fillsLine(fills), fillsLine({ ...fills, lots: 'single', volumeShareBps: 500 })];
    });

    assert.deepEqual(lines, [
      [`fills: ${english} · volume cap 12.34% · day's lots`, `fills: ${english} · volume cap 5%`],
      [`체결 가정: ${korean} · 거래량 12.34%까지 · 그날 매매 단위`, `체결 가정: ${korean} · 거래량 5%까지`],
    ]);
    assert.ok(lines.flat().every((line) => textWidth(line) <= 80));
  });
}
