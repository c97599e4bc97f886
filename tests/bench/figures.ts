/** What every bench says: its figures, flat, with the machine and the number of trials; and a table for people. */
import { cpus, totalmem } from 'node:os';

export type Figures = Record<string, number | string>;
export interface Result {
  table: string;
  figures: Figures;
}

/** @returns the value below which a share of the samples lies; the p99 of fewer than 100 samples is their maximum. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const rounded = (value: number, digits = 1): number => Number(value.toFixed(digits));

/** @returns the machine in one line: figures mean nothing without it. */
export function machine(): string {
  const [first] = cpus();
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform} ${process.arch}, Node ${process.versions.node}`;
}

/** @returns rows under heads, numbers to the right. */
export function tableOf(heads: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [heads, ...rows].map((row) => row.map(String));
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const line = (row: readonly string[], at: number): string =>
    row
      .map((cell, column) => (typeof rows[at]?.[column] === 'number' ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ');
  return [line(cells[0]!, -1), widths.map((width) => '-'.repeat(width)).join('  '), ...cells.slice(1).map(line)].join('\n');
}
