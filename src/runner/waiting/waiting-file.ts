import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { FixConfiguration } from '#domain/errors.ts';
import { symbolOf, type InstrumentId } from '#domain/instrument.ts';
import { say } from '#link/language.ts';
import { replaceFile } from '../replace-file.ts';
import { waitingState, type WaitingState } from './waiting-state.ts';

/** What the first line says: what this is and how it is written, then the SHA-256 of the second line. */
const format = 'snowball-waiting-orders 1';

/** The waiting orders of one strategy on the disk: two lines, the format with a checksum and the state as JSON. */
export class WaitingFile {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /**
   * @returns null when there is no file: nothing ever waited
   * @throws {FixConfiguration} `runner.waiting-orders` for a file that cannot be read, is damaged or of another format
   */
  read(): WaitingState | null {
    const text = textOf(this.#file);
    if (text === null) return null;
    const [head = '', body = '', end] = text.split('\n');
    if (!head.startsWith(`${format} `)) throw unusable(this.#file, 'format');
    if (head !== headOf(body) || end !== '') throw unusable(this.#file, 'checksum');
    try {
      return waitingState(JSON.parse(body));
    } catch (cause) {
      throw unusable(this.#file, 'content', cause);
    }
  }

  /**
   * Returns when it is on the disk.
   *
   * @throws what the file system throws, and for a state that `read` would refuse; the file is then as it was
   */
  write(state: WaitingState): void {
    const body = JSON.stringify(state);
    waitingState(JSON.parse(body));
    replaceFile(this.#file, `${headOf(body)}\n${body}\n`);
  }
}

function headOf(body: string): string {
  return `${format} ${createHash('sha256').update(body).digest('hex')}`;
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw unusable(file, 'reading', cause);
  }
}

const found = {
  reading: { ko: '읽을 수 없어서', en: 'it cannot be read' },
  format: { ko: '이 버전이 모르는 형식이라', en: 'its format is not known to this version' },
  checksum: { ko: '깨져 있어서', en: 'it is damaged' },
  content: { ko: '내용이 맞지 않아서', en: 'it holds a wrong value' },
} as const;

function unusable(file: string, problem: keyof typeof found, cause?: unknown): FixConfiguration {
  const name = basename(file);
  const { ko, en } = found[problem];
  return new FixConfiguration(
    'runner.waiting-orders',
    say(
      `기다리던 주문 파일 "${name}"을 ${ko} 전략을 켜지 않았어요. 손절과 목표가를 직접 챙기고 파일을 옮긴 뒤 다시 켜 주세요.`,
      `Cannot take up the waiting orders of "${name}": ${en}, wanted the file as it was written; look after the stops yourself, move the file away and start again.`,
    ),
    { cause },
  );
}

/**
 * Something may wait for an instrument that the strategy does not name any more: nobody would see its price.
 *
 * @throws {FixConfiguration} `runner.waiting-orders`
 */
export function mustBeWatched(waiting: ReadonlySet<InstrumentId>, watched: readonly InstrumentId[]): void {
  const strange = [...waiting].find((instrument) => !watched.includes(instrument));
  if (strange !== undefined) throw unwatched(symbolOf(strange));
}

function unwatched(symbol: string): FixConfiguration {
  return new FixConfiguration(
    'runner.waiting-orders',
    say(
      `기다리는 주문이 있는 종목 ${symbol}이 설정에 없어서 전략을 켜지 않았어요. 종목을 다시 넣거나, 주식을 직접 챙기고 기다리던 주문 파일을 옮겨 주세요.`,
      `Cannot take up the waiting orders of ${symbol}: the strategy does not name it any more, wanted it back, or the shares looked after by you and the file of waiting orders moved away.`,
    ),
  );
}
