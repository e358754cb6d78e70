import { crc32 } from 'node:zlib';
import { FixConfiguration } from '#domain/errors.ts';
import { invariant } from '#domain/invariant.ts';

/** Of what is kept of a series: its days or their stretches, and then its blocks. */
export function checksumOf(days: Uint8Array, bytes: Uint8Array): number {
  return crc32(bytes, crc32(days));
}

/** A row of `series`, as far as its checksum goes. */
export interface CheckedBytes {
  readonly symbol: string;
  readonly checksum: number;
  readonly days: Uint8Array;
  readonly bytes: Uint8Array;
}

/** Asserts that a row is what was written. @throws {InvariantError} when a byte of it differs */
export function checkSeries({ symbol, checksum, days, bytes }: CheckedBytes): void {
  const found = checksumOf(days, bytes);
  invariant(found === checksum, `the bars of ${symbol} have the checksum ${checksum}, not ${found}`);
}

/** What a read throws of a row that is not what was written. */
export function damagedSeries(symbol: string, cause: unknown): FixConfiguration {
  return new FixConfiguration(
    'store.damaged',
    `Cannot read the stored bars of ${symbol}: the columns do not decode. Move the store file away and import the bars again.`,
    { cause },
  );
}
