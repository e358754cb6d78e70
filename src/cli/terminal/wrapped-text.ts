import { textWidth } from './text-width.ts';

/** Prose in lines of at most `columns`, broken between words; a word that is longer stands alone. */
export function wrappedText(text: string, columns = 80): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer) > columns) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].join('\n');
}
