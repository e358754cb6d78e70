import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { listings } from '#markets/listings.ts';
import { won } from '#domain/won.ts';

import { DayStats } from '../venue/floor/day-stats.ts';
import type { Interruption } from '../venue/floor/market-operation.ts';
import { encodeOperationRecord } from './encode-operation-record.ts';
import type { QuoteDesk } from './quote-desk.ts';

const [instrument] = listings;
const emptyBook: QuoteDesk['book'] = {
  depth: (_levels, at) => ({ instrument: instrument!.id, at, asks: [], bids: [] }),
  indicative: () => null,
};
const desk: QuoteDesk = {
  instrument: instrument!,
  basePrice: won(50_000),
  book: emptyBook,
  offHours: null,
  stats: new DayStats(won(50_000)),
  interruptions: [],
  isHalted: false,
};

const phase = (name: string) => ({ kind: 'phase', board: 'KRX', phase: name, at: 0 }) as const;
const codeOf = (name: string, before: string | null): string | undefined =>
  encodeOperationRecord(desk, phase(name), before)?.[3];

describe('encodeOperationRecord()', () => {
  it('tells a close by what it is the close of', () => {
    assert.deepEqual(
      ['closing-auction', 'pre-hours-close', 'after-hours-close', 'after-market', null].map((before) =>
        codeOf('closed', before),
      ),
      ['129', '139', '149', '159', undefined],
    );
    assert.deepEqual(
      ['opening-auction', 'continuous', 'closing-auction'].map((name) => codeOf(name, null)),
      ['110', '112', '121'],
    );
  });

  it('says nothing about a phase that has no code', () => {
    assert.equal(encodeOperationRecord(desk, phase('lunch'), null), null);
  });

  it('raises the flag of an interruption while it lasts, and writes a missing reason as the feed does', () => {
    const interruption = (endedAt: number | null): Interruption => ({
      kind: 'dynamic',
      triggerPrice: 53_500,
      referencePrice: 50_000,
      startedAt: 0,
      endedAt,
    });
    const of = (endedAt: number | null) =>
      encodeOperationRecord(
        desk,
        { kind: 'interruption', board: 'NXT', symbol: '005930', interruption: interruption(endedAt), at: 0 },
        'continuous',
      );
    const [begun, ended] = [of(null), of(1)];

    assert.deepEqual([begun?.length, begun?.[2], begun?.[3], begun?.[8], begun?.[10]], [11, '(null)', '164', 'Y', '2']);
    assert.deepEqual([ended?.[3], ended?.[8]], ['112', 'N']);
  });
});
