import { readFileSync, statSync } from 'node:fs';
import { csvProblem } from './csv-problem.ts';
import { decodeText } from './decode-text.ts';

/**
 * The text of one CSV file that a person fills in.
 *
 * @param name of the file, for messages
 * @param bound bytes at the most, and what to do about a larger file
 * @throws {FixConfiguration} `data.csv-missing`, `data.csv-row`, `data.csv-encoding`
 */
export function smallCsvText(
  path: string,
  name: string,
  bound: { readonly bytesMax: number; readonly fix: string },
): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() !== true) {
    throw csvProblem('data.csv-missing', { file: path }, 'found no file, wanted a CSV file', 'Check the path.');
  }
  if (found.size > bound.bytesMax) {
    const text = `found ${found.size} bytes, wanted at most ${bound.bytesMax}`;
    throw csvProblem('data.csv-row', { file: name }, text, bound.fix);
  }
  const decoded = decodeText(readFileSync(path));
  if (decoded.kind === 'text') return decoded.text;
  const text = `found ${decoded.found}, wanted CSV text in UTF-8 or CP949`;
  throw csvProblem('data.csv-encoding', { file: name }, text, 'Save it as "CSV UTF-8" in the spreadsheet.');
}
