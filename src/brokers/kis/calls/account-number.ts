import { FixConfiguration } from '#domain/errors.ts';

import type { Credentials } from '../../broker.ts';

/**
 * The two fields in which KIS wants an account number.
 *
 * @throws {FixConfiguration} `kis.account-number`
 */
export function accountFields(credentials: Credentials): { readonly CANO: string; readonly ACNT_PRDT_CD: string } {
  const account = credentials.account().reveal();
  if (!/^\d{10}$/.test(account)) {
    throw new FixConfiguration(
      'kis.account-number',
      `Cannot use the KIS account number: it has ${account.length} characters, wanted 10 digits (8 and the product's 2)`,
    );
  }
  return { CANO: account.slice(0, 8), ACNT_PRDT_CD: account.slice(8) };
}
