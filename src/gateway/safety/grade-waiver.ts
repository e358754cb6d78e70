import { readFileSync } from 'node:fs';
import { isMap, LineCounter, parseDocument } from 'yaml';
import { FixConfiguration } from '#domain/errors.ts';
import { say } from '#link/language.ts';

const key = 'gradeCWaiverUntil';
/** Nobody writes more by hand; it bounds the work that a hostile file can ask for. */
const textLengthMax = 65_536;
const dateForm = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The last day, inclusive, on which the person bears in real trading that strategies are held by Node's flags alone, from
 * `gradeCWaiverUntil` in `snowball.yaml`. A waiver without an end cannot be written. Null when the file, or the key in it,
 * is not there, and when the file is no YAML, which the runner says.
 *
 * @throws {FixConfiguration} `gateway.config` when the key holds anything but a date
 */
export function readGradeWaiver(file: string): Temporal.PlainDate | null {
  const text = textOf(file);
  if (text === null || text.length > textLengthMax) return null;
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, strict: true, uniqueKeys: true, prettyErrors: false });
  if (document.errors.length > 0 || !isMap(document.contents) || !document.has(key)) return null;
  const found: unknown = document.get(key);
  const date = typeof found === 'string' && dateForm.test(found) ? dateOf(found) : null;
  if (date !== null) return date;
  const sentence = say(
    `"${file}"의 ${key}에는 2026-12-31처럼 날짜를 적어 주세요.`,
    `Cannot read ${key} in "${file}": wanted a date such as 2026-12-31`,
  );
  throw new FixConfiguration('gateway.config', sentence);
}

function dateOf(text: string): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    // The 31st of June is no date; the caller says so.
    return null;
  }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // The reader of permits, which looks at the same file, says why it cannot be read; here it is no waiver.
    return null;
  }
}
