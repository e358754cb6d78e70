import { dayText } from '#backtest/report/report-numbers.ts';
import { heatMapOf } from '#backtest/validation/heat-map.ts';
import { say } from '#link/language.ts';
import { fillsLine } from '../backtest/fills-line.ts';
import { fixedText, numberText } from '../terminal/numbers.ts';
import { tableLines } from '../terminal/table.ts';
import { cutText } from '../terminal/text-width.ts';
import { heatMapLines } from './heat-map-lines.ts';
import type { OptimiseResult } from './optimise-result.ts';
import type { SearchPlan } from './search-plan.ts';

const shown = 10;

/** What a search came to, for the terminal. */
export function optimiseSummary(result: OptimiseResult, plan: SearchPlan, isColoured: boolean): string {
  const blocks = [titleLines(result), bestLines(result), mapLines(result, plan, isColoured), countLines(result)];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function titleLines({ strategy, symbols, from, to, objective, fills }: OptimiseResult): readonly string[] {
  const range = `${dayText(from, true)}–${dayText(to, true)}`;
  const title = `${strategy} · ${cutText(symbols.join(', '), 78 - strategy.length - range.length - objective.length - 9)} · ${range} · ${objective}`;
  return fills === undefined ? [title] : [title, fillsLine(fills)];
}

function bestLines({ combinations }: OptimiseResult): readonly string[] {
  const [first] = combinations;
  if (first === undefined) return [say('끝까지 돌린 조합이 없어요.', 'No combination ran to its end.')];
  const names = Object.keys(first.parameters);
  const columns = [
    { head: '', align: 'right' },
    ...names.map((head) => ({ head, align: 'right' }) as const),
    { head: say('점수', 'score'), align: 'right' },
    { head: say('수익률', 'return'), align: 'right' },
    { head: say('최대 낙폭', 'deepest fall'), align: 'right' },
    { head: say('샤프', 'Sharpe'), align: 'right' },
    { head: say('거래', 'trips'), align: 'right' },
  ] as const;
  const rows = combinations.slice(0, shown).map((one, index) => {
    const mean = (value: (figures: (typeof one.figures)[number]) => number) =>
      one.figures.reduce((sum, figures) => sum + value(figures), 0) / one.figures.length;
    return [
      String(index + 1),
      ...names.map((name) => String(one.parameters[name])),
      fixedText(one.score, 3),
      percent(mean(({ totalReturn }) => totalReturn)),
      percent(mean(({ maximumDrawdown }) => maximumDrawdown)),
      fixedText(
        mean(({ sharpe }) => sharpe ?? 0),
        2,
      ),
      numberText(one.figures.reduce((sum, { roundTrips }) => sum + roundTrips, 0)),
    ];
  });
  return tableLines(columns, rows);
}

/** Only where the grid has two parameters or more: the first two, through the best combination. */
function mapLines({ combinations }: OptimiseResult, plan: SearchPlan, isColoured: boolean): readonly string[] {
  const scored = combinations.flatMap(({ combination, score }) => {
    const trial = plan.trials[combination];
    return trial === undefined ? [] : [{ trial, score }];
  });
  const [best] = scored;
  const map = best === undefined ? null : heatMapOf(plan.axes, scored, best.trial);
  return map === null ? [] : heatMapLines(map, isColoured);
}

function countLines({ runs, wanted, isComplete }: OptimiseResult): readonly string[] {
  const count = numberText(runs.sparse + runs.fused + runs.event);
  const by = `sparse ${numberText(runs.sparse)} · fused ${numberText(runs.fused)} · event ${numberText(runs.event)}`;
  const refused =
    runs.refused === 0
      ? ''
      : say(` · 안 되는 조합 ${numberText(runs.refused)}`, ` · ${numberText(runs.refused)} refused`);
  const lines = [say(`${count}번 돌렸어요 (${by}${refused}).`, `${count} runs (${by}${refused}).`)];
  if (!isComplete) {
    lines.push(
      say(
        `${numberText(wanted)}번 가운데 여기까지만 돌렸어요. --resume으로 이어서 할 수 있어요.`,
        `Stopped before all ${numberText(wanted)} runs were done; --resume goes on from a file.`,
      ),
    );
  }
  lines.push(
    say(
      '같은 기간에서 고른 값이라 앞으로도 좋을 거라는 뜻은 아니에요.\n"snowball validate"로 과최적화를 확인해 주세요.',
      'Chosen on the very days it is judged by: it says nothing of days to come.\nCheck it with "snowball validate".',
    ),
  );
  return lines;
}

function percent(fraction: number): string {
  return `${fixedText(fraction * 100, 1)}%`;
}
