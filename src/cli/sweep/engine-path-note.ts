import { areOrdinary } from '#backtest/desk/fill-model.ts';
import type { SweepOptions } from '#backtest/sweep/sweep.ts';
import { say } from '#link/language.ts';

/**
 * Says on standard error, before the work, that it will take longer because of the chosen fills. Nothing of what the engine
 * runs anyway: minutes, recipes and strategy files.
 */
export function noteEnginePath({ subject, series, fills }: Pick<SweepOptions, 'subject' | 'series' | 'fills'>): void {
  const isRules = subject.kind === 'program' || subject.kind === 'tutorial';
  if (areOrdinary(fills) || !isRules || series.some(({ interval }) => interval !== '1d')) return;
  process.stderr.write(
    say(
      '체결 가정이 기본과 달라서 조합마다 백테스트 엔진을 그대로 돌려요. 시간이 더 걸려요.\n',
      'With these fills the engine itself runs each combination, which takes longer.\n',
    ),
  );
}
