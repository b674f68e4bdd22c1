import { identityStore } from '@/lib/identity';

// What the server says of a learner: docs/api.md, "/v1/learners/{id}". Fields that a server may leave out are optional.

export interface ProgressDay {
  readonly day: string;
  readonly turns: number;
  readonly minutes: number;
  readonly words_per_minute: number | null;
  readonly accuracy: number | null;
  readonly fluency: number | null;
  readonly prosody: number | null;
  readonly mistakes_per100_words: number | null;
  readonly new_words: number;
  readonly mtld?: number | null;
}

export interface LevelEstimate {
  readonly level: string;
  readonly from: string;
  readonly to: string;
}

export interface VocabularyGrowth {
  readonly level: string;
  readonly words: number;
}

export interface Progress {
  readonly turns: number;
  readonly minutes: number;
  readonly words: number;
  readonly mtld: number | null;
  readonly days: readonly ProgressDay[];
  readonly level?: LevelEstimate | null;
  readonly vocabulary?: readonly VocabularyGrowth[] | null;
}

export interface Phone {
  readonly phone: string;
  readonly uses: number;
  /** 0 to 100, at the mean. */
  readonly score: number;
}

export interface FrequentMistake {
  readonly kind: 'Grammar' | 'Pronunciation';
  readonly rule: string;
  readonly count: number;
  readonly example: { readonly wrong: string; readonly right: string; readonly sentence: string };
}

export interface Recommendations {
  readonly frequent_mistakes: readonly FrequentMistake[];
  readonly weak_sounds: readonly Phone[];
  readonly weak_words: readonly { readonly lemma: string; readonly uses: number; readonly accuracy: number | null }[];
  readonly repeated_starts: readonly { readonly words: string; readonly count: number }[];
  readonly due_reviews: number;
}

export type Drill = 'SayItAgain' | 'Shadow' | 'FillTheGap';
export const ratings = ['again', 'hard', 'good', 'easy'] as const;
export type Rating = (typeof ratings)[number];

export interface ReviewItem {
  readonly id: string;
  readonly drill: Drill;
  readonly prompt: string;
  readonly answer: string;
  readonly rule: string;
  readonly reviews: number;
}

export interface List<T> {
  readonly data: readonly T[];
}

/** The learner of this browser, or what belongs to them. */
export function learnerPath(rest = ''): string {
  return `/v1/learners/${encodeURIComponent(identityStore.getState().learnerId)}${rest}`;
}
