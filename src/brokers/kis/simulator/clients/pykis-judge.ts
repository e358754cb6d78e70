import type { RawAnswer } from '../fixtures/wire-client.ts';

/** Turns a field into a typed value; throws where pykis would. */
export type Conversion = (value: string) => void;

/** `str()`: anything goes. */
export const text: Conversion = () => undefined;

/** `int()`: an empty text is no number, nor is one with a point. */
export const int: Conversion = (value) => mustMatch(value, /^\s*[+-]?\d+\s*$/, 'an int');

/** `Decimal()`: digits, one point at most. */
export const decimal: Conversion = (value) => mustMatch(value, /^\s*[+-]?(\d+\.?\d*|\.\d+)\s*$/, 'a Decimal');

/** A truth value: `Y` or anything else, but not empty. */
export const truth: Conversion = (value) => mustMatch(value, /./, 'a bool');

/** `strptime` with `%Y%m%d`. */
export const date: Conversion = (value) => {
  mustMatch(value, /^\d{8}$/, 'a date');
  Temporal.PlainDate.from(value);
};

/** `strptime` with `%H%M%S`. */
export const time: Conversion = (value) => mustMatch(value, /^([01]\d|2[0-3])[0-5]\d[0-5]\d$/, 'a time');

/** A key of a table; others raise. */
export const oneOf =
  (...codes: readonly string[]): Conversion =>
  (value) => {
    if (!codes.includes(value)) throw new Error(`"${value}" is none of ${codes.join(' ')}`);
  };

/** Exchange codes of the daily list that pykis can map. @see spec §5.8 */
export const exchangeCode = oneOf(...'01 02 03 04 05 06 07 21 51 52 53 54 55 56 57 58 59 61 64 65 81'.split(' '));

/** Converts every named field of a row. @throws when one is missing, no text, or cannot be converted */
export function convert(row: unknown, fields: Readonly<Record<string, Conversion>>): Readonly<Record<string, string>> {
  const values = row as Readonly<Record<string, string>>;
  for (const [name, conversion] of Object.entries(fields)) {
    const value: unknown = values[name];
    if (typeof value !== 'string') throw new Error(`No field ${name}`);
    named(name, () => conversion(value));
  }
  return values;
}

/**
 * An answer as pykis fetches it: 2xx, `rt_cd` that is an integer and 0, `msg_cd` and `msg1`.
 *
 * @throws where it would
 */
export function fetched(answer: RawAnswer): Record<string, unknown> {
  const body = answer.body();
  if (answer.status < 200 || answer.status > 299) throw new Error(`HTTP ${answer.status}: ${answer.text}`);
  for (const name of ['rt_cd', 'msg_cd', 'msg1']) {
    if (typeof body[name] !== 'string') throw new Error(`No ${name}`);
  }
  int(String(body['rt_cd']));
  if (Number(body['rt_cd']) !== 0) throw new Error(answer.text);
  return body;
}

/**
 * A page of an account: the header `tr_cont` says begin (F, M) or end (D, E) and nothing else, and the two keys are in
 * the body, `width` being 100 at home and 200 abroad.
 *
 * @throws where pykis would
 */
export function fetchedPage(answer: RawAnswer, width: 100 | 200): { body: Record<string, unknown>; isLast: boolean } {
  const body = fetched(answer);
  const status = answer.header('tr_cont') ?? '';
  if (!['F', 'M', 'D', 'E'].includes(status)) throw new Error(`tr_cont "${status}" is no status of a page`);
  for (const name of [`ctx_area_fk${width}`, `ctx_area_nk${width}`]) {
    if (typeof body[name] !== 'string') throw new Error(`No ${name}`);
  }
  return { body, isLast: status === 'D' || status === 'E' };
}

/**
 * Records of a frame: as many fields as `count` times the length of the layout, no more and no fewer, and every named
 * index convertible.
 *
 * @throws where pykis would drop the frame
 */
export function readRecords(
  fields: readonly string[],
  count: number,
  layout: { readonly length: number; readonly fields: Readonly<Record<number, Conversion>> },
): readonly (readonly string[])[] {
  if (fields.length !== count * layout.length) throw new Error(`Invalid data length: ${fields.length}`);
  const records = Array.from({ length: count }, (_, at) => fields.slice(at * layout.length, (at + 1) * layout.length));
  for (const record of records) {
    for (const [index, conversion] of Object.entries(layout.fields)) {
      named(index, () => conversion(record[Number(index)] ?? ''));
    }
  }
  return records;
}

function mustMatch(value: string, pattern: RegExp, kind: string): void {
  if (!pattern.test(value)) throw new Error(`"${value}" is not ${kind}`);
}

function named(name: string, check: () => void): void {
  try {
    check();
  } catch (cause) {
    throw new Error(`${name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
