import { indexBoardCode } from './quote-codes.ts';

/** Four digits of KIS for an index or sector: the three best known by name, any other by its code. */
export type IndexCode = 'kospi' | 'kosdaq' | 'kospi200' | `${number}`;

const named: Readonly<Record<string, string>> = { kospi: '0001', kosdaq: '1001', kospi200: '2001' };

/** @throws {RangeError} when `index` is neither a known name nor four digits */
export function indexQuery(index: IndexCode): Record<string, string> {
  const code = named[index] ?? index;
  if (!/^\d{4}$/.test(code)) throw new RangeError(`Not an index of KIS: "${index}", wanted four digits such as 0001`);
  return { FID_COND_MRKT_DIV_CODE: indexBoardCode, FID_INPUT_ISCD: code };
}
