/** The glyphs of a waterfall and their meanings. */

/** What stands for what; the legend below a chart lists those that it drew. */
export const GLYPH = {
  connecting: '░',
  held: '┄',
  paused: '·',
  tls: '▒',
  usable: '█',
  winner: '★',
  failed: '✗',
  stopped: '■',
  slow: '!',
  waiting: '╌',
  timedOut: 'T',
  open: '…',
  intermediate: '◇',
  cryptoReady: '◈',
  final: '◆',
} as const;

export const MEANINGS: Readonly<Record<keyof typeof GLYPH, string>> = {
  connecting: 'connecting',
  held: 'connected, TLS held back for the HTTPS answer',
  paused: 'connected, TLS not begun',
  tls: 'TLS handshake',
  usable: 'usable',
  winner: 'usable first',
  failed: 'failed',
  stopped: 'stopped',
  slow: 'attempt delay over',
  waiting: 'waiting on purpose',
  timedOut: 'timed out',
  open: 'no end in the log',
  intermediate: 'intermediate endpoints',
  cryptoReady: 'intermediate, crypto ready',
  final: 'final endpoints',
};
