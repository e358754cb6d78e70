import type { Credentials } from '../../broker.ts';

/** Values to mask wherever they stand. Empty when the vault is sealed: what is masked by name and by form still is. */
export function knownSecrets(credentials: Credentials): readonly string[] {
  try {
    const account = credentials.account().reveal();
    const others = [credentials.appKey(), credentials.appSecret(), credentials.htsId()];
    // Brokers write the account number with and without the product behind it.
    return [...others.map((secret) => secret.reveal()), account, account.slice(0, 8)];
  } catch {
    // An incident must be told even then; it never stands in the way of what it reports.
    return [];
  }
}
