/**
 * The committed position of a range, its partial result and its counters.
 *
 * <p>Invariant: position, partial and counters change in the transaction of the chunk's effects.
 */
@NullMarked
package io.bactrian.checkpoint;

import org.jspecify.annotations.NullMarked;
