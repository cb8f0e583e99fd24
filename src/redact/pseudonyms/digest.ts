/**
 * A keyed one-way function of text, such as HMAC-SHA-256: at least 32 bytes that nobody can foresee or
 * trace back without the key. Handed in, so that this folder needs no cryptography of its own.
 */
export type Digest = (text: string) => Uint8Array;
