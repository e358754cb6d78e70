/** Failures of the transport that are the answer's own fault: too large, packed, in another alphabet, no HTTP. */
const transportCauses = /^(?:answer-|HPE_|UND_ERR_(?:HEADERS_OVERFLOW|RES_CONTENT_LENGTH_MISMATCH)$)/;

/** Whether a lost answer was an answer that nobody should believe, as opposed to none at all. */
export function isBadInput(cause: string): boolean {
  return transportCauses.test(cause);
}
