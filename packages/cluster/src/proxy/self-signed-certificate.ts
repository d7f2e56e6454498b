import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface KeyedCertificate {
  /** PEM texts. */
  certificate: string;
  key: string;
}

const hour = 3_600_000;

/** An X.509 certificate (RFC 5280) for 127.0.0.1 that is its own authority, valid for some hours, with a new P-256 key. */
export function selfSignedCertificate(commonName: string, hours = 1): KeyedCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(node(0x31, sequence(oid('550403'), node(0x0c, Buffer.from(commonName)))));
  const algorithm = sequence(oid('2a8648ce3d040302'));
  const isAuthority = sequence(oid('551d13'), node(0x01, Buffer.from([0xff])), node(0x04, sequence(node(0x01, Buffer.from([0xff])))));
  const addresses = sequence(oid('551d11'), node(0x04, sequence(node(0x87, Buffer.from([127, 0, 0, 1])))));
  const body = sequence(
    node(0xa0, node(0x02, Buffer.from([2]))),
    node(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    name,
    sequence(time(Date.now() - hour), time(Date.now() + hours * hour)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    node(0xa3, sequence(isAuthority, addresses)),
  );
  const signature = node(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]));
  const base64 = sequence(body, algorithm, signature)
    .toString('base64')
    .replace(/.{64}(?=.)/g, '$&\n');
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** One node of ASN.1 in DER. */
function node(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return node(0x30, Buffer.concat(parts));
}

function oid(hex: string): Buffer {
  return node(0x06, Buffer.from(hex, 'hex'));
}

function time(milliseconds: number): Buffer {
  return node(0x17, Buffer.from(`${new Date(milliseconds).toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`));
}
