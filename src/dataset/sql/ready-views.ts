/**
 * Views that come along: questions that many ask, in SQL that other engines read too. Only `quantile_cont(x, p)`, which
 * is `quantileExactInclusive(p)(x)` in ClickHouse and `percentile(x, p)` in Spark, goes by another name elsewhere.
 *
 * They count as the metrics do: connections to DNS-over-HTTPS servers are left out.
 */

export interface ReadyView {
  readonly name: string;
  /** What a row is. */
  readonly meaning: string;
  readonly query: string;
}

export const READY_VIEWS: readonly ReadyView[] = [
  {
    name: 'fallback_by_network',
    meaning: 'A network, as --network named it or else by its name servers: how often races fell back to the other family, and from QUIC to TCP',
    query: `
SELECT coalesce(runs.network, runs.name_servers, 'unknown') AS network,
       count(DISTINCT runs.run) AS runs,
       count(*) FILTER (WHERE races.dual_stack) AS dual_stack_races,
       count(*) FILTER (WHERE races.dual_stack AND races.fallback_family) AS family_fallbacks,
       count(*) FILTER (WHERE races.dual_stack AND races.fallback_family) / nullif(count(*) FILTER (WHERE races.dual_stack), 0) AS family_fallback_rate,
       count(*) FILTER (WHERE races.quic_attempted) AS quic_races,
       count(*) FILTER (WHERE races.quic_attempted AND races.fallback_transport) AS transport_fallbacks,
       count(*) FILTER (WHERE races.quic_attempted AND races.fallback_transport) / nullif(count(*) FILTER (WHERE races.quic_attempted), 0) AS transport_fallback_rate,
       quantile_cont(races.duration_ms, 0.5) AS median_ms
FROM races JOIN runs ON races.run = runs.run
WHERE races.outcome = 'connected' AND NOT races.for_resolver
GROUP BY coalesce(runs.network, runs.name_servers, 'unknown')`,
  },
  {
    name: 'races_by_host',
    meaning: 'A host: its races, how they ended and how long the connected ones took',
    query: `
SELECT host,
       count(*) AS races,
       count(*) FILTER (WHERE outcome = 'connected') AS connected,
       count(*) FILTER (WHERE outcome = 'failed') AS failed,
       count(*) FILTER (WHERE fallback_family) AS family_fallbacks,
       count(*) FILTER (WHERE fallback_transport) AS transport_fallbacks,
       quantile_cont(CASE WHEN outcome = 'connected' THEN duration_ms END, 0.5) AS median_ms,
       quantile_cont(CASE WHEN outcome = 'connected' THEN duration_ms END, 0.95) AS p95_ms
FROM races
WHERE NOT for_resolver
GROUP BY host`,
  },
  {
    name: 'winners_by_engine',
    meaning: 'A race engine, family, transport and what was known of the endpoint: how many races it won, and how fast',
    query: `
SELECT engine, winner_family, winner_transport, winner_endpoint_stage,
       count(*) AS races,
       quantile_cont(duration_ms, 0.5) AS median_ms,
       quantile_cont(duration_ms, 0.95) AS p95_ms
FROM races
WHERE outcome = 'connected' AND winner_family IS NOT NULL AND NOT for_resolver
GROUP BY engine, winner_family, winner_transport, winner_endpoint_stage`,
  },
  {
    name: 'answers_by_server',
    meaning: 'A name server and query type: how often and how fast it answered',
    query: `
SELECT server, type,
       count(*) AS transactions,
       sum(timed_out) AS timed_out,
       count(*) FILTER (WHERE outcome = 'failed') AS failed,
       quantile_cont(CASE WHEN outcome = 'ok' THEN duration_ms END, 0.5) AS median_ms,
       quantile_cont(CASE WHEN outcome = 'ok' THEN duration_ms END, 0.95) AS p95_ms
FROM transactions
WHERE server IS NOT NULL
GROUP BY server, type`,
  },
  {
    name: 'metrics_over_runs',
    meaning: 'A metric: the values of the runs, one each, which is what compare tests',
    query: `
SELECT id, max(title) AS title, max(unit) AS unit, max(kind) AS kind,
       count(*) AS runs,
       min(value) AS least,
       quantile_cont(value, 0.5) AS median,
       max(value) AS greatest
FROM metrics
GROUP BY id`,
  },
];
