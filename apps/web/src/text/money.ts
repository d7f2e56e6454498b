/** Dollars as exactly as they matter: cents, and of little amounts two digits that say something. */
export function formatDollars(dollars: number, locale: string): string {
  const small = dollars !== 0 && Math.abs(dollars) < 0.1;
  const digits = small ? { maximumSignificantDigits: 2 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return dollars.toLocaleString(locale, { style: 'currency', currency: 'USD', ...digits });
}
