package io.bactrian.step;

import io.bactrian.template.StepType;
import java.util.Map;

/**
 * The durable result of one finished step.
 *
 * @param name the step's name, for a worker {@code <template>_<batch_id>}
 * @param templateStep the name of the template step it was made from
 * @param type the step's type
 * @param batchIndex 0-based index of the cursor for a worker, -1 for any other step
 * @param noOp whether this is a placeholder worker that had nothing to do
 * @param result what its handler answered; decimals are BigDecimal, key order kept
 */
public record StepResult(
    String name,
    String templateStep,
    StepType type,
    int batchIndex,
    boolean noOp,
    Map<String, Object> result) {}
