import { grouped } from '../number.ts';

/** `1 order`, `1,024 orders`: a number and its English noun, kept on one line. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)}\u00A0${count === 1 ? one : many}`;
}
