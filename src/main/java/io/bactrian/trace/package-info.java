/**
 * Traces by OpenTelemetry: submit, step, chunk. Nothing here is started unless the setting {@code
 * bactrian.tracing.otlp-endpoint} is set. Begin with {@link io.bactrian.trace.Tracing}.
 */
@NullMarked
package io.bactrian.trace;

import org.jspecify.annotations.NullMarked;
