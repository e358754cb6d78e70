import { terminalLanguage } from '#link/language.ts';
import { unrepeatableSentence, type UnrepeatableUse } from '#link/unrepeatable.ts';

/** One line on standard error when a strategy asked chance or the clock; nothing when it did not. */
export function tellUnrepeatable(uses: readonly UnrepeatableUse[]): void {
  if (uses.length > 0) process.stderr.write(`${unrepeatableSentence(uses, terminalLanguage())}\n`);
}
