import { FixConfiguration, RetryLater } from '#domain/errors.ts';

/** How the last try of a read failed. */
export interface ReadFailure {
  readonly cause: string;
  /** An answer came that nobody should believe. */
  readonly isBadInput: boolean;
  /** Outside market hours, in the way of a host under maintenance. */
  readonly isMaintenance: boolean;
}

/** The error of a read that is given up; its code says whether the answer, the hour or the host was at fault. */
export function gaveUp(trId: string, tries: number, failure: ReadFailure): RetryLater {
  const { cause, isBadInput, isMaintenance } = failure;
  if (isMaintenance) {
    return new RetryLater('kis.maintenance', `Cannot ask KIS for ${trId}: it is closed for maintenance (${cause})`);
  }
  if (isBadInput) {
    return new RetryLater(
      'kis.unreadable-answer',
      `Cannot read the answer of ${trId}: ${tries} tries failed, the last with ${cause}`,
    );
  }
  const found = tries === 0 ? cause : `${tries} tries failed, the last with ${cause}`;
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
