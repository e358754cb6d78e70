import { quoteEndpoints } from '../../endpoints/quotes.ts';
import { encodeChangeRank, encodeMarketCapRank, encodeVolumeRank } from '../encode/encode-ranking.ts';
import { sharesOf } from '../encode/encode-price.ts';
import { previousBar } from '../encode/previous-bar.ts';
import { fieldReply, quoteReply, type Reply } from '../host/envelope.ts';
import type { Broker, Call, Route } from '../host/route.ts';
import type { Desk } from '../venue/floor/market-floor.ts';
import { quoteRoute, wrongMarket, wrongScreen } from './quote-route.ts';
import { rankable, rankingRows, wonOf } from './ranking-filter.ts';

/** Rankings over the live floor, at most 30 rows. @see spec §4.2 and A.13 */
export const rankingRoutes: readonly Route[] = [
  quoteRoute(quoteEndpoints.volumeRank, volumeRank),
  quoteRoute(quoteEndpoints.changeRank, changeRank),
  quoteRoute(quoteEndpoints.marketCapRank, marketCapRank),
];

/** What a ranking is sorted by, largest first. */
type Measure = (desk: Desk) => number;

function volumeRank(call: Call, broker: Broker): Reply {
  const wrong = wrongMarket(call) ?? wrongScreen(call, broker, '20171');
  if (wrong !== null) return wrong;
  const measure = volumeMeasure(call.field('FID_BLNG_CLS_CODE'), broker);
  if (measure === null) return fieldReply('FID_BLNG_CLS_CODE');
  const desks = ranked(rankable(call, broker.venue), measure);
  const { date } = broker.venue.state;
  return quoteReply({
    output: desks.map((desk, index) =>
      encodeVolumeRank(desk, { rank: index + 1, date, previous: previousBar(broker, desk) }),
    ),
  });
}

/** `FID_BLNG_CLS_CODE`: 0 volume, 1 its increase, 2 its turnover, 3 amount, 4 the amount's turnover. */
function volumeMeasure(code: string, broker: Broker): Measure | null {
  const before: Measure = (desk) => previousBar(broker, desk)?.volume ?? 0;
  const measures: Readonly<Record<string, Measure>> = {
    '0': ({ stats }) => stats.volume,
    '1': (desk) => (before(desk) === 0 ? 0 : desk.stats.volume / before(desk)),
    '2': ({ stats, instrument }) => stats.volume / sharesOf(instrument),
    '3': ({ stats }) => stats.value,
    '4': ({ stats, instrument }) => stats.value / (sharesOf(instrument) * stats.last),
  };
  return measures[code] ?? null;
}

function changeRank(call: Call, broker: Broker): Reply {
  const wrong = wrongMarket(call) ?? wrongScreen(call, broker, '20170');
  if (wrong !== null) return wrong;
  const measure = changeMeasures[call.field('FID_RANK_SORT_CLS_CODE')];
  if (measure === undefined) return fieldReply('FID_RANK_SORT_CLS_CODE');
  const [least, most] = [wonOf(call.field('FID_RSFL_RATE1')), wonOf(call.field('FID_RSFL_RATE2'))];
  const inRange = (desk: Desk): boolean =>
    (least === null || riseOf(desk) >= least) && (most === null || riseOf(desk) <= most);
  const desks = ranked(rankable(call, broker.venue).filter(inRange), measure);
  const { date } = broker.venue.state;
  return quoteReply({ output: desks.map((desk, index) => encodeChangeRank(desk, index + 1, date)) });
}

/** Percent above the base price. */
function riseOf({ stats, basePrice }: Desk): number {
  return ((stats.last - basePrice) / basePrice) * 100;
}

function riseSinceOpen({ stats }: Desk): number {
  return stats.open === 0 ? 0 : (stats.last - stats.open) / stats.open;
}

/** `FID_RANK_SORT_CLS_CODE`: 0 rise, 1 fall, 2 rise since the open, 3 fall since the open, 4 either way. */
const changeMeasures: Readonly<Record<string, Measure>> = {
  '0': riseOf,
  '1': (desk) => -riseOf(desk),
  '2': riseSinceOpen,
  '3': (desk) => -riseSinceOpen(desk),
  '4': (desk) => Math.abs(riseOf(desk)),
};

function marketCapRank(call: Call, broker: Broker): Reply {
  const wrong = wrongMarket(call) ?? wrongScreen(call, broker, '20174');
  if (wrong !== null) return wrong;
  const capitalisation: Measure = ({ stats, instrument }) => stats.last * sharesOf(instrument);
  const all = rankable(call, broker.venue).filter(({ instrument }) => instrument.kind === 'stock');
  const whole = all.reduce((sum, desk) => sum + capitalisation(desk), 0);
  const { date } = broker.venue.state;
  const output = ranked(all, capitalisation).map((desk, index) =>
    encodeMarketCapRank(desk, { rank: index + 1, date, whole }),
  );
  return quoteReply({ output });
}

/** Largest first, equal ones by code, so that the same market always gives the same list. */
function ranked(desks: readonly Desk[], measure: Measure): readonly Desk[] {
  const order = (a: Desk, b: Desk): number =>
    measure(b) - measure(a) || (a.instrument.symbol < b.instrument.symbol ? -1 : 1);
  return desks.toSorted(order).slice(0, rankingRows);
}
