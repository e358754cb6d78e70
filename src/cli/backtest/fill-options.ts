import type { Command } from 'commander';
import { ordinaryFills, type FillModel, type Slippage } from '#backtest/desk/fill-model.ts';
import { say } from '#link/language.ts';
import { wrongOption } from '../research/research-options.ts';

/** What is believed of bars, as written on the command line. */
export interface FillOptions {
  readonly slippage?: string;
  readonly volumeCap?: string;
  readonly lots?: string;
}

/** `--slippage`, `--volume-cap` and `--lots`. */
export function addFillOptions(command: Command): Command {
  return command
    .option(
      '--slippage <model>',
      say(
        '미끄러짐: none(기본), ticks:1, bps:5, spread:10,50% (간격 bp, 내는 몫), impact:20 (거래량 전부일 때 bp)',
        'slippage: none (default), ticks:1, bps:5, spread:10,50% (spread in bps, share paid), impact:20 (bps at all of the volume)',
      ),
    )
    .option(
      '--volume-cap <percent>',
      say('한 봉 거래량에서 체결될 수 있는 몫 (기본 10%)', "share of a bar's volume that can be traded (default: 10%)"),
    )
    .option(
      '--lots <rule>',
      say('매매 단위: single(1주, 기본), market(그날의 단위)', 'lots: single (default), market (those of the day)'),
    );
}

/**
 * @returns what was chosen, with the ordinary for the rest; undefined when nothing was, so that the result is the one of a
 *   plain run
 * @throws {FixConfiguration} `cli.option`
 */
export function fillsOf({ slippage, volumeCap, lots }: FillOptions): FillModel | undefined {
  if (slippage === undefined && volumeCap === undefined && lots === undefined) return undefined;
  return {
    ...ordinaryFills,
    ...(slippage === undefined ? {} : { slippage: slippageOf(slippage) }),
    ...(volumeCap === undefined ? {} : { volumeShareBps: shareBps('--volume-cap', volumeCap) }),
    ...(lots === undefined ? {} : { lots: lotsOf(lots) }),
  };
}

/** More ticks, or more of the price, than any market slips. */
const ticksMax = 100;
const bpsMax = 1_000;

function slippageOf(text: string): Slippage {
  if (text === 'none') return { kind: 'none' };
  const [, kind = '', amount = '', share] = /^(ticks|bps|spread|impact):([^,]*)(?:,(.*))?$/.exec(text) ?? [];
  const value = /^\d{1,5}(?:\.\d{1,4})?$/.test(amount) ? Number(amount) : NaN;
  const found = share === undefined ? amountOf(kind, value) : null;
  if (found !== null) return found;
  if (kind === 'spread' && share !== undefined && value <= bpsMax) {
    return { kind, spreadBps: value, shareBps: shareBps('--slippage', share) };
  }
  throw wrongOption(
    '--slippage',
    text,
    say(
      `none, ticks:1(${ticksMax}까지), bps:5(${bpsMax}까지), spread:10,50%, impact:20 가운데 하나`,
      `none, ticks:1 (at most ${ticksMax}), bps:5 (at most ${bpsMax}), spread:10,50% or impact:20`,
    ),
  );
}

/** The models with one amount; null when it is none of them, or out of range (NaN is). */
function amountOf(kind: string, value: number): Slippage | null {
  if (kind === 'ticks') return Number.isInteger(value) && value <= ticksMax ? { kind, ticks: value } : null;
  if (kind === 'bps' || kind === 'impact') return value <= bpsMax ? { kind, bps: value } : null;
  return null;
}

/** Above 0 and at most 100 %, to two decimals, so that basis points are whole. */
function shareBps(option: string, text: string): number {
  const [, percent] = /^(\d{1,3}(?:\.\d{1,2})?)%$/.exec(text) ?? [];
  const bps = Math.round(Number(percent) * 100);
  if (bps > 0 && bps <= 10_000) return bps;
  throw wrongOption(
    option,
    text,
    say('0%보다 크고 100% 이하인 10% 꼴', 'a share such as 10%, above 0% and at most 100%'),
  );
}

function lotsOf(text: string): FillModel['lots'] {
  if (text === 'single' || text === 'market') return text;
  throw wrongOption('--lots', text, 'single | market');
}
