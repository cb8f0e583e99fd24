/**
 * Replaces hosts and addresses wherever they stand in a log's text: equal ones get equal pseudonyms.
 *
 * Text says nothing of what in it is a host. So everything that could be one is replaced: IP addresses;
 * words with dots that end like a domain, names of files among them; and where a URL or the name of
 * the parameter says so, words without dots. What identifies a site otherwise, such as certificates, is
 * taken out.
 */
import { canonicalAddress } from '../../address.ts';
import { addressPseudonyms } from './address-pseudonyms.ts';
import type { Digest } from './digest.ts';
import { namePseudonyms } from './name-pseudonyms.ts';

export interface Pseudonyms {
  /** Of a host by itself: a name or an address, without brackets or port. */
  readonly host: (host: string) => string;
  /** Of all hosts in a text. */
  readonly text: (text: string) => string;
  /** Of all hosts in a parameter's value; `key` is the parameter's name. */
  readonly param: (key: string, value: string) => string;
}

/** A name, an address, with or without a port; in brackets only an address can be. */
const CANDIDATE = /[\w.:*\-\u00a1-\uffff]+/g;
const DOMAIN = /^(?:[\w*\-\u00a1-\uffff]+\.)+(?:[a-z\u00a1-\uffff]{2,}|xn--[a-z0-9-]+)\.?$/i;

/** Parameters whose value is a host, perhaps with scheme, port and more. */
const HOST_KEY = /host|domain|destination|server|proxy|authority|origin|target|alias|canonical|qname|group|network_|subject|^key$|^url$/;

/** The first word after `://`, or of the text: what may be a name without dots, perhaps with a port. */
const AUTHORITY = /(:\/\/|\b(?:PROXY|HTTPS|SOCKS5?|QUIC) |^|\[)([a-z0-9_][\w-]*)(?=[/?#\s<>\]),;]|:\d{1,5}(?![\w:])|$)/gi;
/** Words of logs that stand where a host could. */
const NO_HOST: ReadonlySet<string> = new Set(['null', 'not', 'direct', 'proxy', 'https', 'http', 'quic', 'socks', 'socks5', 'pm', 'ssl', 'none', 'localhost']);

/** Parameters that identify a site by something else than its name. */
const IDENTIFYING: ReadonlySet<string> = new Set([
  'certificate', 'certificates', 'signature_data', 'log_id', 'embedded_scts', 'scts_from_ocsp_response', 'scts_from_tls_extension',
  'stapled_ocsp_response', 'public_key_hashes', 'debug', 'errors', 'entry_hash', 'anonymization', 'ech_config_list',
]);

export function createPseudonyms(digest: Digest): Pseudonyms {
  const ofAddress = addressPseudonyms(digest);
  const ofName = namePseudonyms(digest);

  function host(name: string): string {
    const address = canonicalAddress(name);
    return address === undefined ? ofName(name.toLowerCase()) : ofAddress(address);
  }

  function candidate(word: string): string {
    if (canonicalAddress(word) !== undefined) return host(word);
    const [, name = word, port = ''] = /^([^:]*)(:\d{1,5})?$/.exec(word) ?? [];
    if (canonicalAddress(name) !== undefined || DOMAIN.test(name)) return host(name) + port;
    // `16:a.test:443`, `TransportType::kDirect`: by parts.
    return word.includes(':') && name === word ? word.split(':').map((part) => (part.includes('.') ? candidate(part) : part)).join(':') : word;
  }

  const text = (value: string): string => (/[.:]/.test(value) ? value.replace(CANDIDATE, candidate) : value);

  function param(key: string, value: string): string {
    if (IDENTIFYING.has(key)) return value === '' ? '' : 'AAAA';
    if (!HOST_KEY.test(key) && !value.includes('://')) return text(value);
    const replaced = value.replace(AUTHORITY, (whole, before: string, word: string) => {
      const isHost = before === '://' || HOST_KEY.test(key);
      return !isHost || NO_HOST.has(word.toLowerCase()) || /^\d+$/.test(word) ? whole : before + host(word);
    });
    return text(replaced);
  }

  return { host, text, param };
}
