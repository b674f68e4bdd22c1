import type { Grade } from '@/components/charts/HeatMap';
import type { Phone } from './api';

/** Fewer sounds than this say nothing of how well they are made. */
const leastUses = 5;

export function gradeOf({ uses, score }: Phone): Grade {
  if (uses < leastUses) return 'unsure';
  return score >= 80 ? 'good' : score >= 65 ? 'fair' : 'poor';
}
