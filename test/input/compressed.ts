/** A small log, and ways to compress and to damage it that need no outside tool. */
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';

export const EVENT_COUNT = 100;

const event = (i: number): string => `{"phase":0,"source":{"id":${i},"start_time":"${i}","type":0},"time":"${i}","type":0}`;

const events = Array.from({ length: EVENT_COUNT }, (_, i) => event(i)).join(',\n');

export const LOG = Buffer.from(`{"constants":{"logEventTypes":{"REQUEST_ALIVE":0},"logSourceType":{"NONE":0}},\n"events": [\n${events}]}\n`);

/** `LOG` compressed with zstd 1.5.4, level 19: not every Node can. */
export const ZSTD_LOG = Buffer.from(
  [
    'KLUv/WR+Hu0QAGaeShlQuTZ1aFrqFfDO9ziebYvs7u4Xck3MWD0EXAA6ADoA3cy8u6qamYh4d2ZWVaILPjjhF45GNBGBKCKLJnTB',
    'gPBLiJL53ASIBC6kywGCU0KRuFRAI09DcBoQboAcEIWJo2F4LAyMy6fkEHUuJAPGs7mJ8JCoQxGFOp7KTQF4v7vf3e/ud/e7+939',
    '7n53v7vf2c3sZnYzu5ndzG5mN7Ob2c3sZvWqelW9ql5Vr6pX1avqVfWqelUH39Wr6lX1qnpVvapeVa+qV9Wr6lXzmfnMfGY+M5+Z',
    'z8xn5jPzmflMPCIeEY+IR8Qj4hHxiHhEPCIeA4CTpN/d7+5397v73f3ufne/u9/d7+Yz85n5zHxmPjOfmc/MZ+Yz85n3u/vd/e5+',
    'd7+7393v7nf3uxuBNqghoFlJ6tMacStJSgcSYDAQBCcEFUyBaVgR3h/ZXZZ4Y6hbTR7AkLcWXZvDrz0ywNHbrXWg6z8McLLl2zn0',
    'sgenOLmo9T46+REDr1p6LQd/92AAp29b1qGufzDISYvv5+DJnpxw5NLWfejyBwa8bemyHP3tgUGc3mxtB53+xYAj7pEpkTSkP8j6',
    'o++xuaPHsdjorrFl9GDsvuizWBWdUywnOonFET0Qm4d+h1VDF8P2QpfCntA7wn7QMShrclsDh1MDDlMDDrMGsnVMCsAeAsbJBEIT',
    'YOqZHKI5gKLT70w55XMfmQCETqmDTuqU76v65h3X',
  ].join(''),
  'base64',
);

/** A zstd frame with the text as it is, in blocks that are not compressed. */
export function storedZstd(text: Uint8Array, block = 1000): Buffer {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < text.length; at += block) {
    const part = text.subarray(at, at + block);
    const isLast = at + block >= text.length;
    const head = Buffer.alloc(3);
    head.writeUIntLE((part.length << 3) | (isLast ? 1 : 0), 0, 3);
    blocks.push(head, part);
  }
  return Buffer.concat([Buffer.from('28b52ffd0058', 'hex'), ...blocks]);
}

export interface ZipFile {
  readonly name: string;
  readonly content: Uint8Array;
  /** 8 unless given; 0 stores the content as it is. */
  readonly method?: number;
  readonly encrypted?: boolean;
}

/** A zip archive: each file with its local header, then the directory, then its end record. */
export function zip(files: readonly ZipFile[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, method = 8, encrypted = false } of files) {
    const data = method === 8 ? deflateRawSync(content) : Buffer.from(content);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(encrypted ? 1 : 0, 2);
    fields.writeUInt16LE(method, 4);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), data]);
    const more = Buffer.alloc(14);
    more.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), fields, more, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(listing.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, listing, Buffer.from('PK\x05\x06'), end]);
}

/** `LOG` in all the ways that are read. */
export const STORED: [what: string, bytes: Buffer, compression: string][] = [
  ['as it is', LOG, 'none'],
  ['with gzip', gzipSync(LOG), 'gzip'],
  ['with gzip in several members', Buffer.concat([gzipSync(LOG.subarray(0, 999)), gzipSync(LOG.subarray(999, 1000)), gzipSync(LOG.subarray(1000))]), 'gzip'],
  ['with zstd', ZSTD_LOG, 'zstd'],
  ['with zstd in several frames', Buffer.concat([storedZstd(LOG.subarray(0, 3000)), storedZstd(LOG.subarray(3000))]), 'zstd'],
  ['in a zip archive', zip([{ name: 'log.json', content: LOG }]), 'zip'],
  ['in a zip archive, as it is', zip([{ name: 'log', content: LOG, method: 0 }]), 'zip'],
  ['in a zip archive beside other things', zip([{ name: 'a/', content: Buffer.of(), method: 0 }, { name: 'readme.txt', content: Buffer.from('x') }, { name: 'a/Log.JSON', content: LOG }, { name: '__MACOSX/a/._Log.json', content: Buffer.from('x') }]), 'zip'],
];
