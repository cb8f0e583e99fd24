/** Numbers of the steps of a resolution, as `tasks` lists them. */
export const TASKS = { system: 0, dns: 1, secureDns: 2, cache: 4, hosts: 9 } as const;
