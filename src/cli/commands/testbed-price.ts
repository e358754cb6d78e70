import { Command } from 'commander';
import { z } from 'zod';
import { say } from '#link/language.ts';
import { testbedConsole } from '../house/testbed-console.ts';
import { printJson } from '../terminal/json.ts';
import { wonText } from '../terminal/numbers.ts';
import { withConsole } from './testbed-fault.ts';
import { wholeNumber } from './up.ts';

const pushed = z.object({ symbol: z.string(), price: z.number() });
const priceMax = 100_000_000;

interface PriceOptions {
  readonly console?: string;
  readonly json?: boolean;
  readonly quantity?: string;
}

/** `snowball testbed price`: moves the simulated market of one instrument. */
export function priceCommand(): Command {
  const command = new Command('price')
    .description(say('한 종목의 가상 시세를 옮겨요.', 'Move the simulated market of one instrument.'))
    .argument('<code>', say('종목코드', 'listing code'))
    .argument('<price>', say('원', 'won'))
    .option('--quantity <shares>', say('가는 길에 체결될 수량', 'shares that may trade on the way'));
  return withConsole(command).action(async (symbol: string, price: string, options: PriceOptions) => {
    const { quantity } = options;
    const answer = await testbedConsole(options.console).call('POST', '/market/price', pushed, {
      symbol,
      price: wholeNumber('<price>', price, 1, priceMax),
      ...(quantity === undefined ? {} : { quantity: wholeNumber('--quantity', quantity, 1, 1_000_000_000) }),
    });
    if (options.json) return printJson(answer);
    process.stdout.write(`${answer.symbol}  ${wonText(answer.price)}\n`);
  });
}
