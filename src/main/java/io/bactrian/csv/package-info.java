/**
 * Delimited files: dialect, plan, ranges, records. Depends on nothing of Bactrian; docs/csv.md
 * shows how other programs use it.
 *
 * <p>Reading order: {@code Dialect}, {@code Planner}, {@code BlockPass}, {@code Plan}, {@code
 * RangeReader}, {@code Chunk}, {@code RecordViews}. {@code RecordScanner} is the oracle: byte by
 * byte, and the one that says what is wrong. Invariants: the records of any ranges of a plan, in
 * order, are the records of a serial read; a range completes only with the bytes that were planned.
 */
@NullMarked
package io.bactrian.csv;

import org.jspecify.annotations.NullMarked;
