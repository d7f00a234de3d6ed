/**
 * The life of one step: states, lease, retry, and the Camel {@code step:} component.
 *
 * <p>Entry points: {@link io.bactrian.step.StepContext} for handlers, {@code StepComponent} for
 * routes. Invariant: every write of a running step carries its epoch; no row changed means the
 * lease is lost.
 */
@NullMarked
package io.bactrian.step;

import org.jspecify.annotations.NullMarked;
