import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A key and its certificate as PEM. Made for one start of the simulator, kept nowhere, trusted by nobody. */
export interface SelfSigned {
  readonly key: string;
  readonly certificate: string;
}

/**
 * A self-signed certificate for one DNS name, valid from yesterday for ten years: ECDSA on P-256 with SHA-256. Node makes
 * keys and signatures but no certificates, so the few structures of X.509 that one needs are written here.
 *
 * @see RFC 5280 §4.1, RFC 5758 §3.2; DER by ITU-T X.690
 */
export function selfSigned(name: string): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = distinguishedName(name);
  const body = sequence(
    tagged(0xa0, integer(Buffer.of(2))),
    integer(positive(randomBytes(16))),
    ecdsaWithSha256,
    subject,
    sequence(utcTime(-1), utcTime(3650)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(alternativeName(name))),
  );
  const signature = sign('sha256', body, privateKey);
  const certificate = sequence(body, ecdsaWithSha256, tagged(0x03, Buffer.of(0), signature));
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }), certificate: pem(certificate) };
}

/** Tag, length in one to three bytes, content; content of at most 65,535 bytes. */
function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content]);
  const head = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...head), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

function integer(bytes: Buffer): Buffer {
  return tagged(0x02, bytes);
}

/** Clears the sign, and keeps the first byte from being a needless zero. */
function positive(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.of(0x40 | ((bytes[0] ?? 0) & 0x3f)), bytes.subarray(1)]);
}

/** Object identifier by its encoded bytes. */
function identifier(...bytes: readonly number[]): Buffer {
  return tagged(0x06, Buffer.from(bytes));
}

/** 1.2.840.10045.4.3.2 */
const ecdsaWithSha256 = sequence(identifier(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));

/** One common name (2.5.4.3) as UTF8String. */
function distinguishedName(name: string): Buffer {
  return sequence(tagged(0x31, sequence(identifier(0x55, 0x04, 0x03), tagged(0x0c, Buffer.from(name)))));
}

/** subjectAltName (2.5.29.17) with one dNSName. */
function alternativeName(name: string): Buffer {
  const names = sequence(tagged(0x82, Buffer.from(name, 'ascii')));
  return sequence(identifier(0x55, 0x1d, 0x11), tagged(0x04, names));
}

/** UTCTime, two digits of the year: good until 2049. */
function utcTime(daysFromNow: number): Buffer {
  const at = Temporal.Now.instant().add({ hours: 24 * daysFromNow });
  const digits = at
    .toString({ smallestUnit: 'second' })
    .replaceAll(/[-:TZ]/g, '')
    .slice(2);
  return tagged(0x17, Buffer.from(`${digits}Z`));
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
