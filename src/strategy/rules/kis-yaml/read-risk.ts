import { withParticle } from '../../korean-particle.ts';
import type { RuleRisk, RuleSizing } from '../program.ts';
import { plainNumber, shown, type ReadingNotes } from './reading-notes.ts';

const riskKeys = ['stop_loss', 'take_profit', 'trailing_stop', 'max_position_size'];
const sizingKeys = ['equity_percent', 'positions_max'];

/** What an entry buys where the file says nothing: a fifth of equity, five positions. */
export const usualSizing: RuleSizing = { equityBps: 2_000, positionsMax: 5 };

/** The `risk` block; distances in percent become hundredths of a percent. */
export function readRisk(risk: ReadonlyMap<string, unknown>, notes: ReadingNotes): RuleRisk {
  notes.keep(risk, riskKeys, ['risk']);
  return {
    stopLossBps: distance(risk, 'stop_loss', 99, notes),
    takeProfitBps: distance(risk, 'take_profit', 1_000, notes),
    trailingStopBps: distance(risk, 'trailing_stop', 99, notes),
  };
}

function distance(
  risk: ReadonlyMap<string, unknown>,
  key: string,
  percentMax: number,
  notes: ReadingNotes,
): number | null {
  const path = `risk.${key}`;
  const map = notes.map(risk.get(key), path);
  if (map.size === 0) return null;
  notes.keep(map, ['enabled', 'percent'], ['risk', key]);
  const percent = plainNumber(map.get('percent'));
  if (!isOn(map.get('enabled'), path, notes)) {
    if (!map.has('enabled') && percent !== null) tellOff(path, percent, notes);
    return null;
  }
  if (percent === null || !(percent >= 0.01 && percent <= percentMax)) {
    notes.error('risk', `${path}.percent`, {
      ko: `${key}의 percent ${withParticle(shown(map.get('percent')), 'object')} 쓸 수 없어요. 0.01에서 ${percentMax} 사이의 퍼센트를 적어 주세요(5는 5%예요). $변수는 여기에 쓸 수 없어요.`,
      en: `${key} has percent ${shown(map.get('percent'))}, wanted 0.01 to ${percentMax} percent (5 is 5 %); parameters are not taken here.`,
    });
    return null;
  }
  return hundredths(percent, `${path}.percent`, notes);
}

/** YAML 1.1 reads `yes` and `on` as true: a stop that is on elsewhere must not be off here. */
function isOn(value: unknown, path: string, notes: ReadingNotes): boolean {
  if (value === true || value === false) return value;
  if (value === undefined || value === null) return false;
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  if (['yes', 'on', 'true', 'no', 'off', 'false'].includes(text)) {
    notes.warn('risk', `${path}.enabled`, {
      ko: `enabled에는 true나 false를 적어 주세요. ${withParticle(shown(value), 'topic')} ${text === 'yes' || text === 'on' || text === 'true' ? 'true' : 'false'}로 읽었어요.`,
      en: `enabled is ${shown(value)}; write true or false. It was read as ${text === 'yes' || text === 'on' || text === 'true' ? 'true' : 'false'}.`,
    });
    return text === 'yes' || text === 'on' || text === 'true';
  }
  notes.error('risk', `${path}.enabled`, {
    ko: `enabled ${withParticle(shown(value), 'object')} 읽을 수 없어요. true나 false를 적어 주세요.`,
    en: `enabled is ${shown(value)}, wanted true or false.`,
  });
  return false;
}

function tellOff(path: string, percent: number, notes: ReadingNotes): void {
  notes.warn('risk', path, {
    ko: `${percent}%를 적었지만 "enabled: true"가 없어서 꺼져 있어요. 켜려면 적어 주세요.`,
    en: `${percent} % stands here but "enabled: true" does not, so it is off; write it to switch it on.`,
  });
}

function hundredths(percent: number, path: string, notes: ReadingNotes): number {
  const bps = Math.round(percent * 100);
  if (Math.abs(bps - percent * 100) > 1e-6) {
    notes.warn('risk', path, {
      ko: `${percent}%를 ${bps / 100}%로 반올림했어요. 0.01% 단위로 써요.`,
      en: `${percent} % was rounded to ${bps / 100} %; hundredths of a percent are used.`,
    });
  }
  return bps;
}

/**
 * `x_snowball.sizing`, else `risk.max_position_size`, which the backtester reads and does not use, else the usual.
 *
 * @param sizing the map of `x_snowball.sizing`; empty where there is none
 */
export function readSizing(
  risk: ReadonlyMap<string, unknown>,
  sizing: ReadonlyMap<string, unknown>,
  notes: ReadingNotes,
): RuleSizing {
  notes.keep(sizing, sizingKeys, ['x_snowball', 'sizing']);
  const equityBps = sizing.has('equity_percent')
    ? readShare(plainNumber(sizing.get('equity_percent')), 'x_snowball.sizing.equity_percent', notes)
    : readPositionSize(risk.get('max_position_size'), notes);
  return { equityBps, positionsMax: readPositions(sizing.get('positions_max'), notes) };
}

function readPositionSize(value: unknown, notes: ReadingNotes): number {
  if (value === undefined || value === null) return usualSizing.equityBps;
  const path = 'risk.max_position_size';
  const equityBps = readShare((plainNumber(value) ?? NaN) * 100, path, notes);
  notes.inform('risk', path, {
    ko: `B는 max_position_size를 쓰지 않아요. 여기서는 한 종목에 자산의 ${equityBps / 100}%까지 써요.`,
    en: `B does not use max_position_size; here a position costs at most ${equityBps / 100} % of equity.`,
  });
  return equityBps;
}

/** Hundredths of a percent, rounded to the nearest. */
function readShare(percent: number | null, path: string, notes: ReadingNotes): number {
  if (percent !== null && percent >= 0.01 && percent <= 100) return Math.round(percent * 100);
  notes.error('risk', path, {
    ko: '한 종목에 쓸 몫을 읽을 수 없어요. max_position_size는 0보다 크고 1까지, equity_percent는 0.01에서 100까지예요.',
    en: 'The share of one position cannot be read: max_position_size goes to 1, equity_percent from 0.01 to 100.',
  });
  return usualSizing.equityBps;
}

function readPositions(value: unknown, notes: ReadingNotes): number {
  const positions = plainNumber(value ?? usualSizing.positionsMax) ?? NaN;
  if (Number.isInteger(positions) && positions >= 1 && positions <= 100) return positions;
  notes.error('risk', 'x_snowball.sizing.positions_max', {
    ko: 'positions_max에는 1에서 100 사이의 정수를 적어 주세요.',
    en: 'positions_max wants a whole number from 1 to 100.',
  });
  return usualSizing.positionsMax;
}
