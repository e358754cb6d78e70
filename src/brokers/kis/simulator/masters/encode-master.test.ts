import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';

import { instrumentId, type Instrument } from '#domain/instrument.ts';

import { parseMaster } from '../../masters/parse-master.ts';
import { encodeMaster } from './encode-master.ts';

const symbol = fc.stringMatching(/^[0-9][0-9A-Z]{5}$/);
/** Syllables, letters and digits that fit the forty bytes; one more than that would be cut. */
const name = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0xac00, max: 0xd7a3 }).map((code) => String.fromCharCode(code)),
      fc.constantFrom('A', 'z', '7', '&', '(', ')'),
    ),
    { minLength: 1, maxLength: 20 },
  )
  .map((letters) => letters.join(''));
const instrument: fc.Arbitrary<Instrument> = fc
  .record({
    symbol,
    name,
    market: fc.constantFrom('KOSPI', 'KOSDAQ', 'KONEX'),
    kind: fc.constantFrom('stock', 'etf', 'etn'),
    leverage: fc.constant(1),
  })
  .map((listing) => ({ ...listing, id: instrumentId(listing.symbol) }));

test('parseMaster() reads any instrument that encodeMaster() writes', () => {
  fc.assert(
    fc.property(instrument, fc.integer({ min: 1, max: 999_999_999 }), fc.boolean(), (listing, basePrice, isHalted) => {
      const bytes = encodeMaster([{ instrument: listing, basePrice, isHalted }]);

      const { records, bad } = parseMaster(bytes, listing.market);

      assert.deepEqual(bad, []);
      assert.deepEqual(
        records.map((record) => [record.instrument, record.name, record.kind, record.basePrice, record.isHalted]),
        [[listing.id, listing.name, listing.kind, basePrice, isHalted]],
      );
    }),
    { numRuns: 300 },
  );
});
