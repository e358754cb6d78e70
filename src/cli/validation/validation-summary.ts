import { changeText, dayText, figureText } from '#backtest/report/report-numbers.ts';
import type { MonteCarloTable } from '#backtest/validation/monte-carlo-table.ts';
import { promotionNumber } from '#backtest/validation/promotion-gate.ts';
import { promotionThresholds } from '#backtest/validation/promotion-thresholds.ts';
import type { Validation } from '#backtest/validation/validate.ts';
import { say, terminalLanguage } from '#link/language.ts';
import { fillsLine } from '../backtest/fills-line.ts';
import { heatMapLines } from '../sweep/heat-map-lines.ts';
import { bandPlotLines } from '../terminal/band-plot.ts';
import { counted, numberText } from '../terminal/numbers.ts';
import { signedBar } from '../terminal/signed-bar.ts';
import { tableLines, type TableColumn } from '../terminal/table.ts';
import { cutText, textWidth } from '../terminal/text-width.ts';
import { wrappedText } from '../terminal/wrapped-text.ts';
import type { ValidationFile } from './validation-file.ts';

/** A validation for a person at a terminal: the optimum, the gate, folds, bands, the grid, and the word in the end. */
export function validationSummary(file: ValidationFile): string {
  const { validation } = file;
  const blocks = [
    title(file),
    optimumLines(validation),
    gateLines(validation),
    luckLines(validation),
    foldLines(validation),
    drawnLines(validation),
    mapLines(validation),
    verdictLines(validation),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

const left = (head: string): TableColumn => ({ head, align: 'left' });
const right = (head: string): TableColumn => ({ head, align: 'right' });

function title({ strategy, symbols, interval, from, to, fills }: ValidationFile): readonly string[] {
  const minutes = interval === '1m' ? say(' · 1분봉', ' · minutes') : '';
  return [
    `${strategy.name} · ${cutText(symbols.join(', '), 30)}${minutes} · ${dayText(from, true)}–${dayText(to, true)}`,
    ...(fills === undefined ? [] : [fillsLine(fills)]),
  ];
}

function optimumLines({ optimum, trials, refusedTrials, days, objective }: Validation): readonly string[] {
  const ran = say(`${numberText(trials)}가지`, `${numberText(trials)} combinations`);
  const refused =
    refusedTrials === 0
      ? ''
      : say(
          ` (전략이 못 되는 ${numberText(refusedTrials)}가지 빼고)`,
          ` (${numberText(refusedTrials)} make no strategy)`,
        );
  return [
    say(
      `${ran}${refused} 가운데 최적: ${parametersText(optimum.parameters)}`,
      `best of ${ran}${refused}: ${parametersText(optimum.parameters)}`,
    ),
    [
      `${objective} ${figureText(optimum.score)}`,
      `${say('수익률', 'return')} ${changeText(optimum.totalReturn)}`,
      `${say('연환산', 'a year')} ${changeText(optimum.annualReturn)}`,
      `${say('최대 낙폭', 'deepest fall')} ${changeText(optimum.maximumDrawdown)}`,
    ].join(' · '),
    [
      `${say('거래', 'round trips')} ${numberText(optimum.roundTrips)}`,
      `${numberText(days)}${say('일', ' days')}`,
    ].join(' · '),
  ];
}

function parametersText(parameters: Readonly<Record<string, number>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

function gateLines({ gate }: Validation): readonly string[] {
  const rows = gate.lines.map((line) => {
    const threshold = promotionThresholds.find(({ id }) => id === line.id);
    return [
      line.passed ? '✓' : '✗',
      threshold?.name[terminalLanguage()] ?? line.id,
      promotionNumber(line.value, line.id) ?? say('재지 못함', 'not measured'),
      `${line.relation === 'at-most' ? '≤' : '≥'} ${promotionNumber(line.limit, line.id)}`,
    ];
  });
  return tableLines(
    [
      left(''),
      left(say('모의로 가는 문', 'the gate to paper')),
      right(say('값', 'value')),
      right(say('기준', 'wanted')),
    ],
    rows,
  );
}

function daysText(sharpe: Validation['sharpe']): string {
  const days = sharpe?.minimumTrackRecordDays ?? null;
  return days === null ? '–' : numberText(days);
}

/** A share of one to three decimals. */
function shareText(value: number | undefined): string {
  return value === undefined ? '–' : figureText(value, 3);
}

function luckLines({ sharpe, overfit, superiorAbility }: Validation): readonly string[] {
  const rows = [
    [say('샤프 (한 해)', 'Sharpe (a year)'), figureText(sharpe?.annual ?? null)],
    [
      say('이만큼 시도하면 운만으로 나올 샤프', 'Sharpe that luck alone brings'),
      figureText(sharpe?.expectedMaximum ?? null),
    ],
    [
      say('시도한 가짓수 (서로 다른 것으로 치면)', 'combinations tried (worth as many independent)'),
      `${numberText(sharpe?.trials ?? 0)} (${figureText(sharpe?.independentTrials ?? null, 1)})`,
    ],
    [say('샤프가 0보다 클 신뢰도', 'confidence that Sharpe is above 0'), shareText(sharpe?.probabilistic)],
    [say('95% 신뢰에 필요한 날수', 'days needed for 95 % confidence'), daysText(sharpe)],
    [
      say('안 본 반쪽에서 중간 아래일 확률 (PBO)', 'below the middle in the unseen half (PBO)'),
      shareText(overfit?.probability),
    ],
    [say('안 본 반쪽에서 잃을 확률', 'probability of a loss in the unseen half'), shareText(overfit?.lossProbability)],
    [say('White 현실성 검정 p', "White's reality check, p"), shareText(superiorAbility?.realityCheck)],
    [say('Hansen 우월성 검정 p', "Hansen's superior ability, p"), shareText(superiorAbility?.superiorAbility)],
  ];
  return tableLines([left(say('운과 실력', 'luck and skill')), right('')], rows);
}

/** Of a bar on either side of its axis, as many as the line has room for. */
const [barCellsMin, barCellsMax] = [4, 12];

function foldLines({ walkForward }: Validation): readonly string[] {
  const { folds, efficiency, outOfSampleDrawdown } = walkForward;
  const parameters = folds.map((fold) => cutText(parametersText(fold.parameters), 28));
  // What stands beside: the days, two headed columns and five gaps of two.
  const beside = 17 + textWidth(say('배울 때/년', 'in-sample/y')) + 7 + 10;
  const room = 80 - beside - Math.max(...parameters.map(textWidth));
  const barCells = Math.min(barCellsMax, Math.max(barCellsMin, Math.floor((room - 1) / 2)));
  const most = Math.max(...folds.map(({ outOfSampleReturn }) => Math.abs(outOfSampleReturn)));
  const rows = folds.map((fold, place) => [
    `${dayText(fold.outOfSample.from)}–${dayText(fold.outOfSample.to)}`,
    parameters[place] ?? '',
    changeText(fold.inSampleAnnual, 1),
    changeText(fold.outOfSampleReturn, 1),
    signedBar(fold.outOfSampleReturn, most, barCells),
  ]);
  const head = say(
    `앞으로 걷기 (${walkForward.kind}): 효율 ${figureText(efficiency)}, 안 본 기간의 최대 낙폭 ${changeText(outOfSampleDrawdown)}`,
    `walk-forward (${walkForward.kind}): efficiency ${figureText(efficiency)}, deepest fall out of sample ${changeText(outOfSampleDrawdown)}`,
  );
  const columns = [
    left(say('시험한 기간', 'judged')),
    left(say('그때의 최적값', 'optimum')),
    right(say('배울 때/년', 'in-sample/y')),
    right(say('시험', 'unseen')),
    left(''),
  ];
  return [head, ...tableLines(columns, rows)];
}

function drawnLines({ monteCarlo }: Validation): readonly string[] {
  const { trades, days } = monteCarlo;
  if (days === null) return [];
  const rows = days.percentiles.map(({ share, totalReturn, drawdown }, place) => [
    `${Math.round(share * 100)}%`,
    changeText(totalReturn, 1),
    changeText(drawdown, 1),
    changeText(trades?.percentiles[place]?.drawdown ?? null, 1),
  ]);
  const columns = [
    right(say('아래로 온 비율', 'came out below')),
    right(say('수익률 (날 다시 뽑기)', 'return (days re-drawn)')),
    right(say('낙폭', 'deepest fall')),
    right(say('낙폭 (거래 섞기)', 'fall (trades shuffled)')),
  ];
  return [
    say(`역사 ${numberText(days.runs)}번 다시 뽑기`, `${numberText(days.runs)} histories drawn anew`),
    ...tableLines(columns, rows),
    ruinLine(days),
    '',
    ...bandPlotLines(
      days.bands.map(({ values }) => values),
      { labelOf: (value) => changeText(value - 1, 0) },
    ),
    say(`━ 가운데, ▒ 25–75%, ░ 5–95%`, `━ middle, ▒ 25–75 %, ░ 5–95 %`),
  ];
}

function ruinLine({ ruin, lossProbability }: MonteCarloTable): string {
  const falls = ruin.map(
    ({ loss, probability }) => `−${Math.round(loss * 100)}%: ${figureText(probability * 100, 1)}%`,
  );
  return say(
    `한 번이라도 이만큼 떨어질 확률 ${falls.join(', ')}\n잃고 끝날 확률 ${figureText(lossProbability * 100, 1)}%`,
    `probability of once falling by ${falls.join(', ')}\nprobability of ending with a loss: ${figureText(lossProbability * 100, 1)}%`,
  );
}

function mapLines({ heatMap, neighbourhood }: Validation): readonly string[] {
  if (heatMap === null) return [];
  const share = neighbourhood.plateauShare;
  return [
    say(
      `설정 지도 (최적값의 9할을 넘는 조합 ${changeText(share, 0).replace('+', '')})`,
      `map of the grid (${changeText(share, 0).replace('+', '')} of it within a tenth of the optimum)`,
    ),
    ...heatMapLines(heatMap, process.stdout.isTTY && !process.env['NO_COLOR']),
  ];
}

function verdictLines({ gate }: Validation): readonly string[] {
  const failed = gate.lines.filter((line) => !line.passed);
  if (failed.length === 0)
    return [say('기준을 모두 넘었어요. 모의로 보낼 수 있어요.', 'Every line holds: it may go to paper.')];
  const sentences = failed.map(({ id }) => {
    const reason = promotionThresholds.find((threshold) => threshold.id === id)?.reason[terminalLanguage()] ?? id;
    return wrappedText(`✗ ${reason}`);
  });
  return [
    say(
      `기준 ${failed.length}개를 넘지 못했어요. 모의로 보내려면 이유를 적어야 해요\n(snowball strategy promote … --reason).`,
      `${counted(failed.length, 'line')} below the mark: going to paper takes a stated reason\n(snowball strategy promote … --reason).`,
    ),
    ...sentences,
  ];
}
