import type { Strings } from '../strings.ko.ts';

/** Who asked for an order: a person by hand or command line, otherwise the strategy by its name. */
export function requesterName({ requesters }: Strings, requester: string): string {
  if (requester === 'web' || requester === 'cli') return requesters[requester];
  return requester;
}
