import type { KisStreamListener } from './kis-stream-listener.ts';

/**
 * The same listener, with `onNotice` called before each notice about an order. Methods that it lacks stay lacking: from
 * them the stream sees what to register.
 */
export function notingListener(to: KisStreamListener, onNotice: () => void): KisStreamListener {
  return {
    onTick: (tick) => to.onTick(tick),
    onOrderBook: (book) => to.onOrderBook(book),
    onState: (state) => to.onState(state),
    onOrderNotice: (notice) => {
      onNotice();
      to.onOrderNotice(notice);
    },
    ...(to.onExpected === undefined ? {} : { onExpected: (expected) => to.onExpected?.(expected) }),
    ...(to.onMarketOperation === undefined ? {} : { onMarketOperation: (told) => to.onMarketOperation?.(told) }),
    ...(to.onIndex === undefined ? {} : { onIndex: (value) => to.onIndex?.(value) }),
    ...(to.onOverseasTick === undefined ? {} : { onOverseasTick: (tick) => to.onOverseasTick?.(tick) }),
    ...(to.onOverseasBook === undefined ? {} : { onOverseasBook: (book) => to.onOverseasBook?.(book) }),
    ...(to.onOverseasNotice === undefined ? {} : { onOverseasNotice: (notice) => to.onOverseasNotice?.(notice) }),
  };
}
