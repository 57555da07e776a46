export interface Trend {
  readonly risen: number;
  readonly isSignificant: boolean;
}

export function trendOf(values: readonly number[]): Trend;
export function medianOf(values: readonly number[]): number;
