/** Addresses that mean the same everywhere. */
const open = /^(?:127\.|0\.0\.0\.0$|255\.|169\.254\.169\.254$|1\.1\.1\.1$|8\.8\.(?:8\.8|4\.4)$)/;

/** IPv6 with one group before its gap, as `fd00::12`, where it is one of a network's own: `abc::def` may be a name in a program. */
const address =
  /(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)|(?<![\w:.])(?:(?:[\da-f]{1,4}:){2,7}(?::?[\da-f]{1,4}){1,6}|f[de][\da-f]{2}::(?:[\da-f]{1,4}:){0,5}[\da-f]{1,4})(?![\w:])/gi;
const mail = /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}(?![\w-])/g;
const account = /(?<=\barn:aws[\w-]{0,8}:[\w-]{0,40}:[\w-]{0,40}:)\d{12}(?=:)/g;

/** What tells where a cluster is and who works with it, found by its form: IP addresses, e-mail addresses, numbers of accounts. */
export function replaceAddresses(text: string, alias: (found: string, kind: 'Address' | 'Mail' | 'Account') => string): string {
  return text
    .replace(mail, (found) => alias(found, 'Mail'))
    .replace(account, (found) => alias(found, 'Account'))
    .replace(address, (found) => (open.test(found) || isTime(found) ? found : alias(found, 'Address')));
}

/** `21:04:07` looks like an IPv6 address. */
function isTime(text: string): boolean {
  return /^\d{1,2}:\d{2}:\d{2}(?::\d+)?$/.test(text);
}
