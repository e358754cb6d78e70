import { branches } from '../encode/encode-order-row.ts';
import { orderNumberText } from '../encode/text-fields.ts';
import type { UsSimulatedOrder } from './us-account.ts';
import { usMoment } from './us-clock-text.ts';
import { dollarText, encodeUsBlock } from './encode-us-block.ts';
import { usExchanges } from './us-listings.ts';

/** KIS writes prices of orders with eight decimals. */
const priceDigits = 8;

/** One row of `inquire-nccs`. @see spec A.16b */
export function encodeUsWorkingOrder(order: UsSimulatedOrder): Record<string, string> {
  return encodeUsBlock('workingOrder', {
    ...identity(order),
    rvse_cncl_dvsn_cd: changeCode(order),
    rvse_cncl_dvsn_cd_name: changeName(order),
    natn_cd: '840',
    natn_kor_name: '미국',
    ft_ord_qty: order.quantity,
    ft_ccld_qty: order.filled,
    nccs_qty: order.remaining,
    prcs_stat_name: '접수',
    usa_amk_exts_rqst_yn: 'N',
  });
}

/** One row of `inquire-ccnl`. @see spec A.16c */
export function encodeUsOrder(order: UsSimulatedOrder): Record<string, string> {
  const { koreanDate, koreanTime } = usMoment(order.at);
  return encodeUsBlock('order', {
    ...identity(order),
    rvse_cncl_dvsn: changeCode(order),
    rvse_cncl_dvsn_name: changeName(order),
    ft_ord_qty: order.quantity,
    ft_ccld_qty: order.filled,
    nccs_qty: order.remaining,
    prcs_stat_name: stateName(order),
    tr_natn: '840',
    tr_natn_name: '미국',
    dmst_ord_dt: koreanDate,
    thco_ord_tmd: koreanTime,
    mdia_dvsn_name: 'OpenAPI',
    usa_amk_exts_rqst_yn: 'N',
  });
}

function identity(order: UsSimulatedOrder): Record<string, string> {
  const { listing, filled, filledValue } = order;
  const { localDate, koreanTime } = usMoment(order.at);
  // Rounded half up to 1/10,000 dollar.
  const average = filled === 0 ? 0 : Math.round(filledValue / filled);
  return {
    ord_dt: localDate,
    ord_tmd: koreanTime,
    ord_gno_brno: branches[order.environment],
    odno: orderNumberText(order.number),
    orgn_odno: order.original === null ? '' : orderNumberText(order.original),
    pdno: listing.symbol,
    prdt_name: listing.name,
    sll_buy_dvsn_cd: order.side === 'sell' ? '01' : '02',
    sll_buy_dvsn_cd_name: order.side === 'sell' ? '매도' : '매수',
    tr_mket_name: usExchanges[listing.exchange].name,
    tr_crcy_cd: 'USD',
    ft_ord_unpr3: dollarText(order.price, priceDigits),
    ft_ccld_unpr3: dollarText(average, priceDigits),
    ft_ccld_amt3: dollarText(filledValue, 5),
    ovrs_excg_cd: listing.exchange,
  };
}

function changeCode({ action }: UsSimulatedOrder): string {
  if (action === 'cancel') return '02';
  return action === 'amend' ? '01' : '00';
}

function changeName({ action }: UsSimulatedOrder): string {
  if (action === 'cancel') return '취소';
  return action === 'amend' ? '정정' : '';
}

function stateName(order: UsSimulatedOrder): string {
  if (order.remaining > 0) return '접수';
  return '완료';
}
