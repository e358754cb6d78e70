import { FixConfiguration } from '#domain/errors.ts';
import { say } from '#link/language.ts';
import { nearestName } from '#strategy/nearest-name.ts';

/**
 * The sentence for a name that is none of those known, with the one that was probably meant.
 *
 * @param known all of them; in the order in which they are told
 */
export function wrongName(option: string, found: string, known: readonly string[]): FixConfiguration {
  const shown = found.slice(0, 60);
  return new FixConfiguration(
    'cli.option',
    say(
      `${option} 값을 쓸 수 없어요: "${shown}".${didYouMean(found, known)} 쓸 수 있는 이름: ${listOf(known)}.`,
      `Cannot use ${option} "${shown}": wanted one of ${listOf(known)}.${didYouMean(found, known)}`,
    ),
  );
}

/** ` Did you mean "sma_crossover"?`, with the blank before it; empty when no name is near. */
export function didYouMean(found: string, known: readonly string[]): string {
  const nearest = nearestName(found, known);
  return nearest === null ? '' : say(` 혹시 "${nearest}"인가요?`, ` Did you mean "${nearest}"?`);
}

function listOf(known: readonly string[]): string {
  return known.length === 0 ? say('없음', 'none, because it has no settings') : known.join(', ');
}
