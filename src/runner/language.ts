export type Language = 'ko' | 'en';

/** The language of the person at the terminal, from the few variables that the supervisor lets through. */
export function processLanguage(environment: NodeJS.ProcessEnv = process.env): Language {
  const chosen = environment['SNOWBALL_LANGUAGE'];
  if (chosen === 'ko' || chosen === 'en') return chosen;
  const locale = environment['LC_ALL'] ?? environment['LC_MESSAGES'] ?? environment['LANG'] ?? '';
  return locale.startsWith('ko') ? 'ko' : 'en';
}
