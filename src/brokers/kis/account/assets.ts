import type { Won } from '#domain/won.ts';

import { accountFields } from '../calls/account-number.ts';
import type { KisCalls } from '../calls/calls.ts';
import { blockOf, rowsOf } from '../calls/envelope.ts';
import { WireRow } from '../calls/wire-row.ts';
import { tradingEndpoints } from '../endpoints/trading.ts';
import type { KisBrokerOptions } from '../options.ts';
import { assetClassFields, assetFields } from './account-fields.ts';
import { percent } from './percent.ts';

/** What the account is worth, in won, foreign assets converted by KIS. */
export interface AccountAssets {
  readonly total: Won;
  /** Total less loans. */
  readonly net: Won;
  readonly cash: Won;
  /** Of all securities: what was paid, what they are worth, and the difference. */
  readonly cost: Won;
  readonly value: Won;
  readonly unrealised: Won;
  readonly loans: Won;
  /** The classes of assets in KIS's own order; the answer does not name them. */
  readonly classes: readonly AssetClass[];
}

export interface AssetClass {
  readonly cost: Won;
  readonly value: Won;
  readonly unrealised: Won;
  readonly net: Won;
  /** Share of the whole in per cent; null where KIS leaves it out. */
  readonly percent: number | null;
}

/**
 * @throws {RetryLater} `kis.unreadable-answer` and those of a read
 * @throws {FixConfiguration} `kis.not-on-paper`
 * @see appendix A.9c
 */
export async function readAssets(options: KisBrokerOptions, calls: KisCalls): Promise<AccountAssets> {
  const { trId, body } = await calls.read(tradingEndpoints.assets, {
    ...accountFields(options.credentials),
    INQR_DVSN_1: '',
    BSPR_BF_DT_APLY_YN: '',
  });
  const totals = new WireRow(trId, blockOf(trId, body, 'output2'), assetFields);
  return {
    total: totals.amount('tot_asst_amt'),
    net: totals.amount('nass_tot_amt'),
    cash: totals.amount('tot_dncl_amt'),
    cost: totals.amount('pchs_amt_smtl'),
    value: totals.amount('evlu_amt_smtl'),
    unrealised: totals.amount('evlu_pfls_amt_smtl'),
    loans: totals.amount('loan_amt_smtl'),
    classes: rowsOf(trId, body, 'output1').map((block) => classOf(new WireRow(trId, block, assetClassFields))),
  };
}

function classOf(row: WireRow<(typeof assetClassFields)[number]>): AssetClass {
  return {
    cost: row.amount('pchs_amt'),
    value: row.amount('evlu_amt'),
    unrealised: row.amount('evlu_pfls_amt'),
    net: row.amount('real_nass_amt'),
    percent: percent(row, 'whol_weit_rt'),
  };
}
