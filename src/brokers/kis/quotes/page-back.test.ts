import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';

import { pageBack, type PageBackOptions } from './page-back.ts';

/** A chart with a row at each of `places`, shown in pages of the sizes given, over and over. */
function chart(
  places: readonly number[],
  pageSizes: readonly number[],
  overlap: number,
): PageBackOptions<number, number> {
  let pages = 0;
  return {
    trId: 'TEST',
    first: Number.MAX_SAFE_INTEGER,
    repeats: 'skip',
    pagesMax: 10_000,
    placeOf: (place) => place,
    read: (cursor) => {
      const size = pageSizes[pages % pageSizes.length] ?? 1;
      pages += 1;
      const rows = places.filter((place) => place <= cursor + overlap).toSorted((a, b) => b - a);
      // What the page shows again does not count toward its size, or a page could be all repetition.
      const repeated = rows.filter((place) => place > cursor).length;
      return Promise.resolve(rows.slice(0, size + repeated));
    },
    next: ({ oldest }) => (oldest === null ? null : oldest - 1),
  };
}

test('pageBack() brings each row once, oldest first, for any page split and any overlap', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.nat({ max: 5_000 }), { maxLength: 120 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 }),
      fc.nat({ max: 30 }),
      fc.option(fc.integer({ min: 1, max: 150 }), { nil: undefined }),
      async (places, pageSizes, overlap, countMax) => {
        const oldestFirst = places.toSorted((a, b) => a - b);

        const options = chart(places, pageSizes, overlap);
        const rows = await pageBack(countMax === undefined ? options : { ...options, countMax });

        assert.deepEqual(rows, countMax === undefined ? oldestFirst : oldestFirst.slice(-countMax));
      },
    ),
    { numRuns: 200 },
  );
});

test('pageBack() refuses repeated rows where the broker has no reason to repeat', async () => {
  const options = { ...chart([1, 2, 3, 4], [2], 1), repeats: 'refuse' } as const;

  await assert.rejects(pageBack(options), { code: 'kis.unreadable-answer' });
});

test('pageBack() does not follow pages for ever', async () => {
  let place = 0;
  const endless = { ...chart([], [1], 0), read: () => Promise.resolve([(place -= 1)]), pagesMax: 7 };

  await assert.rejects(pageBack(endless), /still followed by another after 7/);
  assert.equal(place, -7);
});
