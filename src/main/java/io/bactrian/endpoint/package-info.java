/**
 * The Camel components by which routes start tasks and hear of them: {@code task:} and {@code
 * task-events:}.
 *
 * <p>Entry points: {@link io.bactrian.endpoint.TaskComponent}; {@link io.bactrian.endpoint.Tasks}
 * is what they need of the engine. Their metadata under {@code src/generated} is made from the
 * annotations by Camel's own plugin.
 */
@NullMarked
package io.bactrian.endpoint;

import org.jspecify.annotations.NullMarked;
