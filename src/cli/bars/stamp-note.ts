import { say } from '#link/language.ts';
import type { StampFound } from '#store/bar-reading.ts';

/** What a person has to know of the times of a file; null where they are starts and the file itself shows it, or were named. */
export function stampNote({ kind, why }: StampFound): string | null {
  if (why === 'asked') return null;
  if (kind === 'end') {
    return say(
      '시각이 봉의 끝이라(09:00 봉이 없고 15:20에 체결이 있어요) 1분 앞으로 옮겼어요. 아니면 --stamp start를 더해 주세요.',
      'times are the ends of their minutes (no bar of 09:00, trades at 15:20) and were moved one minute back; --stamp start if not.',
    );
  }
  return why === 'detected'
    ? null
    : say(
        '시각이 봉의 시작인지 끝인지 분명하지 않아 시작으로 봤어요. 끝이면 --stamp end를 더해 주세요.',
        'whether times are the starts or the ends of their minutes is not clear: taken as starts; --stamp end if not.',
      );
}
