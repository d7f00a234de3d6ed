package io.bactrian.route;

import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.step.RunningStep;
import java.util.Iterator;
import java.util.Map;

/**
 * Offers a worker that reads no planned file its inputs: once, and again for each checkpoint of its
 * own that a call ended with.
 */
final class HandlerCalls implements Iterator<Map<String, Object>> {
  private final RunningStep step;
  private final PartInWork call;

  HandlerCalls(RunningStep step) {
    this.step = step;
    this.call = new PartInWork(step);
  }

  @Override
  public boolean hasNext() {
    boolean done =
        step.position().reached().map(Checkpoint::cursor).map(c -> c.isEmpty()).orElse(false);
    return !call.hasFailed() && !done && !step.isEnding();
  }

  @Override
  public Map<String, Object> next() {
    call.begin();
    return step.inputs();
  }
}
