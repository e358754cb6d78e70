export type Language = 'ko' | 'en';

/** The language of the person at the terminal: Korean for a Korean locale, English for every other; `SNOWBALL_LANGUAGE` decides first. */
export function terminalLanguage(environment: NodeJS.ProcessEnv = process.env): Language {
  const chosen = environment['SNOWBALL_LANGUAGE'];
  if (chosen === 'ko' || chosen === 'en') return chosen;
  const locale = environment['LC_ALL'] ?? environment['LC_MESSAGES'] ?? environment['LANG'] ?? '';
  return locale.startsWith('ko') ? 'ko' : 'en';
}

/** The text of the terminal's language. */
export function say(korean: string, english: string): string {
  return terminalLanguage() === 'ko' ? korean : english;
}
