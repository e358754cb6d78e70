import { Command } from 'commander';
import { FixConfiguration } from '#domain/errors.ts';
import { listingOf } from '#markets/listings.ts';
import type { QuoteView } from '#link/views.ts';
import { withGateway } from '../house/gateway.ts';
import { say } from '#link/language.ts';
import { printJson } from '../terminal/json.ts';
import { numberText, wonText } from '../terminal/numbers.ts';

/** `snowball quote 005930`: the last price, with its time. */
export function quoteCommand(): Command {
  return new Command('quote')
    .description(say('현재가를 보여 줘요.', 'Show the last price.'))
    .argument('<symbol>', say('여섯 자리 종목코드', 'six-character listing code'))
    .option('--json', say('JSON으로 출력', 'print JSON'))
    .action(async (symbol: string, options: { json?: boolean }) => {
      const known = knownSymbol(symbol);
      const quote = await withGateway((gateway) => gateway.call('quote', { symbol: known }));
      if (options.json) return printJson(quote);
      process.stdout.write(`${line(quote)}\n`);
    });
}

/** @throws FixConfiguration `cli.unknown-symbol` */
export function knownSymbol(symbol: string): string {
  if (listingOf(symbol)) return symbol;
  const korean = `"${symbol}" 종목을 찾지 못했어요. 005930처럼 여섯 자리 종목코드를 적어 주세요.`;
  const english = `Cannot find the symbol "${symbol}": write a six-character listing code such as 005930.`;
  throw new FixConfiguration('cli.unknown-symbol', say(korean, english));
}

function line(quote: QuoteView): string {
  const change = quote.price - quote.basePrice;
  const mark = change > 0 ? '▲ +' : change < 0 ? '▼ ' : '– ';
  const percent = ((change / quote.basePrice) * 100).toFixed(2).replace('-', '−');
  const name = listingOf(quote.symbol)?.name ?? quote.symbol;
  const time = Temporal.Instant.from(quote.at)
    .toZonedDateTimeISO('Asia/Seoul')
    .toPlainTime()
    .toString({ smallestUnit: 'second' });
  return `${name} ${wonText(quote.price)}  ${mark}${numberText(change)} (${change > 0 ? '+' : ''}${percent}%)  ${time} KST`;
}
