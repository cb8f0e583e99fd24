/** What zod infers, for readers alone: zod has no word for read-only types that would not freeze the values as well. */
export type DeepReadonly<T> = T extends string | number | boolean | undefined | ReadonlyMap<string, unknown> ? T : { readonly [Key in keyof T]: DeepReadonly<T[Key]> };
