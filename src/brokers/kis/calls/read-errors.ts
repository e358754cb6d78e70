import { FixConfiguration, RetryLater } from '#domain/errors.ts';

/**
 * The error of a read that is given up; its code says what was at fault: the answer, which nobody should believe, the
 * hour, in which KIS is maintained, or the host.
 */
export function gaveUp(
  trId: string,
  tries: number,
  cause: string,
  fault: 'answer' | 'maintenance' | 'host',
): RetryLater {
  if (fault === 'maintenance') {
    return new RetryLater('kis.maintenance', `Cannot ask KIS for ${trId}: it is closed for maintenance (${cause})`);
  }
  const found = tries === 0 ? cause : `${tries} tries failed, the last with ${cause}`;
  if (fault === 'answer') return new RetryLater('kis.unreadable-answer', `Cannot read the answer of ${trId}: ${found}`);
  return new RetryLater('kis.unavailable', `Cannot ask KIS for ${trId}: ${found}`);
}

export function busy(trId: string, found: string): RetryLater {
  return new RetryLater('kis.busy', `Cannot ask KIS for ${trId}: the rate budget is ${found}, wanted a free turn`);
}

export function closed(trId: string): RetryLater {
  return new RetryLater('kis.closed', `Cannot ask KIS for ${trId}: this connection was closed, wanted an open one`);
}

export function tokenRefused(trId: string, code: string): RetryLater {
  return new RetryLater('kis.token-refused', `Cannot ask KIS for ${trId}: a new token was refused too, with ${code}`);
}

export function readRefused(trId: string, found: string): FixConfiguration {
  return new FixConfiguration('kis.read-refused', `Cannot ask KIS for ${trId}: it answered ${found}`);
}
