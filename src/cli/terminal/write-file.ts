import { statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { FixConfiguration } from '#domain/errors.ts';
import { say } from '#link/language.ts';

/** Writes a file that a person asked for. @throws {FixConfiguration} `cli.write` when the system refuses */
export function writeResultFile(file: string, content: string | Uint8Array): void {
  try {
    writeFileSync(file, content);
  } catch (cause) {
    throw unwritable(file, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/**
 * Asked before long work whose result is to be written: whether the folders of these files are there, and none of them is
 * a folder itself. Undefined and `-`, which is standard output, are passed over.
 *
 * @throws {FixConfiguration} `cli.write` for the first of which that is not so
 */
export function refuseNowhere(files: readonly (string | undefined)[]): void {
  for (const file of files) {
    if (file === undefined || file === '-') continue;
    if (isFolder(file))
      throw unwritable(file, say('폴더예요. 파일 이름까지 적어 주세요', 'it is a folder, wanted a file in it'));
    const folder = dirname(file);
    if (isFolder(folder)) continue;
    throw unwritable(file, say(`"${folder}" 폴더가 없어요`, `there is no folder "${folder}"`));
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function unwritable(file: string, found: string, cause?: unknown): FixConfiguration {
  return new FixConfiguration(
    'cli.write',
    say(
      `"${file}"에 쓸 수 없어요: ${found}. 있는 폴더인지, 쓸 수 있는지 확인해 주세요.`,
      `Cannot write "${file}": ${found}. Check that the folder is there and can be written to.`,
    ),
    { cause },
  );
}
