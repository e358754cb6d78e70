import type { Command } from 'commander';
import type { InstrumentKind, Market } from '#domain/instrument.ts';
import { say } from '#link/language.ts';
import type { ListingFacts } from '#markets/past-listings.ts';
import { collect, wrongOption } from './research-options.ts';

/** `--listing`: what a code is, where the tables do not know it or are wrong. */
export function addListingOption(command: Command): Command {
  return command.option(
    '--listing <code=what>',
    say(
      '종목의 종류, 여러 번 쓸 수 있어요: 123456=KOSDAQ (KOSPI, KONEX, ETF, ETN, 레버리지는 ETF:2)',
      'what a code is, repeatable: 123456=KOSDAQ (KOSPI, KONEX, ETF, ETN; leveraged ETF:2)',
    ),
    collect,
    [],
  );
}

const kinds: Readonly<Record<string, readonly [Market, InstrumentKind]>> = {
  KOSPI: ['KOSPI', 'stock'],
  KOSDAQ: ['KOSDAQ', 'stock'],
  KONEX: ['KONEX', 'stock'],
  ETF: ['KOSPI', 'etf'],
  ETN: ['KOSPI', 'etn'],
  코스피: ['KOSPI', 'stock'],
  코스닥: ['KOSDAQ', 'stock'],
  코넥스: ['KONEX', 'stock'],
};

/** By code; the last of one code counts. @throws {FixConfiguration} `cli.option` */
export function listingsOf(texts: readonly string[] | undefined): ReadonlyMap<string, ListingFacts> {
  return new Map((texts ?? []).flatMap((text) => text.split(',')).map((text) => listingIn(text.trim())));
}

function listingIn(text: string): readonly [symbol: string, facts: ListingFacts] {
  const [, symbol = '', word = '', times] = /^([0-9][0-9A-Z]{5})=([A-Za-z]+|[가-힣]+)(?::([1-3]))?$/.exec(text) ?? [];
  const found = kinds[word.toUpperCase()];
  if (found === undefined || (times !== undefined && found[1] === 'stock')) {
    throw wrongOption(
      '--listing',
      text,
      say('123456=KOSDAQ이나 123456=ETF:2 꼴', 'such as 123456=KOSDAQ or 123456=ETF:2'),
    );
  }
  const [market, kind] = found;
  return [symbol, { market, kind, leverage: Number(times ?? 1) }];
}
