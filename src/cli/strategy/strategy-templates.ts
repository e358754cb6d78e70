/** A strategy to begin with: one of the examples, under a name of one's own. */
export interface StrategyTemplate {
  /** Folder under `examples/`, and the name that stands in its file. */
  readonly example: string;
  /** The function of its file that makes a fresh strategy. */
  readonly maker: string;
}

export const strategyTemplates = {
  plain: { example: 'first-strategy', maker: 'firstStrategy' },
  pairs: { example: 'pairs', maker: 'pairs' },
  breakout: { example: 'larry-williams', maker: 'larryWilliams' },
  rebalance: { example: 'etf-rebalance', maker: 'etfRebalance' },
} as const satisfies Readonly<Record<string, StrategyTemplate>>;

export type TemplateName = keyof typeof strategyTemplates;

/** The test that comes with every template: what holds for any strategy, and a place to write what holds for this one. */
export function templateTest(name: string, maker: string): string {
  return `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waveBars } from '#backtest/hand-bars.ts';
import { tryStrategy } from '#backtest/try-strategy.ts';
import { symbolOf } from '#domain/instrument.ts';
import { ${maker} } from './strategy.ts';

/** 종목마다 물결이 다른 일봉이에요. 손으로 적은 가격([10_000, 10_500, …])으로 바꿔 보세요. */
function bars(count: number) {
  const symbols = ${maker}().instruments.map(symbolOf);
  return Object.fromEntries(symbols.map((symbol, index) => [symbol, waveBars(count, index * 20)]));
}

test('${name} trades, and the guard lets its orders through', () => {
  const { orders, trades } = tryStrategy(${maker}(), bars(240));

  assert.ok(trades.length > 0, 'no trade: are there enough bars, and is there money for one share?');
  assert.deepEqual(orders.flatMap((order) => order.denials), []);
});

test('${name} decides the same whatever bars come later', () => {
  const short = tryStrategy(${maker}(), bars(200)).decisionLog;
  const long = tryStrategy(${maker}(), bars(240)).decisionLog;

  assert.deepEqual(long.slice(0, short.length), short);
});
`;
}

/** What an editor needs: the types of this checkout, found by the imports that begin with #. */
export function templateProject(base: string): string {
  const compilerOptions = {
    composite: false,
    declaration: false,
    emitDeclarationOnly: false,
    incremental: false,
    noEmit: true,
    types: ['node'],
  };
  return `${JSON.stringify({ extends: base, compilerOptions, include: ['*.ts'] }, null, 2)}\n`;
}

/** @param folder as a person types it from the checkout */
export function templateReadme(name: string, folder: string, symbols: readonly string[]): string {
  const list = symbols.map((symbol) => `'${symbol}'`).join(', ');
  return `# ${name}

\`strategy.ts\` 한 파일이 전략이에요. 규칙과 쓸 수 있는 말은 docs/strategies/guide.ko.md에 있어요.

1. 고치기: \`strategy.ts\`의 \`settings\`부터 바꿔 보세요. 편집기가 이름과 타입을 알려 줘요.
2. 시험하기: \`npx snowball strategy test ${folder}\`
3. 지난 일봉으로 검증하기: \`npx snowball backtest ${folder} --bars <CSV 폴더>\` (가져온 봉이 있으면 \`--bars\` 없이)
4. 값 찾고 의심하기: \`npx snowball optimise ${folder} --grid …\`, \`npx snowball validate ${folder} --grid …\` (이름은 \`tunable\`의 \`params\`)
5. 체험·모의투자에서 돌리기: \`config/snowball.yaml\`의 \`strategies\`에 두 줄을 더해요.

\`\`\`yaml
  - { name: ${name}, kind: code, interval: 1d, file: ${folder}/strategy.ts,
      symbols: [${list}] }
\`\`\`

전략은 격리된 프로세스에서 돌아요. 파일, 네트워크, 다른 전략을 볼 수 없고, \`symbols\`에 없는 종목은 주문할 수 없어요.
지난 성적은 앞날의 수익을 약속하지 않아요.
`;
}
