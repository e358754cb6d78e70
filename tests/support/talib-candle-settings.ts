/** The memory of TA-Lib's module, seen as whole numbers of 32 bits and as floats of 64. */
export interface TalibMemory {
  readonly HEAP32: Int32Array;
  readonly HEAPF64: Float64Array;
}

/** `published` is what TA_RestoreCandleDefaultSettings sets; `none` what talib-web leaves: zeros, so that nothing is long. */
export type CandleSettings = 'published' | 'none';

/** What the range of a candle is, in TA-Lib's numbers: its body, from high to low, or both shadows. */
const [body, highLow, shadows] = [0, 1, 2];

/** TA-Lib's settings in the order of TA_CandleSettingType: range, bars of the average, factor. */
const published = [
  { name: 'BodyLong', range: body, bars: 10, factor: 1 },
  { name: 'BodyVeryLong', range: body, bars: 10, factor: 3 },
  { name: 'BodyShort', range: body, bars: 10, factor: 1 },
  { name: 'BodyDoji', range: highLow, bars: 10, factor: 0.1 },
  { name: 'ShadowLong', range: body, bars: 0, factor: 1 },
  { name: 'ShadowVeryLong', range: body, bars: 0, factor: 2 },
  { name: 'ShadowShort', range: shadows, bars: 10, factor: 1 },
  { name: 'ShadowVeryShort', range: highLow, bars: 10, factor: 0.1 },
  { name: 'Near', range: highLow, bars: 5, factor: 0.2 },
  { name: 'Far', range: highLow, bars: 5, factor: 0.6 },
  { name: 'Equal', range: highLow, bars: 5, factor: 0.05 },
];

/*
 * The module exports no function that sets them. Where they lie was read from the code of TA_CDLDOJI: it loads the pointer
 * TA_Globals from 2928 bytes behind the module's memory base of 1024, and of what that points to the setting BodyDoji,
 * the fourth, from byte 232 on: type, range and bars as 32 bits, four bytes unused, and the factor as 64 bits.
 */
const pointerAt = 1_024 + 2_928;
const settingsBehindGlobals = 160;
const bytesOfSetting = 24;

/**
 * Writes the settings of candles into TA-Lib's globals. Whether they have an effect is for tests to see.
 *
 * @throws {Error} another build of the module, whose globals lie elsewhere
 */
export function setCandleSettings({ HEAP32, HEAPF64 }: TalibMemory, settings: CandleSettings): void {
  const globals = HEAP32[pointerAt / 4];
  if (globals !== pointerAt + 8) throw new Error(`Cannot find TA-Lib's globals: a pointer to ${globals}`);
  for (const [index, { range, bars, factor }] of published.entries()) {
    const at = globals + settingsBehindGlobals + index * bytesOfSetting;
    const isPublished = settings === 'published';
    HEAP32.set(isPublished ? [index, range ?? 0, bars] : [0, 0, 0], at / 4);
    HEAPF64[(at + 16) / 8] = isPublished ? factor : 0;
  }
}
