import type { BrokerEnvironment } from '#domain/environment.ts';
import { won } from '#domain/won.ts';
import { commission, commissionPpbOf } from '#markets/costs.ts';

import type { SimulatedOrder } from '../venue/account-state.ts';
import { encodeBlock } from './encode-block.ts';
import { orderDivisionTable } from '../venue/orders/order-divisions.ts';
import { clockText, orderNumberText } from './text-fields.ts';

/** `KRX_FWDG_ORD_ORGNO` and the branch that numbers orders. */
export const branches: Readonly<Record<BrokerEnvironment, string>> = { real: '91252', paper: '00950' };

/** One row of `inquire-daily-ccld`. @see spec A.7 and Appendix D */
export function encodeOrderRow(order: SimulatedOrder): Record<string, string> {
  return encodeBlock('orderRow', {
    ...identityFields(order),
    ...quantityFields(order),
    ord_dt: order.date.replaceAll('-', ''),
    sll_buy_dvsn_cd_name: sideName(order),
    loan_dt: '',
    ordr_empno: 'OpnAPI',
    ccld_cndt_name: '없음',
    inqr_ip_addr: '127.0.0.1',
    infm_tmd: order.filled > 0 ? clockText(order.filledAt) : '',
    prdt_type_cd: '300',
    ord_orgno: branches[order.environment],
  });
}

/** `output2` of the same call, over the rows that were asked for. */
export function encodeOrderTotals(orders: readonly SimulatedOrder[]): Record<string, string> {
  let asked = 0;
  let filled = 0;
  let value = 0;
  let fees = 0;
  for (const order of orders) {
    asked += order.quantity;
    filled += order.filled;
    value += order.filledValue;
    fees += commission(won(order.filledValue), commissionPpbOf(order.instrument.kind));
  }
  return encodeBlock('orderTotals', {
    tot_ord_qty: asked,
    tot_ccld_qty: filled,
    tot_ccld_amt: value,
    prsm_tlex_smtl: fees,
    pchs_avg_pric: (filled === 0 ? 0 : value / filled).toFixed(4),
  });
}

/** One row of `inquire-psbl-rvsecncl`. @see spec A.8 */
export function encodeWorkingOrder(order: SimulatedOrder): Record<string, string> {
  return encodeBlock('workingOrder', {
    ...identityFields(order),
    rvse_cncl_dvsn_name: order.action === 'amend' ? '정정' : '',
    ord_qty: order.quantity,
    tot_ccld_qty: order.filled,
    tot_ccld_amt: order.filledValue,
    psbl_qty: order.remaining,
    excg_id_dvsn_name: order.exchange,
    stpm_efct_occr_yn: order.stopPrice > 0 && order.isTriggered ? 'Y' : 'N',
  });
}

function identityFields(order: SimulatedOrder): Record<string, string | number> {
  return {
    ord_gno_brno: branches[order.environment],
    odno: orderNumberText(order.number),
    orgn_odno: order.original === null ? '' : orderNumberText(order.original),
    ord_dvsn_name: orderDivisionTable[order.division]?.name ?? '',
    ord_dvsn_cd: order.division,
    pdno: order.instrument.symbol,
    prdt_name: order.instrument.name,
    ord_unpr: order.price,
    ord_tmd: clockText(order.at),
    sll_buy_dvsn_cd: order.side === 'sell' ? '01' : '02',
    excg_dvsn_cd: '02',
    excg_id_dvsn_cd: order.exchange,
    stpm_cndt_pric: order.stopPrice,
  };
}

function quantityFields(order: SimulatedOrder): Record<string, string | number> {
  return {
    ord_qty: order.quantity,
    tot_ccld_qty: order.filled,
    tot_ccld_amt: order.filledValue,
    // Rounded half up to whole won, as the broker shows it.
    avg_prvs: order.filled === 0 ? 0 : Math.round(order.filledValue / order.filled),
    cncl_yn: order.action === 'cancel' ? 'Y' : 'N',
    cncl_cfrm_qty: order.action === 'cancel' ? order.quantity : order.cancelled,
    rmn_qty: order.remaining,
    rjct_qty: order.refused,
  };
}

function sideName(order: SimulatedOrder): string {
  const side = order.side === 'sell' ? '현금매도' : '현금매수';
  if (order.action === 'new') return side;
  return `${order.side === 'sell' ? '매도' : '매수'}${order.action === 'cancel' ? '취소' : '정정'}*`;
}
