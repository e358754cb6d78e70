import { Command } from 'commander';
import { z } from 'zod';
import { FixConfiguration } from '#domain/errors.ts';
import { say } from '#link/language.ts';
import { testbedConsole } from '../house/testbed-console.ts';
import { printJson } from '../terminal/json.ts';
import { tableLines } from '../terminal/table.ts';
import { wholeNumber } from './up.ts';

const activeFaults = z.array(
  z.object({
    id: z.number(),
    trId: z.string(),
    fault: z.string(),
    probability: z.number(),
    count: z.number().nullable(),
    struck: z.number(),
  }),
);
const knownFaults = z.array(z.object({ name: z.string(), layer: z.string(), korean: z.string(), english: z.string() }));

interface Shared {
  readonly console?: string;
  readonly json?: boolean;
}

interface AddOptions extends Shared {
  readonly tr: string;
  readonly count?: string;
  readonly probability?: string;
  readonly seed?: string;
  readonly delay?: string;
  readonly page?: string;
}

/** `snowball testbed fault list|known|add|clear`: drills on the simulated broker. */
export function faultCommand(): Command {
  const fault = new Command('fault').description(say('고장을 연습해요.', 'Practise faults of the broker.'));
  fault.addCommand(listCommand());
  fault.addCommand(knownCommand());
  fault.addCommand(addCommand());
  fault.addCommand(clearCommand());
  return fault;
}

/** Options that every command of the console has. */
export function withConsole(command: Command): Command {
  return command
    .option('--console <url>', say('콘솔 주소, 켜져 있는 체험이 기본', 'the console; the running trial if not given'))
    .option('--json', say('JSON으로 출력', 'print JSON'));
}

function listCommand(): Command {
  const command = new Command('list').description(say('켜진 고장을 보여요.', 'List the faults that are on.'));
  return withConsole(command).action(async (options: Shared) => {
    show(await testbedConsole(options.console).call('GET', '/faults', activeFaults), options);
  });
}

function knownCommand(): Command {
  const command = new Command('known').description(say('켤 수 있는 고장을 보여요.', 'List every fault there is.'));
  return withConsole(command).action(async (options: Shared) => {
    const known = await testbedConsole(options.console).call('GET', '/faults/known', knownFaults);
    if (options.json) return printJson(known);
    const rows = known.map(({ name, layer, korean, english }) => [name, layer, say(korean, english)]);
    print(tableLines([left(say('이름', 'name')), left(say('층', 'layer')), left(say('뜻', 'meaning'))], rows));
  });
}

function addCommand(): Command {
  const command = new Command('add')
    .argument('<fault>', say('고장 이름, "fault known"에 있어요', 'its name, see "fault known"'))
    .description(say('고장을 켜요.', 'Switch a fault on.'))
    .option('--tr <id>', say('TR ID, *는 모두', 'TR id; * for all'), '*')
    .option('--count <n>', say('몇 번까지', 'how often at most; without end if not given'))
    .option('--probability <p>', say('확률, 0에서 1', 'chance of each, 0 to 1'))
    .option('--seed <text>', say('우연의 씨앗', 'seed of the chance'))
    .option('--delay <ms>', say('시간, 밀리초', 'its time, in milliseconds'))
    .option('--page <n>', say('쪽, 또는 한 쪽의 건수', 'the page, or the rows of one'));
  return withConsole(command).action(async (name: string, options: AddOptions) => {
    const body = {
      fault: name,
      trId: options.tr,
      ...(options.count === undefined ? {} : { count: wholeNumber('--count', options.count, 1, 1_000_000) }),
      ...(options.probability === undefined ? {} : { probability: chance(options.probability) }),
      ...(options.seed === undefined ? {} : { seed: options.seed }),
      ...(options.delay === undefined ? {} : { delayMs: wholeNumber('--delay', options.delay, 0, 60_000) }),
      ...(options.page === undefined ? {} : { page: wholeNumber('--page', options.page, 1, 1_000) }),
    };
    show(await testbedConsole(options.console).call('POST', '/faults', activeFaults, body), options);
  });
}

function clearCommand(): Command {
  const command = new Command('clear')
    .argument('[id]', say('번호, 없으면 모두', 'its number; all if not given'))
    .description(say('고장을 꺼요.', 'Switch faults off.'));
  return withConsole(command).action(async (id: string | undefined, options: Shared) => {
    const query = id === undefined ? '' : `?id=${wholeNumber('<id>', id, 1, 1_000_000_000)}`;
    show(await testbedConsole(options.console).call('DELETE', `/faults${query}`, activeFaults), options);
  });
}

function chance(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new FixConfiguration(
    'cli.option',
    say(
      `--probability 값을 쓸 수 없어요: "${text}". 0에서 1 사이로 적어 주세요.`,
      `Cannot use --probability "${text}": write a number from 0 to 1.`,
    ),
  );
}

function show(faults: z.infer<typeof activeFaults>, options: Shared): void {
  if (options.json) return printJson(faults);
  if (faults.length === 0) return print([say('켜진 고장이 없어요.', 'No fault is on.')]);
  const rows = faults.map(({ id, fault, trId, probability, count, struck }) => [
    String(id),
    fault,
    trId,
    `${Math.round(probability * 100)}%`,
    count === null ? String(struck) : `${struck} / ${count}`,
  ]);
  const heads = [
    left('#'),
    left(say('고장', 'fault')),
    left('TR'),
    right(say('확률', 'chance')),
    right(say('난 횟수', 'struck')),
  ];
  print(tableLines(heads, rows));
}

const left = (head: string) => ({ head, align: 'left' as const });
const right = (head: string) => ({ head, align: 'right' as const });

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
