/**
 * One step becomes many, many become one: outcomes, cursors, expansion, aggregation scenario.
 *
 * <p>Entry points: {@code BatchProcessingOutcome} (what a batchable step answers), {@code
 * BatchWorkerContext} (what a worker is told), {@code BatchAggregationScenario} (what a convergence
 * finds).
 */
@NullMarked
package io.bactrian.batch;

import org.jspecify.annotations.NullMarked;
