import { instrumentId, type InstrumentId, type Market } from '#domain/instrument.ts';
import type { ListedKind } from '#markets/instrument-list.ts';
import { decodeCp949 } from '#text/cp949.ts';

import { masterHead } from '../endpoints/masters.ts';
import { BadField } from './bad-field.ts';
import { flags, groupKinds, overheats, preferreds, warnings } from './master-codes.ts';
import { MasterFields, masterLayout, type MasterLayout } from './master-fields.ts';
import type { MasterRecord } from './master-record.ts';

/** A line that was left out, whole. */
export interface BadMasterLine {
  /** 1 is the first line of the file. */
  readonly line: number;
  readonly cause: string;
}

export interface ParsedMaster {
  readonly records: readonly MasterRecord[];
  /** How many lines were left out, and the first hundred of them. */
  readonly badLines: number;
  readonly bad: readonly BadMasterLine[];
}

const badKeptMax = 100;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Reads a master file. Lines are split into fields by bytes, for a Korean letter is two of them; a line that is not
 * wholly as it should be is counted and left out, never half read.
 *
 * @param bytes the unpacked file, cp949
 * @see spec §8
 */
export function parseMaster(bytes: Uint8Array, market: Market): ParsedMaster {
  const layout = masterLayout(market);
  const records: MasterRecord[] = [];
  const bad: BadMasterLine[] = [];
  let badLines = 0;
  let line = 0;
  for (const raw of linesOf(bytes)) {
    line += 1;
    const outcome = tryRecord(raw, market, layout);
    if (typeof outcome !== 'string') {
      records.push(outcome);
      continue;
    }
    badLines += 1;
    if (bad.length < badKeptMax) bad.push({ line, cause: outcome });
  }
  return { records, badLines, bad };
}

function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length;) {
    const feed = bytes.indexOf(lineFeed, start);
    const end = feed < 0 ? bytes.length : feed;
    const hasReturn = end > start && bytes[end - 1] === carriageReturn;
    yield bytes.subarray(start, hasReturn ? end - 1 : end);
    start = end + 1;
  }
}

/** The record, or why the line is none. */
function tryRecord(line: Uint8Array, market: Market, layout: MasterLayout): MasterRecord | string {
  try {
    return recordOf(line, market, layout);
  } catch (error) {
    if (error instanceof BadField) return error.message;
    throw error;
  }
}

function recordOf(line: Uint8Array, market: Market, layout: MasterLayout): MasterRecord {
  if (line.length !== layout.lineBytes) {
    throw new BadField(`the line has ${line.length} bytes, wanted ${layout.lineBytes}`);
  }
  const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('latin1');
  if (!/^[\x20-\x7e]*$/.test(text.slice(layout.headBytes))) throw new BadField('the right part is not ASCII');
  const nameStart = masterHead.symbol + masterHead.isin;
  const code = textLike(/^[0-9A-Z]{1,9}$/, text.slice(0, masterHead.symbol), 'short code');
  const isin = textLike(/^[A-Z]{2}[0-9A-Z]{9}\d$/, text.slice(masterHead.symbol, nameStart), 'standard code');
  const name = textLike(/^[^\p{Cc}]+$/u, koreanText(line.subarray(nameStart, layout.headBytes)), 'name');
  const fields = new MasterFields(layout, text);
  const kind = fields.code('group', groupKinds);
  const margin = fields.count('marginRate', 100);
  return {
    code,
    instrument: instrumentOf(code, kind),
    isin,
    name,
    market,
    kind,
    basePrice: fields.price('basePrice'),
    lot: fields.count('lot'),
    isHalted: fields.code('isHalted', flags),
    isLiquidated: fields.code('isLiquidated', flags),
    isManaged: fields.code('isManaged', flags),
    warning: fields.code('warning', warnings),
    isOverheated: fields.code('overheat', overheats),
    isCautionIssue: fields.code('isCautionIssue', flags),
    isSpac: fields.code('isSpac', flags),
    isPreferred: fields.code('preferredKind', preferreds),
    listedOn: fields.date('listedOn'),
    sharesListed: fields.count('sharesInThousands', 1_000),
    parValue: fields.price('parValue'),
    marginBps: margin,
  };
}

/** @throws {BadField} most often for half a letter: the field was cut at the wrong byte */
function koreanText(bytes: Uint8Array): string {
  const text = decodeCp949(bytes);
  if (text === null) throw new BadField('the name is not cp949');
  return text;
}

function textLike(pattern: RegExp, padded: string, what: string): string {
  const text = padded.trim();
  if (!pattern.test(text)) throw new BadField(`there is no ${what}`);
  return text;
}

/** The broker writes an ETN as `Q` and its listing code. An ELW looks like a stock by its code, and is none. */
function instrumentOf(code: string, kind: ListedKind): InstrumentId | null {
  if (kind === 'elw' || kind === 'warrant') return null;
  const symbol = kind === 'etn' && /^Q\w{6}$/.test(code) ? code.slice(1) : code;
  try {
    return instrumentId(symbol);
  } catch {
    // None of the listing codes we know: the record says so with null.
    return null;
  }
}
