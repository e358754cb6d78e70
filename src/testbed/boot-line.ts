import { FixConfiguration } from '#domain/errors.ts';

/** What the testbed needs of the supervisor's boot line; the rest of the line is not for it. */
export interface TestbedBoot {
  readonly home: string;
  /** First trading day of a new trial is at or after this one. */
  readonly date: Temporal.PlainDate;
  readonly speed: number;
  readonly seed: string;
  readonly limits: boolean;
  /** Where to listen, the same at every start so that a restart is found again; 0 takes a free port. */
  readonly ports: TestbedPorts;
}

export interface TestbedPorts {
  readonly restReal: number;
  readonly restPaper: number;
  readonly wsReal: number;
  readonly wsPaper: number;
  readonly console: number;
}

/**
 * Reads the boot line. Options, all with defaults: `trialDate` (yyyy-mm-dd, today in Seoul), `trialSpeed` (10),
 * `trialSeed` ("snowball"), `trialLimits` (false), and the ports `restReal`, `restPaper`, `wsReal`, `wsPaper`, `console` (0).
 *
 * @throws FixConfiguration `testbed.boot-line` when the line says something else
 */
export function readBootLine(line: string, today: Temporal.PlainDate): TestbedBoot {
  const value = parse(line);
  const { home } = value;
  if (typeof home !== 'string' || home === '') throw wrong('no home folder');
  const options = isRecord(value['options']) ? value['options'] : {};
  const speed = options['trialSpeed'] ?? 10;
  if (typeof speed !== 'number' || !(speed >= 1 && speed <= 1000)) throw wrong('a speed outside 1 to 1000');
  const limits = options['trialLimits'] ?? false;
  if (typeof limits !== 'boolean') throw wrong('limits that are neither true nor false');
  const seed = options['trialSeed'] ?? 'snowball';
  if (typeof seed !== 'string') throw wrong('a seed that is no text');
  return { home, date: readDate(options['trialDate'], today), speed, seed, limits, ports: readPorts(options) };
}

function readPorts(options: Record<string, unknown>): TestbedPorts {
  const port = (name: keyof TestbedPorts): number => {
    const value = options[name] ?? 0;
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
    throw wrong(`a port "${name}" outside 0 to 65535`);
  };
  return {
    restReal: port('restReal'),
    restPaper: port('restPaper'),
    wsReal: port('wsReal'),
    wsPaper: port('wsPaper'),
    console: port('console'),
  };
}

function readDate(value: unknown, today: Temporal.PlainDate): Temporal.PlainDate {
  if (value === undefined || value === '') return today;
  if (typeof value !== 'string') throw wrong('a trial date that is no text');
  try {
    return Temporal.PlainDate.from(value);
  } catch (cause) {
    throw wrong('a trial date that is no day', cause);
  }
}

function parse(line: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw wrong('no JSON', cause);
  }
  if (!isRecord(value)) throw wrong('no object');
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(state: string, cause?: unknown): FixConfiguration {
  return new FixConfiguration(
    'testbed.boot-line',
    `Cannot start the testbed: its boot line holds ${state}, wanted one JSON object from the supervisor.`,
    { cause },
  );
}
