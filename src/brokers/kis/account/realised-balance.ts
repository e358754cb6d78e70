import type { Won } from '#domain/won.ts';

import type { Balance } from '../../broker.ts';
import type { KisCalls } from '../calls/calls.ts';
import { blockOf } from '../calls/envelope.ts';
import { readPages } from '../calls/pages.ts';
import { unreadable, WireRow } from '../calls/wire-row.ts';
import { tradingEndpoints } from '../endpoints/trading.ts';
import { budgetOf, type KisBrokerOptions } from '../options.ts';
import { realisedTotalFields } from './account-fields.ts';
import { balanceQuery, holdingsOf } from './accounts.ts';
import { percent } from './percent.ts';

/** Cash, equity and holdings as in the balance, with the results of today. */
export interface RealisedBalance extends Balance {
  /** Result of what was sold today; negative is a loss. */
  readonly realised: Won;
  /** In per cent; null where KIS leaves it out. */
  readonly realisedPercent: number | null;
  /** Result of what is held, at its price now. */
  readonly unrealised: Won;
  readonly unrealisedPercent: number | null;
}

/**
 * @throws {RetryLater} `kis.unreadable-answer` and those of a read
 * @throws {FixConfiguration} `kis.not-on-paper`
 * @see spec §5.1 and appendix A.6b
 */
export async function readRealisedBalance(options: KisBrokerOptions, calls: KisCalls): Promise<RealisedBalance> {
  // With costs: the result of a sale is what it left after fees and tax.
  const query = { ...balanceQuery(options), COST_ICLD_YN: 'Y' };
  const pages = await readPages(calls, tradingEndpoints.realisedBalance, query, budgetOf(options).pagesMax);
  const last = pages.at(-1);
  if (last === undefined) throw unreadable('inquire-balance-rlz-pl', 'output2', 'missing');
  const totals = new WireRow(last.trId, blockOf(last.trId, last.body, 'output2'), realisedTotalFields);
  return {
    cash: totals.amount('dnca_tot_amt'),
    settledCash: totals.amount('prvs_rcdl_excc_amt'),
    equity: totals.amount('nass_amt'),
    positions: holdingsOf(calls, pages),
    realised: totals.amount('rlzt_pfls'),
    realisedPercent: percent(totals, 'rlzt_erng_rt'),
    unrealised: totals.amount('real_evlu_pfls'),
    unrealisedPercent: percent(totals, 'real_evlu_pfls_erng_rt'),
  };
}
