import { kisFeeds, type KisFeed } from '../../endpoints/feeds.ts';

/** One feed as a host offers it. */
export interface OfferedFeed {
  readonly trId: string;
  /** Keyed by HTS id and encrypted. */
  readonly isNotice: boolean;
  readonly onReal: boolean;
  readonly onPaper: boolean;
}

/**
 * Feeds that can be registered and stay silent: members and programs, expected index prices, and the session of single
 * prices that ended on 2026-09-11. The paper host has none of them.
 */
const realOnly =
  'H0NXANC0 H0UNANC0 H0NXMKO0 H0UNMKO0 H0STMBC0 H0NXMBC0 H0UNMBC0 H0STPGM0 H0NXPGM0 H0UNPGM0 H0UPANC0 H0UPPGM0 ' +
  'H0STNAV0 H0STOUP0 H0STOAA0 H0STOAC0 HDFSASP1';

/** Every feed of domestic and overseas stocks by its TR id. @see spec §7.5 */
export const offeredFeeds: ReadonlyMap<string, OfferedFeed> = new Map(
  [...Object.values(kisFeeds).flatMap(offeredOf), ...realOnly.split(' ').map(realOnlyFeed)].map((feed) => [
    feed.trId,
    feed,
  ]),
);

/**
 * A notice feed has a name of its own on paper. Old clients register the real one there, too, and both hosts tell both
 * names' listeners.
 */
function offeredOf({ real, paper, key }: KisFeed): readonly OfferedFeed[] {
  const isNotice = key === 'hts-id';
  const ids = paper === null || paper === real ? [real] : [real, paper];
  return ids.map((trId) => ({ trId, isNotice, onReal: true, onPaper: paper !== null }));
}

function realOnlyFeed(trId: string): OfferedFeed {
  return { trId, isNotice: false, onReal: true, onPaper: false };
}
