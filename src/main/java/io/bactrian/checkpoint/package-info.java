/**
 * The committed position of a range, its partial result, its counters and the records set aside.
 *
 * <p>Invariant: position, partial, counters and rejects change in the transaction of the chunk's
 * effects.
 */
@NullMarked
package io.bactrian.checkpoint;

import org.jspecify.annotations.NullMarked;
