import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { FixConfiguration } from '#domain/errors.ts';
import { readInstrumentList, type ListedInstrument } from '#markets/instrument-list.ts';
import { buildInstrumentIndex, searchInstruments } from '#markets/instrument-search.ts';
import { listings } from '#markets/listings.ts';
import { chosenEnvironment, modeFolder } from '../house/home.ts';
import { say } from '#link/language.ts';
import { printJson } from '../terminal/json.ts';
import { tableLines } from '../terminal/table.ts';

interface Options {
  readonly json?: boolean;
}

type Found = Pick<ListedInstrument, 'symbol' | 'name' | 'market' | 'kind'>;

/** `snowball data instruments ㅅㅅㅈㅈ`: finds instruments by code, name or first consonants. */
export function instrumentsCommand(): Command {
  return new Command('instruments')
    .description(say('종목을 이름, 코드, 초성으로 찾아요.', 'Find instruments by name, code or first consonants.'))
    .argument('<text>', say('이름, 코드, 초성 (예: ㅅㅅㅈㅈ)', 'name, code or first consonants (such as ㅅㅅㅈㅈ)'))
    .option('--json', say('JSON으로 출력', 'print JSON'))
    .action((text: string, options: Options) => findInstruments(text, options));
}

function findInstruments(text: string, options: Options): void {
  const { from, instruments } = knownInstruments(join(modeFolder(chosenEnvironment()), 'instruments.json'));
  const found = searchInstruments(buildInstrumentIndex(instruments), text);
  if (options.json === true) {
    printJson(found.map(({ symbol, name, market, kind }) => ({ symbol, name, market, kind })));
    return;
  }
  if (found.length === 0) {
    const nothing = say(`"${text}"에 맞는 종목이 없어요.`, `No instrument matches "${text}".`);
    process.stdout.write(`${nothing} ${from}\n`);
    return;
  }
  const lines = tableLines(
    [
      { head: say('코드', 'code'), align: 'left' },
      { head: say('종목', 'name'), align: 'left' },
      { head: say('시장', 'market'), align: 'left' },
      { head: say('종류', 'kind'), align: 'left' },
    ],
    found.map(({ symbol, name, market, kind }) => [symbol, name, market, kindText(kind)]),
  );
  process.stdout.write(`${[...lines, from].join('\n')}\n`);
}

/** The stored list of a broker, or the listings that come with Snowball, and a sentence that says which. */
function knownInstruments(file: string): { readonly from: string; readonly instruments: readonly Found[] } {
  const text = storedText(file);
  if (text === null) {
    const count = listings.length;
    return {
      from: say(
        `저장된 종목 목록이 없어서 기본 목록 ${count}개에서 찾았어요.`,
        `No stored list of instruments: looked among the ${count} that come with Snowball.`,
      ),
      instruments: listings,
    };
  }
  const list = readInstrumentList(text);
  if (list === null) throw unreadable(file);
  const date = list.date.toString();
  return {
    from: say(`${date} 종목 목록에서 찾았어요.`, `Looked in the list of ${date}.`),
    instruments: list.instruments,
  };
}

/** Null when there is no such file. @throws {FixConfiguration} `data.instrument-list` when it cannot be read */
function storedText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw unreadable(file, cause);
  }
}

function unreadable(file: string, cause?: unknown): FixConfiguration {
  return new FixConfiguration(
    'data.instrument-list',
    say(
      `종목 목록 "${file}"을 읽을 수 없어요. 지우면 기본 목록에서 찾아요.`,
      `Cannot read the list of instruments "${file}": it is damaged. Delete it to look among the built-in ones.`,
    ),
    { cause },
  );
}

function kindText(kind: Found['kind']): string {
  return say(koreanKinds[kind], kind.replace('-', ' '));
}

const koreanKinds: Readonly<Record<Found['kind'], string>> = {
  stock: '주식',
  etf: 'ETF',
  etn: 'ETN',
  reit: '리츠',
  fund: '펀드',
  ship: '선박투자',
  infrastructure: '인프라',
  'depositary-receipt': '예탁증서',
  'foreign-stock': '외국주식',
  elw: 'ELW',
  warrant: '신주인수권',
  'beneficiary-certificate': '수익증권',
};
