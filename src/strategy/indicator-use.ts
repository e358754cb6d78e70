import { indicatorById } from '#indicators/catalogue.ts';
import { readIndicatorParams, type IndicatorDefinition } from '#indicators/definition.ts';
import type { ParamValues } from '#indicators/params.ts';
import type { IndicatorShapes } from './indicator-shapes.ts';

export type IndicatorId = keyof IndicatorShapes;

/** An indicator with its parameters, as a strategy declares it; made by `indicator()`. */
export interface IndicatorUse<Id extends IndicatorId = IndicatorId> {
  readonly id: Id;
  readonly definition: IndicatorDefinition;
  readonly values: ParamValues;
}

/**
 * Names an indicator of the catalogue: `indicator('rsi', { period: 14 })`. A parameter that is left out has its default.
 *
 * @throws {RangeError} an id or a parameter that the catalogue does not know, or a value outside its range
 */
export function indicator<Id extends IndicatorId>(id: Id, params?: IndicatorShapes[Id]['params']): IndicatorUse<Id> {
  const definition = indicatorById(id);
  if (definition === null) throw new RangeError(`Cannot use the indicator "${id}": the catalogue has none of that id`);
  const read = readIndicatorParams(definition, { ...params });
  if (read.kind === 'params') return { id, definition, values: read.values };
  const { name, found, wanted } = read;
  throw new RangeError(`Cannot use the indicator "${id}": ${name} is ${String(found)}, wanted ${wanted}`);
}

/** Bars after which the indicator has its first value and the one before it, for crosses. */
export function warmUpBarsOf({ definition, values }: IndicatorUse): number {
  return definition.readyAt(values) + 1;
}
