/**
 * Delimited files: dialect, plan, ranges, records. Depends on nothing of Bactrian.
 *
 * <p>Reading order: {@code Dialect}, {@code Planner}, {@code Plan}, {@code Range}, {@code
 * RangeReader}. Invariant: the records of any ranges of a plan, in order, are the records of a
 * serial read.
 */
@NullMarked
package io.bactrian.csv;

import org.jspecify.annotations.NullMarked;
