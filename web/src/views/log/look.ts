/** What a row of the log shows and where: all that a painter of rows has to know. */
import type { Cells } from './row.ts';

export interface RowLook {
  readonly cells: Cells;
  readonly id: string;
  readonly rowindex: number;
  readonly topPx: number;
  readonly heightPx: number;
  readonly selected: boolean;
  readonly otherEnd: boolean;
  readonly marked: boolean;
}
