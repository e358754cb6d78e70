import { closeSync, openSync, writeSync } from 'node:fs';

import type { Print } from '#brokers/kis/simulator/venue/floor/day-stats.ts';
import type { Desk } from '#brokers/kis/simulator/venue/floor/desk.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { seoulDate } from '#domain/trading-date.ts';

import { tickFileHead, type TickLine } from './tick-line.ts';

/** Writes down what a market prints. */
export interface TickRecorder {
  /** Prints of one moment; those of other boards are left out. */
  onPrints(prints: ReadonlyMap<Desk, readonly Print[]>): void;
  close(): void;
}

const bufferMaxBytes = 64 * 1024;

/**
 * A new file at `path` with one short line a print, about twenty bytes: prints of one moment at one price are one line.
 * An existing file is not written over.
 *
 * @throws FixConfiguration `testbed.record-file` when the file cannot be made
 */
export function openTickRecorder(path: string): TickRecorder {
  const file = openNew(path);
  const numbers = new Map<string, number>();
  const days = new Map<string, string>();
  let text = `${JSON.stringify(tickFileHead)}\n`;
  let reachedMs = 0;
  const flush = (): void => {
    writeSync(file, text);
    text = '';
  };
  const put = (line: TickLine): void => {
    text += `${JSON.stringify(line)}\n`;
    if (text.length > bufferMaxBytes) flush();
  };
  const numberOf = ({ instrument, basePrice }: Desk, at: number): number => {
    const { symbol, name, market, kind, leverage } = instrument;
    const number = numbers.get(symbol) ?? numbers.size;
    if (!numbers.has(symbol)) put(['i', number, symbol, name, market, kind, leverage]);
    numbers.set(symbol, number);
    const day = seoulDate(Temporal.Instant.fromEpochMilliseconds(at)).toString();
    if (days.get(symbol) !== day) put(['d', number, day, basePrice]);
    days.set(symbol, day);
    return number;
  };
  return {
    onPrints(prints) {
      for (const [desk, list] of prints) {
        if (desk.board !== 'KRX') continue;
        for (const { at, price, quantity, takerSide } of merged(list)) {
          const number = numberOf(desk, at);
          put([number, at - reachedMs, price, quantity, takerSide === 'buy' ? 1 : 0]);
          reachedMs = at;
        }
      }
    },
    close() {
      flush();
      closeSync(file);
    },
  };
}

type Merged = Pick<Print, 'at' | 'price' | 'quantity' | 'takerSide'>;

/** Neighbours of one moment and price as one. */
function merged(prints: readonly Print[]): readonly Merged[] {
  const rows: Merged[] = [];
  for (const print of prints) {
    const last = rows.at(-1);
    const isSame = last?.at === print.at && last.price === print.price && last.takerSide === print.takerSide;
    if (last === undefined || !isSame) rows.push(print);
    else rows[rows.length - 1] = { ...last, quantity: last.quantity + print.quantity };
  }
  return rows;
}

function openNew(path: string): number {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (cause) {
    throw new FixConfiguration(
      'testbed.record-file',
      `Cannot record into "${path}": it is there already or its folder is not, wanted a new file. Choose another name.`,
      { cause },
    );
  }
}
