/** Whether an IPv4 network holds an address; null where one of them is of another family or cannot be read. */
export function cidrHolds(cidr: string, address: string): boolean | null {
  const [network = '', bits = '32'] = cidr.split('/');
  const [net, ip] = [ipv4(network), ipv4(address)];
  if (net === null || ip === null) return null;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(net / size) === Math.floor(ip / size);
}

function ipv4(address: string): number | null {
  const parts = address.split('.').map(Number);
  return parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part < 256)
    ? parts.reduce((sum, part) => sum * 256 + part, 0)
    : null;
}
