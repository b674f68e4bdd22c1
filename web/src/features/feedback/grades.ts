export type Grade = 'good' | 'fair' | 'poor' | 'none';

const fair = 60;
const good = 80;

/** What a score of 0 to 100 means to a learner; a word that was not judged has no grade. */
export function gradeOf(score: number | null | undefined): Grade {
  if (score === null || score === undefined) return 'none';
  if (score >= good) return 'good';
  return score >= fair ? 'fair' : 'poor';
}
