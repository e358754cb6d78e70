import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FixConfiguration } from '#domain/errors.ts';
import { say } from '#link/language.ts';
import { dayEvent, dayFormat, type DayEvent } from './day-event.ts';

/** One life of a strategy's room, from its start; a run goes on over days until the process ends. */
export interface RecordedRun {
  readonly open: Extract<DayEvent, { kind: 'open' }>;
  readonly events: readonly DayEvent[];
}

interface DayFile {
  readonly date: number;
  readonly events: readonly DayEvent[];
}

/**
 * Every run that may have decided about bars of `date`: those of that day and of the recorded days after it until a bar is
 * shown, because on those the close of `date` is acted upon, and what the house notes names a bar of `date`. Each begins at its start, if need be on an earlier day, because what a strategy remembers
 * began there.
 *
 * @param date yyyymmdd
 * @returns empty when nothing was recorded then
 * @throws {FixConfiguration} `replay.recording` for a file that is damaged, cut off or of another format
 */
export function recordedRuns(folder: string, strategy: string, date: number): readonly RecordedRun[] {
  const dates = datesIn(folder, strategy);
  const [first, ...later] = dates.filter((one) => one >= date);
  if (first === undefined) return [];
  const files = [readDay(folder, strategy, first)];
  for (const one of later) {
    if (files.at(-1)?.date !== date && files.at(-1)?.events.some(isBarShown) === true) break;
    files.push(readDay(folder, strategy, one));
  }
  for (const earlier of dates.filter((one) => one < first).toReversed()) {
    if (files[0]?.events[0]?.kind === 'open') break;
    files.unshift(readDay(folder, strategy, earlier));
  }
  return runsOf(files, strategy).filter(({ events }) => events.some(({ at }) => at >= startOf(files, first)));
}

function isBarShown(event: DayEvent): boolean {
  return event.kind === 'shown' && event.shown.kind === 'bar';
}

function datesIn(folder: string, strategy: string): readonly number[] {
  const names = globSync(`${strategy}-*.day.jsonl`, { cwd: folder });
  const dates = names.flatMap((name) => {
    const [, date] = /^-(\d{8})\.day\.jsonl$/.exec(name.slice(strategy.length)) ?? [];
    return date === undefined ? [] : [Number(date)];
  });
  return dates.toSorted((a, b) => a - b);
}

function readDay(folder: string, strategy: string, date: number): DayFile {
  const name = `${strategy}-${date}.day.jsonl`;
  const lines = readFileSync(join(folder, name), 'utf8').split('\n');
  // A process that died while it wrote leaves a part of a line.
  lines.pop();
  const events = lines.map((line, index) => {
    try {
      return dayEvent.parse(JSON.parse(line));
    } catch (cause) {
      throw unusable(`${name}:${index + 1}`, '읽을 수 없어요', 'it cannot be read', cause);
    }
  });
  if (events.some(({ kind }) => kind === 'cut')) throw unusable(name, '하루가 너무 길어 잘렸어요', 'it was cut off');
  return { date, events };
}

function runsOf(files: readonly DayFile[], strategy: string): readonly RecordedRun[] {
  const runs: { readonly open: RecordedRun['open']; readonly events: DayEvent[] }[] = [];
  for (const event of files.flatMap(({ events }) => events)) {
    if (event.kind === 'open') runs.push({ open: event, events: [] });
    else if (runs.length === 0) throw unusable(strategy, '시작이 없어요', 'its beginning is missing');
    runs.at(-1)?.events.push(event);
  }
  const other = runs.find(({ open }) => open.format !== dayFormat);
  if (other !== undefined) throw unusable(strategy, '다른 버전이 썼어요', `it has format ${other.open.format}`);
  return runs;
}

/** Epoch milliseconds of the first event of that day's file. */
function startOf(files: readonly DayFile[], date: number): number {
  return files.find((file) => file.date === date)?.events[0]?.at ?? 0;
}

function unusable(what: string, ko: string, en: string, cause?: unknown): FixConfiguration {
  return new FixConfiguration(
    'replay.recording',
    say(
      `하루 기록 "${what}"을 되짚을 수 없어요: ${ko}.`,
      `Cannot replay the record "${what}": ${en}, wanted the day as this version wrote it.`,
    ),
    { cause },
  );
}
