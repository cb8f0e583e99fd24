/** RR type numbers that a resolver of Chromium asks for, or that answers bring along. */
export const RR_TYPES: Readonly<Record<number, string>> = { 1: 'A', 5: 'CNAME', 12: 'PTR', 16: 'TXT', 28: 'AAAA', 33: 'SRV', 41: 'OPT', 64: 'SVCB', 65: 'HTTPS' };
