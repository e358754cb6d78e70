import type { ReportValidation } from '../report/report-input.ts';
import { bandShares, type MonteCarloTable } from './monte-carlo-table.ts';
import type { Validation } from './validate.ts';

/** A validation as the HTML report draws it; what was not measured is left out, over-fitting is what the gate counts. */
export function reportValidationOf(validation: Validation): ReportValidation {
  const { trials, overfit, sharpe, walkForward, neighbourhood, monteCarlo, heatMap, gate } = validation;
  return {
    trials,
    gate,
    ...(heatMap === null ? {} : { heatMap }),
    ...(overfit === null
      ? {}
      : {
          overfitProbability: overfit.costlyProbability,
          belowMiddle: overfit.probability,
          halves: overfit.histogram,
        }),
    ...(sharpe === null ? {} : { deflatedSharpe: sharpe.deflated }),
    efficiency: walkForward.efficiency,
    neighbours: { profitable: neighbourhood.positive, all: neighbourhood.neighbours },
    folds: walkForward.folds.map(({ outOfSample, inSampleAnnual, outOfSampleAnnual, outOfSampleReturn }) => ({
      ...outOfSample,
      inSampleAnnual,
      outOfSampleAnnual,
      outOfSampleReturn,
    })),
    ...(monteCarlo.days === null ? {} : { histories: historiesOf(monteCarlo.days) }),
  };
}

/** The report's five percentiles are the shares of the bands. */
function historiesOf({ runs, percentiles, bands }: MonteCarloTable): NonNullable<ReportValidation['histories']> {
  const rows = bandShares.flatMap((share) => percentiles.filter((one) => one.share === share));
  return {
    runs,
    returns: rows.map(({ totalReturn }) => totalReturn),
    drawdowns: rows.map(({ drawdown }) => drawdown),
    bands,
  };
}
