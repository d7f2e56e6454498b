export interface TarEntry {
  /** With `/` at the end for a folder. */
  name: string;
  type: 'file' | 'folder' | 'link';
  /** Permission bits. */
  mode: number;
  /** Bytes; 0 for all but files. */
  size: number;
  /** Seconds since 1970. */
  modifiedAt: number;
  /** Where a link leads. */
  target?: string;
}

const block = 512;
const typeFlags = { file: '0', link: '2', folder: '5', longName: 'L', longTarget: 'K' } as const;
const nameLength = 100;
const largestOctal = 8 ** 11;

/**
 * The header of an entry in GNU's form, long names in entries of their own before it. BusyBox unpacks this and ignores
 * the pax headers of POSIX, which would cut long names and lose those that are not ASCII.
 */
export function tarHeader({ name, type, mode, size, modifiedAt, target = '' }: TarEntry): Uint8Array {
  return Buffer.concat([
    ...longText('longName', name),
    ...longText('longTarget', target),
    headerBlock({ name, target, typeFlag: typeFlags[type], mode, size, modifiedAt }),
  ]);
}

/** What fills the last block of a file. */
export function tarPadding(size: number): Uint8Array {
  return Buffer.alloc((block - (size % block)) % block);
}

/** Two empty blocks. */
export const tarEnd: Uint8Array = Buffer.alloc(2 * block);

function longText(type: 'longName' | 'longTarget', text: string): Uint8Array[] {
  const bytes = Buffer.from(`${text}\0`, 'utf8');
  if (bytes.byteLength - 1 <= nameLength) return [];
  const header = headerBlock({ name: '././@LongLink', target: '', typeFlag: typeFlags[type], mode: 0, size: bytes.byteLength, modifiedAt: 0 });
  return [header, bytes, tarPadding(bytes.byteLength)];
}

interface HeaderFields {
  name: string;
  target: string;
  typeFlag: string;
  mode: number;
  size: number;
  modifiedAt: number;
}

function headerBlock({ name, target, typeFlag, mode, size, modifiedAt }: HeaderFields): Buffer {
  const header = Buffer.alloc(block);
  Buffer.from(name, 'utf8').copy(header, 0, 0, nameLength);
  header.write(octal(mode & 0o7777, 7), 100, 'latin1');
  header.write(octal(0, 7), 108, 'latin1');
  header.write(octal(0, 7), 116, 'latin1');
  writeNumber(header, 124, size);
  writeNumber(header, 136, Math.max(0, Math.floor(modifiedAt)));
  header.write(typeFlag, 156, 'latin1');
  Buffer.from(target, 'utf8').copy(header, 157, 0, nameLength);
  header.write('ustar  \0', 257, 'latin1');
  // The sum is taken with blanks in its own place.
  header.fill(' ', 148, 156);
  header.write(`${octal(checksum(header), 6)}\0 `, 148, 'latin1');
  return header;
}

/** Twelve bytes: octal digits, or GNU's base 256 for 8 GiB and more. */
function writeNumber(header: Buffer, at: number, value: number): void {
  if (value < largestOctal) {
    header.write(octal(value, 11), at, 'latin1');
    return;
  }
  header[at] = 0x80;
  header.writeBigUInt64BE(BigInt(value), at + 4);
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}

function checksum(header: Buffer): number {
  return header.reduce((sum, byte) => sum + byte, 0);
}
