import { writeFileSync } from 'node:fs';
import { FixConfiguration } from '#domain/errors.ts';
import { say } from '#link/language.ts';

/** Writes a file that a person asked for. @throws {FixConfiguration} `cli.write` when the system refuses */
export function writeResultFile(file: string, content: string | Uint8Array): void {
  try {
    writeFileSync(file, content);
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    throw new FixConfiguration(
      'cli.write',
      say(
        `"${file}"에 쓸 수 없어요: ${found}. 있는 폴더인지, 쓸 수 있는지 확인해 주세요.`,
        `Cannot write "${file}": ${found}. Check that the folder is there and can be written to.`,
      ),
      { cause },
    );
  }
}
