/**
 * How daily bars lie in a blob (format 2), all numbers little-endian:
 *
 *     u32 number of blocks · u16 length of each block · the blocks · 16 bytes of 0, so that reading four at a time never runs out
 *
 * A block holds 128 bars, the last one fewer. Its prices are whole multiples of one step, found for each block:
 *
 *     u32 close before the block, in steps · u16 step in won · 5 × (u8 width | bytes of an outlier << 5, u8 outliers)
 *     then the columns: values of `width` bits each, then the outliers: u8 place, high bits above `width`
 *
 * Columns: open from the close before (zigzag), close from open (zigzag), high above the body, low below it, volume.
 * A width of 24 bits and an offset of 7 fit one unaligned 32-bit read; a single wild day costs an outlier, not a width.
 */
export const blockLayout = {
  rows: 128,
  columns: 5,
  headBytes: 16,
  bitsMax: 24,
  /** Prices above 2^30 won are kept in the older format; everything here is then an exact 32-bit number. */
  priceMax: 2 ** 30,
  volumeMax: 2 ** 52,
  stepMax: 0xff_ff,
  tailBytes: 16,
} as const;

/** The widest block: every value an outlier of seven bytes beside its 24 bits, and what its last bits may run over. */
export const blockBytesMax = blockLayout.headBytes + blockLayout.columns * blockLayout.rows * (3 + 1 + 7) + 8;

/** The five numbers that a daily bar consists of, oldest first, columns of equal length. */
export interface BarColumns {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}
