// What the server says to operators: docs/api.md, "/v1/ops". Fields that are null on the server are absent.

export const opsPath = '/v1/ops';

export interface EngineChoice {
  readonly name: string;
  readonly why: string;
}

export interface LiveSession {
  readonly id: string;
  readonly age_ms: number;
  readonly state?: 'idle' | 'listening' | 'thinking' | 'speaking' | 'paused';
  readonly scenario?: string;
  readonly language?: string;
  readonly resumed: boolean;
  readonly recorded: boolean;
  readonly engines?: Readonly<Record<string, EngineChoice>>;
  readonly first_audio_ms?: number;
}

export interface Stage {
  readonly stage: string;
  readonly count: number;
  readonly p50_ms: number;
  readonly p90_ms: number;
  readonly p95_ms: number;
  readonly max_ms: number;
}

export interface TurnTimes {
  readonly at: string;
  readonly session_id: string;
  readonly turn_id: string;
  /** The reply was not heard to its end. */
  readonly cut: boolean;
  readonly endpoint_ms?: number;
  readonly asr_final_ms?: number;
  readonly reply_first_token_ms?: number;
  readonly tts_first_audio_ms?: number;
  readonly first_audio_ms?: number;
  readonly overhead_ms?: number;
}

export interface Queue {
  readonly stage: string;
  readonly engine: string;
  readonly limit: number;
  readonly in_use: number;
  readonly waiting: number;
  readonly shed: number;
}

export interface Engine {
  readonly stage: string;
  readonly name: string;
  readonly available: boolean;
  readonly version: string;
  readonly detail: string;
  readonly remedy?: string;
  readonly breaker?: 'closed' | 'open' | 'half_open';
  readonly rests_seconds?: number;
  readonly calls?: { readonly ended: number; readonly failed: number; readonly in_flight: number; readonly failure_rate: number; readonly latency_ms?: number; readonly p95_ms?: number };
}

export interface Alert {
  readonly code: string;
  readonly severity: 'critical' | 'warning';
  readonly message: string;
}

export interface Overview {
  readonly at: string;
  readonly version: string;
  readonly max_sessions: number;
  readonly sessions: readonly LiveSession[];
  readonly stages: readonly Stage[];
  readonly turns: readonly TurnTimes[];
  readonly counters: Readonly<Record<string, number>>;
  readonly queues: readonly Queue[];
  readonly cache?: { readonly memory_hits: number; readonly disk_hits: number; readonly joined: number; readonly misses: number; readonly prefetched: number };
  readonly cache_hit_rate?: number;
  readonly alerts: readonly Alert[];
  readonly health: {
    readonly status: 'ok' | 'degraded' | 'failed';
    readonly store: { readonly name: string; readonly healthy: boolean; readonly lost_entries: number; readonly fault?: string };
    readonly chosen: Readonly<Record<string, EngineChoice>>;
    readonly engines: readonly Engine[];
    readonly policy: {
      readonly mode: string;
      readonly weights: Readonly<Record<string, number>>;
      readonly tuning_steps: readonly string[];
      readonly canaries: readonly { readonly stage: string; readonly engine: string; readonly share?: number; readonly sessions: number }[];
    };
  };
}

export interface StoredSession {
  readonly id: string;
  readonly started_at: string;
  readonly ended_at?: string;
  readonly end_reason?: string;
  readonly scenario?: string;
  readonly turns: number;
  readonly entries: number;
  readonly bytes: number;
  readonly length_ms: number;
  readonly recorded: boolean;
}

export interface TimelineEntry {
  readonly number: number;
  readonly at_ms: number;
  readonly kind: string;
  readonly samples?: number;
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface TimelinePage {
  readonly data: readonly TimelineEntry[];
  /** The number to go on after, where there is more. */
  readonly next?: number;
}
