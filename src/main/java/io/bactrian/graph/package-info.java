/**
 * Drawings of templates and tasks.
 *
 * <p>Entry points: {@link io.bactrian.graph.Graphs} makes a {@link io.bactrian.graph.Graph} of
 * either, {@link io.bactrian.graph.Mermaid} and {@link io.bactrian.graph.Svg} draw it. Depends on
 * nothing but {@code template}, {@code step} and {@code task}; a graph without cycles is given.
 */
@NullMarked
package io.bactrian.graph;

import org.jspecify.annotations.NullMarked;
