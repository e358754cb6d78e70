import type { BacktestOptions } from '#backtest/backtest-options.ts';
import type { BacktestResult } from '#backtest/result.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { codeBacktestResult } from '#link/code-backtest.ts';
import { openCodeRoom, plainColumns, roomFailure } from '#link/code-room.ts';
import { say } from '#link/language.ts';
import type { UnrepeatableUse } from '#link/unrepeatable.ts';
import { withParticle } from '#strategy/korean-particle.ts';

/**
 * Backtests a strategy file in a sandbox of its own process, as the command line does: neither this process nor the
 * server's ever loads it. When the thread that waits here is ended, the pipe breaks and the sandbox goes with it.
 *
 * @returns `unrepeatable`: what of chance and the clock it asked, empty for nearly every one
 * @param asked `symbols` in the place of the file's own, where it takes any
 * @throws {FixConfiguration} `backtest.strategy-failed` with what it threw; `runner.backtest-values` when it trades other
 *   symbols; the codes of `runBacktest`
 */
export async function backtestInRoom(
  asked: {
    readonly file: string;
    readonly values: Readonly<Record<string, number>>;
    readonly symbols: readonly string[];
  },
  job: Omit<BacktestOptions, 'strategy' | 'sha256' | 'onProgress' | 'basePrice'>,
  onProgress: (fraction: number) => void,
): Promise<{ readonly result: BacktestResult; readonly unrepeatable: readonly UnrepeatableUse[] }> {
  const { file, values, symbols } = asked;
  const room = openCodeRoom({ file, purpose: 'backtest', use: { values, symbols } });
  try {
    for (;;) {
      const news = await room.next();
      if (news?.kind === 'ready') {
        checkDeclared(news, symbols);
        room.send({ ...job, series: job.series.map(plainColumns) });
      } else if (news?.kind === 'progress') onProgress(news.fraction);
      // The engine of the same build made it; a strategy that forged it deceives its own author alone.
      else if (news?.kind === 'done') {
        const result = codeBacktestResult.parse(news.result) as unknown as BacktestResult;
        return { result, unrepeatable: news.unrepeatable };
      } else throw roomFailure(file, news);
    }
  } finally {
    await room.close();
  }
}

function checkDeclared(
  own: { readonly symbols: readonly string[]; readonly interval: string },
  symbols: readonly string[],
): void {
  const isSame = own.symbols.length === symbols.length && own.symbols.every((symbol) => symbols.includes(symbol));
  if (!isSame) {
    const list = own.symbols.join(', ');
    throw refusal(
      `이 전략은 파일에 적힌 종목만 거래해요. ${withParticle(list, 'object')} 골라 주세요.`,
      `Cannot backtest it over ${symbols.join(', ')}: it trades what its file declares, ${list}.`,
    );
  }
  if (own.interval === '1d') return;
  throw refusal(
    '분봉 전략은 여기서 검증할 수 없어요. snowball backtest에 분봉을 주고 돌려 주세요.',
    'Cannot backtest it here: it decides on minute bars; run snowball backtest over minutes.',
  );
}

function refusal(korean: string, english: string): FixConfiguration {
  return new FixConfiguration('runner.backtest-values', say(korean, english));
}
