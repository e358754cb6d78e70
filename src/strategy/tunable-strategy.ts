import { readParams, type NumberSpec, type WholeSpec } from '#indicators/params.ts';
import type { Strategy } from './strategy.ts';

/**
 * A number that a search may try other values of: `whole(60, 20, 240)` and `decimal(2, 0.5, 5, 0.1)` of
 * `#indicators/params.ts` say default, least, most and step; a bare number is a default whose range nobody has stated.
 */
export type TunableParam = WholeSpec | NumberSpec | number;

export type TunableParams = Readonly<Record<string, TunableParam>>;

export type TunableValues<Params extends TunableParams> = { readonly [Name in keyof Params]: number };

/** What a strategy is made with in the place of its defaults. */
export interface TunableUse {
  /** By name; what is left out keeps its default. */
  readonly values: Readonly<Record<string, number>>;
  /** Listing codes; its own when left out. */
  readonly symbols?: readonly string[];
}

/** A strategy that `snowball optimise` can make again with other numbers. By itself it runs with the defaults. */
export interface TunableStrategy extends Strategy {
  readonly params: TunableParams;
  /** False when its symbols are a part of its rules. */
  readonly takesSymbols: boolean;
  /**
   * A fresh one, which shares nothing with this.
   *
   * @throws {RangeError} a name that is not declared, a value outside its range, symbols where the strategy takes none, and
   *   whatever its author throws at values that do not go together
   */
  readonly tuned: (use: TunableUse) => Strategy;
}

/**
 * Makes a strategy whose numbers can be searched; a strategy file exports it as `strategy`. `make` is called anew for each
 * run: what a run remembers must be made inside it. A search looks for files that keep something outside and refuses them.
 *
 * @throws {RangeError} defaults outside their ranges, and what `make` throws at the defaults
 */
export function tunable<const Params extends TunableParams>(definition: {
  readonly params: Params;
  /** Listing codes that it trades unless others are asked for; leave out where they are a part of the rules. */
  readonly symbols?: readonly string[];
  /** @param symbols those of `symbols`, or what was asked for; empty without `symbols` */
  readonly make: (values: TunableValues<Params>, symbols: readonly string[]) => Strategy;
}): TunableStrategy {
  const { params } = definition;
  const specs = Object.fromEntries(Object.entries(params).map(([name, param]) => [name, specOf(param)]));
  const tuned = ({ values, symbols }: TunableUse): Strategy => {
    if (symbols !== undefined && definition.symbols === undefined) {
      throw new RangeError('Cannot trade other symbols: the strategy declares no "symbols"');
    }
    const read = readParams(specs, values);
    if (read.kind === 'bad-param') {
      throw new RangeError(`"${read.name}" is ${String(read.found)}, wanted ${read.wanted}`);
    }
    // The one place where checked numbers get back the names that their declaration gave them.
    return definition.make(read.values as TunableValues<Params>, symbols ?? definition.symbols ?? []);
  };
  return { ...tuned({ values: {} }), params, takesSymbols: definition.symbols !== undefined, tuned };
}

/** A bare number may be tried with any other. */
function specOf(param: TunableParam): WholeSpec | NumberSpec {
  if (typeof param !== 'number') return param;
  return { kind: 'number', default: param, min: -Number.MAX_VALUE, max: Number.MAX_VALUE, step: 1 };
}
