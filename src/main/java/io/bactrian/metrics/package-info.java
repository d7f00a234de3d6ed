/**
 * What a node measures: Micrometer, shown as Prometheus text by the route {@code metrics}.
 *
 * <p>Begin with {@link io.bactrian.metrics.Metrics}. {@link io.bactrian.metrics.AttemptMeters} and
 * {@link io.bactrian.metrics.MeteredLeases} count what this node does, once an attempt, a
 * checkpoint or a claim, never once a record; {@link io.bactrian.metrics.WorkloadMeters} shows what
 * the database knows, asked at most every few seconds.
 */
@NullMarked
package io.bactrian.metrics;

import org.jspecify.annotations.NullMarked;
