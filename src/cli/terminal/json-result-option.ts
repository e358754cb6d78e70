import { Option } from 'commander';
import { say } from '#link/language.ts';

/** `--json FILE` of the commands whose result may be kept; alone, or with `-`, the result goes to standard output. */
export function jsonResultOption(): Option {
  return new Option(
    '--json [file]',
    say(
      '결과를 JSON으로 저장 (파일 이름이 없거나 -면 화면)',
      'write the result as JSON (no file, or -: standard output)',
    ),
  ).preset('-');
}
