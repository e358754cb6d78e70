import type { Strings } from '../strings.ko.ts';

/** `방금`, `0.8초 전`, `12초 전`, `3분 전`, `2시간 전`. */
export function ageText(text: Strings, milliseconds: number): string {
  const seconds = milliseconds / 1_000;
  if (seconds < 0.5) return text.time.now;
  if (seconds < 10) return text.time.secondsAgo(seconds.toFixed(1));
  if (seconds < 60) return text.time.secondsAgo(String(Math.floor(seconds)));
  if (seconds < 3_600) return text.time.minutesAgo(Math.floor(seconds / 60));
  return text.time.hoursAgo(Math.floor(seconds / 3_600));
}
