/**
 * What was asked: submit, identity, state, finish.
 *
 * <p>Invariant: a task's state is a function of its steps' states; see CHECKs in the schema.
 */
@NullMarked
package io.bactrian.task;

import org.jspecify.annotations.NullMarked;
