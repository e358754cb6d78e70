import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { feedFrameTexts } from './feed-frame.ts';
import { profileFields, type RecordLayout, type WireProfile } from './wire-profile.ts';

const profiles: readonly WireProfile[] = ['legacy', '2025', '2026-09'];
const layouts: readonly RecordLayout[] = [
  'trade',
  'book',
  'nxtBook',
  'unifiedBook',
  'expected',
  'nxtExpected',
  'operation',
];

/** Records of one layout as an encoder makes them: all of the newest width, some fields empty. */
const records = fc.constantFrom(...layouts).chain((layout) =>
  fc.tuple(
    fc.constant(layout),
    fc.array(
      fc.array(fc.stringMatching(/^[0-9.]{0,6}$/), {
        minLength: profileFields['2026-09'][layout],
        maxLength: profileFields['2026-09'][layout],
      }),
      { minLength: 1, maxLength: 45 },
    ),
  ),
);

describe('feedFrameTexts()', () => {
  it('splits evenly at every profile, at most twenty records a frame, and loses none', () => {
    fc.assert(
      fc.property(records, fc.constantFrom(...profiles), ([layout, made], profile) => {
        const frames = feedFrameTexts(
          { trId: 'H0STCNT0', key: '005930', layout, records: made, canSkip: false },
          profile,
        );
        const width = profileFields[profile][layout];
        const read = frames.flatMap((frame) => {
          const [sealed, trId, count = '', payload = ''] = frame.split('|');
          assert.deepEqual([sealed, trId, count.length], ['0', 'H0STCNT0', 3]);
          const fields = payload.split('^');
          assert.equal(fields.length, Number(count) * width);
          assert.ok(Number(count) >= 1 && Number(count) <= 20);
          return Array.from({ length: Number(count) }, (_, index) => fields.slice(index * width, (index + 1) * width));
        });
        assert.deepEqual(
          read,
          made.map((record) => record.slice(0, width)),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('leaves records without a layout as they are', () => {
    const frame = { trId: 'H0UPCNT0', key: '0001', layout: null, records: [['a', '', 'c']], canSkip: true };
    assert.deepEqual(feedFrameTexts(frame, 'legacy'), ['0|H0UPCNT0|001|a^^c']);
  });
});
