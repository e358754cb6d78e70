import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { setCandleSettings, type CandleSettings } from './talib-candle-settings.ts';

/** The WebAssembly module of talib-web, as far as we call it: memory, and functions by their C names. */
const talibModule = z.object({
  HEAPF64: z.instanceof(Float64Array),
  HEAP32: z.instanceof(Int32Array),
  _malloc: z.function({ input: [z.number()], output: z.number() }),
  _free: z.function({ input: [z.number()], output: z.void() }),
  ccall: z.function({
    input: [z.string(), z.literal('number'), z.array(z.literal('number')), z.array(z.number())],
    output: z.number(),
  }),
});
const talibPackage = z.object({ init: z.function({ input: [z.string()], output: z.promise(z.unknown()) }) });

const bytesOfNumber = 8;
const bytesOfCount = 4;

export interface TalibCall {
  /** Without `TA_`, as in TA-Lib's documentation: `SMA`, `LINEARREG_SLOPE`. */
  readonly name: string;
  readonly inputs: readonly Float64Array[];
  /** In the order of the C function. */
  readonly options: readonly number[];
  readonly outputs: number;
  /** For candlestick patterns, which answer whole numbers of 32 bits; left out for the others. */
  readonly candles?: CandleSettings;
}

/**
 * Calls functions of TA-Lib's C code. Each output is as long as the inputs, with NaN where TA-Lib says nothing.
 *
 * The functions that talib-web itself offers are not used: their last index is one past the end of the arrays, so that the
 * last value is made of whatever lies behind them in memory and the values before stand shifted to the front.
 */
export async function talibOracle(): Promise<(call: TalibCall) => readonly Float64Array[]> {
  const require = createRequire(import.meta.url);
  const entry = require.resolve('talib-web');
  const { init } = talibPackage.parse(require(entry));
  // The package would fetch a path as an address; as one that holds its own bytes it needs no network.
  const wasm = readFileSync(join(dirname(entry), 'talib.wasm')).toString('base64');
  const talib = talibModule.parse(await init(`data:application/wasm;base64,${wasm}`));
  return (call) => callTalib(talib, call);
}

function callTalib(talib: z.infer<typeof talibModule>, call: TalibCall): Float64Array[] {
  const { name, inputs, options, outputs, candles } = call;
  if (candles !== undefined) setCandleSettings(talib, candles);
  const length = inputs[0]?.length ?? 0;
  const columns = Array.from({ length: inputs.length + outputs }, () => talib._malloc(length * bytesOfNumber));
  const counts = talib._malloc(2 * bytesOfCount);
  inputs.forEach((input, index) => talib.HEAPF64.set(input, (columns[index] ?? 0) / bytesOfNumber));
  const inputsAt = columns.slice(0, inputs.length);
  const outputsAt = columns.slice(inputs.length);
  const values = [0, length - 1, ...inputsAt, ...options, counts, counts + bytesOfCount, ...outputsAt];
  const code = talib.ccall(
    `TA_${name}`,
    'number',
    values.map(() => 'number'),
    values,
  );
  if (code !== 0) throw new Error(`TA-Lib refused ${name} with code ${code}`);
  const [begin = 0, count = 0] = talib.HEAP32.subarray(counts / bytesOfCount, counts / bytesOfCount + 2);
  const results = outputsAt.map((at) => {
    const column = new Float64Array(length).fill(NaN);
    const [heap, bytes] = candles ? [talib.HEAP32, bytesOfCount] : [talib.HEAPF64, bytesOfNumber];
    column.set(heap.subarray(at / bytes, at / bytes + count), begin);
    return column;
  });
  for (const at of [...columns, counts]) talib._free(at);
  return results;
}
