import type { GuardSentence } from './guard-sentences.ko.ts';

/** The English twin of `guardSentencesKo`, same keys. */
export const guardSentencesEn: Readonly<Record<string, GuardSentence>> = {
  halted: {
    name: 'Everything stopped',
    over: 'cancels only',
    denied: () => 'All ordering is stopped. It can be resumed on the Safety page.',
  },
  'watchdog-lost': {
    name: 'Watchdog lost',
    over: 'no new risk',
    denied: (actual, limit) => `The watchdog has been silent for ${actual}; it must answer within ${limit}.`,
  },
  'strategy-halted': {
    name: 'Halted strategy',
    over: 'Only sells go out',
    denied: (_actual, limit) => `This strategy is halted. Only a sell of up to ${limit} goes out.`,
  },
  'clock-error': {
    name: 'Clock error',
    over: 'New orders are blocked',
    denied: (actual, limit) => `Our clock is ${actual} away from the market's, at most ${limit}.`,
  },
  conservation: {
    name: 'Numbers that disagree',
    over: 'New orders are blocked',
    denied: (actual) => `Own orders whose numbers contradict each other: ${actual}. Look at them on Orders.`,
  },
  'traded-value-share': {
    name: 'Share of value traded',
    over: 'Refused',
    denied: (actual, limit) =>
      `One order in this stock may be ${limit}; this is ${actual}, too much for what it trades in a day.`,
  },
  'quantity-median': {
    name: 'Unusual quantity',
    over: 'Waits for your word',
    denied: (actual, limit) => `By its usual quantity this strategy may order ${limit}; it asked for ${actual}.`,
  },
  'symbol-new': {
    name: 'New on the list',
    over: 'Refused',
    denied: (actual, limit) => `A stock is bought ${limit} after it was put on the list; ${actual} have passed.`,
  },
  'traded-value-minimum': {
    name: 'Value traded a day',
    over: 'Refused',
    denied: (actual, limit) => `Only stocks that trade ${limit} a day or more are bought; this one trades ${actual}.`,
  },
  'lane-closed': {
    name: 'Order with unknown outcome',
    over: 'that side is locked',
    denied: () => 'An order in this stock has an unknown outcome. This side stays locked until it is known.',
  },
  'input-missing': {
    name: 'Values to check with',
    over: 'refused',
    denied: () => 'A value the checks need is missing. Try again once price and balance have arrived.',
  },
  'order-type': {
    name: 'Order type',
    over: 'refused',
    denied: () => 'This type of order is not permitted. To start with, only limit orders are.',
  },
  'order-session': {
    name: 'Session of the order',
    over: 'refused',
    denied: () => 'Orders for this session are not permitted. To start with, only the regular session is.',
  },
  'order-venue': {
    name: 'Venue of the order',
    over: 'refused',
    denied: () => 'Orders to this venue are not permitted. To start with, only KRX is.',
  },
  'tick-size': {
    name: 'Tick size',
    over: 'refused',
    denied: (actual, limit) => `The price must be a multiple of ${limit}; ${actual} is left over.`,
  },
  'price-limit': {
    name: 'Daily price limits',
    over: 'refused',
    denied: (actual, limit) => `Today’s price limit is ${limit}; this is ${actual}.`,
  },
  'stop-tick-size': {
    name: 'Tick size of the stop price',
    over: 'refused',
    denied: (actual, limit) => `The stop price must be a multiple of ${limit}; this is ${actual}.`,
  },
  'stop-price-limit': {
    name: 'Daily limits of the stop price',
    over: 'refused',
    denied: (actual, limit) => `Today’s limit for a stop price is ${limit}; this is ${actual}.`,
  },
  'price-collar': {
    name: 'Distance from the last price',
    over: 'refused',
    denied: (actual, limit) => `The price must be within ${limit} of the last one; this is ${actual} away.`,
  },
  'price-stale': {
    name: 'Age of the price',
    over: 'refused',
    denied: (actual, limit) => `The last price may be ${limit} old at most; this one is ${actual} old.`,
  },
  'order-value': {
    name: 'Value of one order',
    over: 'refused',
    denied: (actual, limit) => `The limit is ${limit} an order; this is ${actual}.`,
  },
  'open-value': {
    name: 'Open order value',
    over: 'refused',
    denied: (actual, limit) => `Open orders may add up to ${limit}; this would make ${actual}.`,
  },
  'day-value-account': {
    name: 'Ordered in a day',
    over: 'refused, with an alert',
    denied: (actual, limit) => `The account may order ${limit} a day; this would make ${actual}.`,
  },
  'day-value-strategy': {
    name: 'Ordered in a day',
    over: 'refused, with an alert',
    denied: (actual, limit) => `The strategy may order ${limit} a day; this would make ${actual}.`,
  },
  'orders-per-minute-account': {
    name: 'Orders a minute',
    over: 'refused; stopped after three',
    denied: (actual, limit) => `The limit is ${limit} a minute; this would make ${actual}. Try again in a minute.`,
  },
  'orders-per-minute-strategy': {
    name: 'Orders a minute',
    over: 'refused; stopped after three',
    denied: (actual, limit) => `The strategy may send ${limit} a minute; this would make ${actual}.`,
  },
  'orders-per-day': {
    name: 'Orders a day',
    over: 'refused',
    denied: (actual, limit) => `The limit is ${limit} a day; this would make ${actual}.`,
  },
  'cancels-per-minute': {
    name: 'Cancels a minute',
    over: 'refused',
    denied: (actual, limit) => `Cancels and amendments are limited to ${limit} a minute; this would make ${actual}.`,
  },
  'cancel-fill-ratio': {
    name: 'Cancels per fill',
    over: 'the strategy is stopped',
    denied: (actual, limit) => `At most ${limit} cancels per fill; this is ${actual}.`,
  },
  'repeated-order': {
    name: 'Same order again',
    over: 'refused',
    denied: (actual, limit) => `The same order may come once in ${limit}; this one came after ${actual}.`,
  },
  'small-order-repetition': {
    name: 'Small orders again',
    over: 'the strategy is stopped',
    denied: (actual, limit) => `Orders of ten shares or fewer: ${limit} a day in one stock; this would make ${actual}.`,
  },
  universe: { name: 'Allowed stocks', over: 'refused', denied: () => 'This stock is not on the list of allowed ones.' },
  'price-minimum': {
    name: 'Lowest price',
    over: 'buys are refused',
    denied: (actual, limit) => `Stocks below ${limit} are not bought; this one is at ${actual}.`,
  },
  designation: {
    name: 'Exchange designation',
    over: 'buys are refused',
    denied: () => 'The exchange has put this stock under warning, administration or a halt, so it is not bought.',
  },
  'position-value': {
    name: 'Held in one stock',
    over: 'buys are refused',
    denied: (actual, limit) => `One stock may be worth ${limit}; this would make ${actual}.`,
  },
  'position-count': {
    name: 'Stocks held',
    over: 'buys are refused',
    denied: (actual, limit) => `At most ${limit} stocks may be held; this would make ${actual}.`,
  },
  exposure: {
    name: 'Held in all',
    over: 'buys are refused',
    denied: (actual, limit) => `All stocks together may be worth ${limit}; this would make ${actual}.`,
  },
  'daily-loss': {
    name: 'Loss of the day',
    over: 'cancel all and stop',
    denied: (actual, limit) => `The loss of a day may be ${limit}; today it is ${actual}.`,
  },
  'self-cross': {
    name: 'Against an own order',
    over: 'refused',
    denied: () => 'This price would meet an opposite order of your own.',
  },
  session: {
    name: 'Trading hours',
    over: 'refused',
    denied: () => 'Orders are not taken now. Try again in the regular session.',
  },
  'entry-window': {
    name: 'New buys before the close',
    over: 'buys are refused',
    denied: (actual, limit) => `Nothing new is bought in the last ${limit}; the close is ${actual} away.`,
  },
  cash: {
    name: 'Cash',
    over: 'buys are refused',
    denied: (actual, limit) => `${limit} is free to use; this needs ${actual}.`,
  },
  holding: {
    name: 'Shares held',
    over: 'sells are refused',
    denied: (actual, limit) => `${limit} can be sold; this asks for ${actual}.`,
  },
};
