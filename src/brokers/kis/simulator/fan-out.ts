import type { BrokerEnvironment } from '#domain/environment.ts';

import type { SocketServer } from './socket/socket-server.ts';
import type { VenueListener } from './venue/venue-outbox.ts';

/**
 * Notices and books leave one turn later, so that the answer to an order is written before anything is pushed about it: a
 * broker's feeds do not stand in the way of its answers. A book is shown as it is then. Trades leave at once, because a
 * record of theirs carries the sums of the day up to it.
 */
export function fanOut(
  sockets: readonly SocketServer[],
  reached: () => Temporal.Instant,
  onPrints: VenueListener['onPrints'] | undefined,
): VenueListener {
  const environments: readonly BrokerEnvironment[] = ['paper', 'real'];
  const socketOf = (environment: BrokerEnvironment): SocketServer | undefined =>
    sockets[environments.indexOf(environment)];
  return {
    onNotices: (notices) => {
      setImmediate(() => {
        for (const notice of notices) socketOf(notice.environment)?.pushNotice(notice);
      });
    },
    onOperations: (operations) => {
      for (const socket of sockets) socket.pushOperations(operations);
    },
    onPrints: (prints) => {
      onPrints?.(prints);
      for (const socket of sockets) socket.pushTrades(prints);
    },
    onBooks: (desks) => {
      setImmediate(() => {
        for (const socket of sockets) socket.pushBooks(desks, reached());
      });
    },
  };
}
